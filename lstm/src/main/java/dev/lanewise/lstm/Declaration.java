package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a layer declares its settings, each once. Not thread-safe.
 *
 * @param <L> the layer
 * @param <B> what takes the settings one by one: its builder, or a layer that makes another
 */
final class Declaration<L extends Layer, B> {
  private final Class<L> layer;
  private final Supplier<B> first;
  private final Function<B, L> last;
  private final List<Setting.Builder> settings = new ArrayList<>();

  /**
   * Of a layer.
   *
   * @param first makes a builder, whose values are all set afterwards
   * @param last makes the layer of it
   */
  Declaration(Class<L> layer, Supplier<B> first, Function<B, L> last) {
    this.layer = layer;
    this.first = first;
    this.last = last;
  }

  /** Of a layer that takes its settings itself. */
  static <L extends Layer> Declaration<L, L> of(Class<L> layer, Supplier<L> first) {
    return new Declaration<>(layer, first, made -> made);
  }

  Declaration<L, B> whole(
      String name, int least, int most, Function<L, Integer> get, BiFunction<B, Integer, B> set) {
    Setting.Builder added = add(name, Setting.Kind.WHOLE, get, set);
    added.least = least;
    added.most = most;
    return this;
  }

  /** A whole number, 1 or more. */
  Declaration<L, B> whole(String name, Function<L, Integer> get, BiFunction<B, Integer, B> set) {
    return whole(name, 1, Integer.MAX_VALUE, get, set);
  }

  Declaration<L, B> truth(String name, Function<L, Boolean> get, BiFunction<B, Boolean, B> set) {
    add(name, Setting.Kind.TRUTH, get, set);
    return this;
  }

  /** Of a float, the double nearest to what it prints as. */
  Declaration<L, B> number(
      String name, Function<L, ? extends Number> get, BiFunction<B, Double, B> set) {
    add(name, Setting.Kind.NUMBER, get, set);
    return this;
  }

  Declaration<L, B> axes(String name, Function<L, int[]> get, BiFunction<B, int[], B> set) {
    add(name, Setting.Kind.AXES, get, set);
    return this;
  }

  <E extends Enum<E>> Declaration<L, B> constant(
      String name, Class<E> type, Function<L, E> get, BiFunction<B, E, B> set) {
    add(name, Setting.Kind.CONSTANT, get, set).choices = List.of(type.getEnumConstants());
    return this;
  }

  <I extends Layer> Declaration<L, B> inner(
      String name, List<LayerType> types, Function<L, I> get, BiFunction<B, I, B> set) {
    add(name, Setting.Kind.LAYER, get, set).layers = types;
    return this;
  }

  Declaration<L, B> weight(String name, Function<L, float[]> get, BiFunction<B, float[], B> set) {
    add(name, Setting.Kind.WEIGHT, get, set);
    return this;
  }

  /** The last setting is this where a file does not say. */
  Declaration<L, B> orElse(Object value) {
    settings.getLast().absent = Optional.of(value);
    return this;
  }

  /** As {@link #orElse}, and no file says this of it. */
  Declaration<L, B> leftOut(Object value) {
    settings.getLast().leftOut = true;
    return orElse(value);
  }

  @SuppressWarnings("unchecked") // what a set takes is what the setting's kind says
  private <T> Setting.Builder add(
      String name, Setting.Kind kind, Function<L, ?> get, BiFunction<B, T, B> set) {
    Setting.Builder added =
        new Setting.Builder(
            name,
            kind,
            of -> get.apply(layer.cast(of)),
            (made, value) -> set.apply((B) made, (T) value));
    settings.add(added);
    return added;
  }

  @SuppressWarnings("unchecked") // made by first, and by each set from there
  LayerType type() {
    List<Setting> all = settings.stream().map(Setting.Builder::build).toList();
    return new LayerType(layer, all, first, made -> last.apply((B) made));
  }
}

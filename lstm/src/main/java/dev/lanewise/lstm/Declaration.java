package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a layer declares its settings, each once. Sizes, axes, inner layers and weights are always
 * said; any other setting has a default, that of the layer that the first builder makes. Not
 * thread-safe.
 *
 * @param <L> the layer
 * @param <B> what takes the settings one by one: its builder, or a layer that makes another
 */
final class Declaration<L extends Layer, B> {
  private final Class<L> layer;
  private final Supplier<B> first;
  private final Function<B, L> last;
  private final L plain;
  private final List<Setting> settings = new ArrayList<>();
  private List<? extends Enum<?>> choices = List.of(); // of the next setting
  private List<LayerType> layers = List.of(); // of the next setting
  private boolean leftOut; // of the next setting
  private boolean forTraining; // of the next setting

  /**
   * Of a layer.
   *
   * @param first makes a builder that has the defaults
   * @param last makes the layer of it
   */
  Declaration(Class<L> layer, Supplier<B> first, Function<B, L> last) {
    this.layer = layer;
    this.first = first;
    this.last = last;
    this.plain = last.apply(first.get());
  }

  /** Of a layer that takes its settings itself. */
  static <L extends Layer> Declaration<L, L> of(Class<L> layer, Supplier<L> first) {
    return new Declaration<>(layer, first, made -> made);
  }

  /** A whole number from 1, always said. */
  Declaration<L, B> size(
      String name, int most, Function<L, Integer> get, BiFunction<B, Integer, B> set) {
    return add(name, Setting.Kind.WHOLE, 1, most, false, get, set);
  }

  /** As above, of any number. */
  Declaration<L, B> size(String name, Function<L, Integer> get, BiFunction<B, Integer, B> set) {
    return size(name, Integer.MAX_VALUE, get, set);
  }

  Declaration<L, B> whole(
      String name, int least, Function<L, Integer> get, BiFunction<B, Integer, B> set) {
    return add(name, Setting.Kind.WHOLE, least, Integer.MAX_VALUE, true, get, set);
  }

  Declaration<L, B> truth(String name, Function<L, Boolean> get, BiFunction<B, Boolean, B> set) {
    return add(name, Setting.Kind.TRUTH, 0, 0, true, get, set);
  }

  /** Of a float, the double nearest to what it prints as. */
  Declaration<L, B> number(
      String name, Function<L, ? extends Number> get, BiFunction<B, Number, B> set) {
    return add(name, Setting.Kind.NUMBER, 0, 0, true, get, set);
  }

  Declaration<L, B> axes(String name, Function<L, int[]> get, BiFunction<B, int[], B> set) {
    return add(name, Setting.Kind.AXES, 0, 0, false, get, set);
  }

  <E extends Enum<E>> Declaration<L, B> constant(
      String name, Class<E> type, Function<L, E> get, BiFunction<B, E, B> set) {
    choices = List.of(type.getEnumConstants());
    return add(name, Setting.Kind.CONSTANT, 0, 0, true, get, set);
  }

  <I extends Layer> Declaration<L, B> inner(
      String name, List<LayerType> types, Function<L, I> get, BiFunction<B, I, B> set) {
    layers = types;
    return add(name, Setting.Kind.LAYER, 0, 0, false, get, set);
  }

  Declaration<L, B> weight(String name, Function<L, float[]> get, BiFunction<B, float[], B> set) {
    return add(name, Setting.Kind.WEIGHT, 0, 0, false, get, set);
  }

  Declaration<L, B> regularizer(
      String name, Function<L, Regularizer> get, BiFunction<B, Regularizer, B> set) {
    leftOut = true;
    forTraining = true;
    return add(name, Setting.Kind.REGULARIZER, 0, 0, true, get, set);
  }

  /** No file says the default of the next setting, as it came after its layer. */
  Declaration<L, B> leftOut() {
    leftOut = true;
    return this;
  }

  /** The next setting does not change what is predicted. */
  Declaration<L, B> forTraining() {
    forTraining = true;
    return this;
  }

  @SuppressWarnings("unchecked") // what a set takes is what the setting's kind says
  private <T> Declaration<L, B> add(
      String name,
      Setting.Kind kind,
      int least,
      int most,
      boolean hasDefault,
      Function<L, ?> get,
      BiFunction<B, T, B> set) {
    Optional<Object> byDefault = hasDefault ? Optional.of(get.apply(plain)) : Optional.empty();
    settings.add(
        new Setting(
            name,
            kind,
            least,
            most,
            choices,
            layers,
            byDefault,
            leftOut,
            forTraining,
            of -> get.apply(layer.cast(of)),
            (made, value) -> set.apply((B) made, (T) value)));
    choices = List.of();
    layers = List.of();
    leftOut = false;
    forTraining = false;
    return this;
  }

  @SuppressWarnings("unchecked") // made by first, and by each set from there
  LayerType type() {
    return new LayerType(layer, List.copyOf(settings), first, made -> last.apply((B) made));
  }
}

package dev.lanewise.lstm;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A kind of layer: its name and its settings, of which files, which know no class, make layers and
 * which they keep of them. {@link #all} lists every kind that there is.
 *
 * <p>Immutable.
 */
public final class LayerType {
  private final Class<? extends Layer> made;
  private final List<Setting> settings;
  private final Supplier<?> first;
  private final Function<Object, ? extends Layer> last;

  LayerType(
      Class<? extends Layer> made,
      List<Setting> settings,
      Supplier<?> first,
      Function<Object, ? extends Layer> last) {
    this.made = made;
    this.settings = settings;
    this.first = first;
    this.last = last;
  }

  /**
   * Every type that there is.
   *
   * @return in the order in which messages name them; unmodifiable
   */
  public static List<LayerType> all() {
    return LayerTypes.all();
  }

  /**
   * The name of every type. No layer's class is loaded for it.
   *
   * @return in the order of {@link #all}; unmodifiable
   */
  public static List<String> names() {
    return LayerTypes.NAMES;
  }

  /**
   * The type of a name. The classes of other layers are not loaded for it.
   *
   * @param name as {@link #name} gives it
   * @return the type; empty where there is none of that name
   */
  public static Optional<LayerType> named(String name) {
    return Optional.ofNullable(LayerTypes.named(name));
  }

  /**
   * The type of a layer.
   *
   * @param layer any
   * @return its type
   */
  public static LayerType of(Layer layer) {
    return of(layer.getClass());
  }

  /**
   * The type of a class.
   *
   * @param layer a class of layers, such as {@code Lstm.class}
   * @return its type
   * @throws java.util.NoSuchElementException when it is {@link Layer} itself
   */
  public static LayerType of(Class<? extends Layer> layer) {
    return LayerTypes.required(layer.getSimpleName());
  }

  /**
   * What it is called.
   *
   * @return the layer's class without its package, such as {@code Lstm}
   */
  public String name() {
    return made.getSimpleName();
  }

  /**
   * What makes a layer of it.
   *
   * @return in the order in which files keep them; unmodifiable
   */
  public List<Setting> settings() {
    return settings;
  }

  /**
   * A layer of this type, without a name.
   *
   * @param values what each setting is; called once for each, in order
   * @return the layer
   * @throws IllegalArgumentException when the layer refuses a value
   * @throws ClassCastException when a value is not what its setting's kind says
   */
  public Layer make(Function<Setting, Object> values) {
    Object made = first.get();
    for (Setting setting : settings) {
      made = setting.set(made, values.apply(setting));
    }
    return last.apply(made);
  }

  /** The settings of a layer of this type that are not by default, as its builder is told them. */
  String words(Layer layer) {
    return settings.stream()
        .map(setting -> setting.words(setting.of(layer)))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** The values of all settings of a layer of this type, in order. */
  Object[] values(Layer layer) {
    return settings.stream().map(setting -> setting.of(layer)).toArray();
  }

  /**
   * The type in words.
   *
   * @return its name
   */
  @Override
  public String toString() {
    return name();
  }
}

package dev.lanewise.lstm;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One of the settings that a {@link LayerType} is made of: what a file must keep of a layer, beside
 * its name and its weights.
 *
 * <p>Immutable.
 */
public final class Setting {

  /** What its value is. */
  public enum Kind {
    /** An {@link Integer}, {@link #least} or more and at most {@link #most}. */
    WHOLE,
    /** A {@link Boolean}. */
    TRUTH,
    /** A {@link Double}, or a {@link Float} where a layer holds one; makes of a {@link Double}. */
    NUMBER,
    /** An {@code int[]}: lengths or numbers of axes, each -1 or more. */
    AXES,
    /** One of {@link #choices}. */
    CONSTANT,
    /** A {@link Layer} of one of the types {@link #layers}. */
    LAYER,
    /** A {@code float[]}: a weight that the layer has of that name, and not kept twice. */
    WEIGHT
  }

  private final String name;
  private final Kind kind;
  private final int least;
  private final int most;
  private final List<? extends Enum<?>> choices;
  private final List<LayerType> layers;
  private final Function<Layer, Object> get;
  private final BiFunction<Object, Object, Object> set;
  private final Optional<Object> absent;
  private final boolean leftOut;

  private Setting(Builder from) {
    this.name = from.name;
    this.kind = from.kind;
    this.least = from.least;
    this.most = from.most;
    this.choices = from.choices;
    this.layers = from.layers;
    this.get = from.get;
    this.set = from.set;
    this.absent = from.absent;
    this.leftOut = from.leftOut;
  }

  /**
   * What it is called.
   *
   * @return as the layer's method is, such as {@code returnSequences}
   */
  public String name() {
    return name;
  }

  /**
   * What its value is.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The least that it can be.
   *
   * @return for {@link Kind#WHOLE}
   */
  public int least() {
    return least;
  }

  /**
   * The most that it can be.
   *
   * @return for {@link Kind#WHOLE}
   */
  public int most() {
    return most;
  }

  /**
   * What it can be.
   *
   * @return for {@link Kind#CONSTANT} all constants, else none; unmodifiable
   */
  public List<? extends Enum<?>> choices() {
    return choices;
  }

  /**
   * The types that it can be of.
   *
   * @return for {@link Kind#LAYER} one or more, else none; unmodifiable
   */
  public List<LayerType> layers() {
    return layers;
  }

  /**
   * What it is where a file does not say, as older files may not.
   *
   * @return the value; empty where a file must say
   */
  public Optional<Object> absent() {
    return absent;
  }

  /**
   * What it is of a layer.
   *
   * @param layer of the type that has this setting
   * @return the value, as {@link #kind} says
   * @throws ClassCastException when the layer is of another type
   */
  public Object of(Layer layer) {
    return get.apply(layer);
  }

  /**
   * Whether a file leaves it out.
   *
   * @param value what it is of a layer
   * @return true for a weight, and where the value says nothing
   */
  public boolean isLeftOut(Object value) {
    return kind == Kind.WEIGHT || (leftOut && absent.equals(Optional.of(value)));
  }

  /** What was made so far, with this value. */
  Object set(Object made, Object value) {
    return set.apply(made, value);
  }

  /** Collects what a setting is. Not thread-safe. */
  static final class Builder {
    private final String name;
    private final Kind kind;
    private final Function<Layer, Object> get;
    private final BiFunction<Object, Object, Object> set;
    int least;
    int most;
    List<? extends Enum<?>> choices = List.of();
    List<LayerType> layers = List.of();
    Optional<Object> absent = Optional.empty();
    boolean leftOut;

    Builder(
        String name,
        Kind kind,
        Function<Layer, Object> get,
        BiFunction<Object, Object, Object> set) {
      this.name = name;
      this.kind = kind;
      this.get = get;
      this.set = set;
    }

    Setting build() {
      return new Setting(this);
    }
  }
}

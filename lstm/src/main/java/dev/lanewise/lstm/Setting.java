package dev.lanewise.lstm;

import java.util.Arrays;
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
    /** A {@link Double}, or a {@link Float} where a layer holds one; either makes one. */
    NUMBER,
    /** An {@code int[]}: lengths or numbers of axes, each -1 or more. */
    AXES,
    /** One of {@link #choices}. */
    CONSTANT,
    /** A {@link Layer} of one of the types {@link #layers}. */
    LAYER,
    /** A {@link Regularizer}. */
    REGULARIZER,
    /** A {@code float[]}: a weight that the layer has of that name, and not kept twice. */
    WEIGHT
  }

  private final String name;
  private final Kind kind;
  private final int least;
  private final int most;
  private final List<? extends Enum<?>> choices;
  private final List<LayerType> layers;
  private final Optional<Object> byDefault;
  private final boolean leftOut;
  private final boolean forTraining;
  private final Function<Layer, Object> get;
  private final BiFunction<Object, Object, Object> set;

  Setting(
      String name,
      Kind kind,
      int least,
      int most,
      List<? extends Enum<?>> choices,
      List<LayerType> layers,
      Optional<Object> byDefault,
      boolean leftOut,
      boolean forTraining,
      Function<Layer, Object> get,
      BiFunction<Object, Object, Object> set) {
    this.name = name;
    this.kind = kind;
    this.least = least;
    this.most = most;
    this.choices = choices;
    this.layers = layers;
    this.byDefault = byDefault;
    this.leftOut = leftOut;
    this.forTraining = forTraining;
    this.get = get;
    this.set = set;
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
   * What it is unless it is said.
   *
   * @return the value, Keras's too; empty where it must be said
   */
  public Optional<Object> byDefault() {
    return byDefault;
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
   * @return true for a weight, and for the default of a setting that came after its layer
   */
  public boolean isLeftOut(Object value) {
    return kind == Kind.WEIGHT || (leftOut && byDefault.equals(Optional.of(value)));
  }

  /** Whether it changes no prediction. */
  boolean isForTraining() {
    return forTraining;
  }

  /** The value as a builder's call says it; empty where it is the default. */
  String words(Object value) {
    return byDefault.equals(Optional.of(value)) ? "" : name + "=" + text(value);
  }

  private static String text(Object value) {
    return switch (value) {
      case int[] axes -> Arrays.toString(axes);
      case float[] weight -> "float[" + weight.length + "]";
      case Layer inner -> inner.named("").toString();
      default -> value.toString();
    };
  }

  /** What was made so far, with this value. */
  Object set(Object made, Object value) {
    return set.apply(made, value);
  }
}

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
    /** A {@code float[]}: a weight that the layer has of that name, and not kept twice. */
    WEIGHT
  }

  /** Of what it can be one. */
  record Choice(int least, int most, List<? extends Enum<?>> constants, List<LayerType> layers) {
    /** Where the kind says it all. */
    static final Choice ANY = new Choice(0, 0);

    Choice(int least, int most) {
      this(least, most, List.of(), List.of());
    }

    Choice(List<? extends Enum<?>> constants, List<LayerType> layers) {
      this(0, 0, constants, layers);
    }
  }

  private final String name;
  private final Kind kind;
  private final Choice choice;
  private final Optional<Object> byDefault;
  private final boolean leftOut;
  private final Function<Layer, Object> get;
  private final BiFunction<Object, Object, Object> set;

  Setting(
      String name,
      Kind kind,
      Choice choice,
      Optional<Object> byDefault,
      boolean leftOut,
      Function<Layer, Object> get,
      BiFunction<Object, Object, Object> set) {
    this.name = name;
    this.kind = kind;
    this.choice = choice;
    this.byDefault = byDefault;
    this.leftOut = leftOut;
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
    return choice.least;
  }

  /**
   * The most that it can be.
   *
   * @return for {@link Kind#WHOLE}
   */
  public int most() {
    return choice.most;
  }

  /**
   * What it can be.
   *
   * @return for {@link Kind#CONSTANT} all constants, else none; unmodifiable
   */
  public List<? extends Enum<?>> choices() {
    return choice.constants;
  }

  /**
   * The types that it can be of.
   *
   * @return for {@link Kind#LAYER} one or more, else none; unmodifiable
   */
  public List<LayerType> layers() {
    return choice.layers;
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
   * @return true for a weight, and where the value says nothing
   */
  public boolean isLeftOut(Object value) {
    return kind == Kind.WEIGHT || (leftOut && isDefault(value));
  }

  /** The value as a builder's call says it; empty where it is the default. */
  String words(Object value) {
    return isDefault(value) ? "" : name + "=" + text(value);
  }

  private boolean isDefault(Object value) {
    return byDefault.equals(Optional.of(value));
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

  /** The same, whose default no file says. */
  Setting leftOut() {
    return new Setting(name, kind, choice, byDefault, true, get, set);
  }
}

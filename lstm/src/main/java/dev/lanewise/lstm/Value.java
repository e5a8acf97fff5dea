package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;
import org.jspecify.annotations.Nullable;

/**
 * What flows between the layers of a {@link Model} that is being built: an {@link Input}, what a
 * layer gives for it, or a state that a recurrent layer ends in. It holds no numbers.
 *
 * <p>Two values are the same only when they are the same object, or one was {@link #named} from the
 * other. Immutable; may be shared between models and threads.
 */
public final class Value {
  private final String name;
  private final Axes axes;
  private final @Nullable InputKind kind; // of an input
  private final @Nullable Application from; // of all others
  private final int place;

  /** An input. */
  Value(String name, InputKind kind, Axes axes) {
    this(name, axes, kind, null, 0);
  }

  /** What an application of a layer gives: its output, or one of the states after it. */
  Value(Application from, int place, Axes axes) {
    this("", axes, null, from, place);
  }

  private Value(
      String name, Axes axes, @Nullable InputKind kind, @Nullable Application from, int place) {
    this.name = name;
    this.axes = axes;
    this.kind = kind;
    this.from = from;
    this.place = place;
  }

  /**
   * The same value under another name, which a {@link Model} gives to it as an output.
   *
   * @param other the name
   * @return a value that stands for this one
   * @throws IllegalArgumentException when this is an input, which has its name already
   */
  public Value named(String other) {
    if (from == null) {
      throw GraphErrors.inputNamed(name, other);
    }
    return new Value(other, axes, null, from, place);
  }

  /**
   * The name.
   *
   * @return that of an input or of {@link #named}; else empty
   */
  public String name() {
    return name;
  }

  /**
   * The length of the last axis.
   *
   * @return 1 or more; 1 for token ids
   */
  public int features() {
    return axes.width();
  }

  /**
   * Whether there is a time axis.
   *
   * @return true for (batch, timesteps, features) and for token ids
   */
  public boolean hasTime() {
    return axes.hasTime();
  }

  /**
   * The length of the time axis, where it is known.
   *
   * @return 1 or more; 0 where there is none, or any number of timesteps is taken
   */
  public int timesteps() {
    return Math.max(0, axes.steps());
  }

  /**
   * Whether it is token ids.
   *
   * @return true for what {@link Input#ids} makes
   */
  public boolean isIds() {
    return kind == InputKind.IDS;
  }

  Axes axes() {
    return axes;
  }

  /** What it is where it is an input. */
  @Nullable InputKind kind() {
    return kind;
  }

  /** What gave it where it is no input. */
  @Nullable Application from() {
    return from;
  }

  /** 0 for the output of an application, then its states h and c in order. */
  int place() {
    return place;
  }

  /**
   * The value in words.
   *
   * @return for instance {@code Lstm "encoder" -> (batch, timesteps, 64)}
   */
  @Override
  public String toString() {
    String source = from == null ? "Input \"" + name + "\"" : LayerNames.quoted(from.layer());
    String shape =
        kind == InputKind.IDS
            ? "(batch, " + (axes.steps() > 0 ? axes.steps() : "timesteps") + ") of token ids"
            : axes.toString();
    return source + (place > 0 ? " state" : "") + " -> " + shape;
  }
}

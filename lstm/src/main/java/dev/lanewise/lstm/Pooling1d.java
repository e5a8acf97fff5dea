package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.PoolingSteps;

/**
 * Makes one step of each window of steps, feature by feature: {@link MaxPooling1d} or {@link
 * AveragePooling1d}.
 *
 * <p>Input (batch, timesteps, features), output (batch, outputs, features). A mask ends here, and
 * padded steps count as any other, as in Keras. Immutable.
 */
public abstract sealed class Pooling1d extends Layer permits AveragePooling1d, MaxPooling1d {

  /** What stands before and after the sequence. */
  public enum Padding {
    /** Nothing: as many outputs as whole windows fit. */
    VALID,
    /** Windows reach past both ends, the odd step after: as many outputs as there are strides. */
    SAME
  }

  private final int poolSize;
  private final int strides;
  private final Padding padding;

  Pooling1d(Builder<?> from) {
    super(from.name);
    this.poolSize = from.poolSize;
    this.strides = from.strides;
    this.padding = from.padding;
  }

  /**
   * Steps of a window.
   *
   * @return 1 or more
   */
  public final int poolSize() {
    return poolSize;
  }

  /**
   * How far the window moves from output to output.
   *
   * @return the size of the window unless set
   */
  public final int strides() {
    return strides;
  }

  /**
   * What stands before and after the sequence.
   *
   * @return {@link Padding#VALID} unless set
   */
  public final Padding padding() {
    return padding;
  }

  final PoolingSteps steps() {
    return PoolingSteps.of(poolSize, strides, padding == Padding.SAME);
  }

  @Override
  final boolean needsTime() {
    return true;
  }

  @Override
  final int stepsAfter(int steps) {
    int outputs = steps().outputs(steps);
    if (outputs < 1) {
      throw LayerErrors.poolingTooShort(this, steps);
    }
    return outputs;
  }

  @Override
  final long stepsBefore(long steps) {
    return (steps - 1) * strides + poolSize;
  }

  @Override
  final boolean passesMask() {
    return false;
  }

  @Override
  public final boolean streams() {
    return false;
  }

  @Override
  final Axes output(Axes in) {
    return in.steps() == Axes.ANY ? in : in.withSteps(stepsAfter(in.steps()));
  }

  /**
   * Collects the settings of a layer. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits AveragePooling1d.Builder, MaxPooling1d.Builder {
    private int poolSize;
    private int strides;
    private Padding padding = Padding.VALID;
    private String name = "";

    Builder() {}

    /** With a layer's values. */
    final B from(Pooling1d layer) {
      return poolSize(layer.poolSize)
          .strides(layer.strides)
          .padding(layer.padding)
          .name(layer.name());
    }

    abstract B self();

    /** What the layer is called in errors. */
    abstract String type();

    final B poolSize(int value) {
      this.poolSize = Settings.atLeast(type(), "poolSize", value, 1);
      this.strides = value;
      return self();
    }

    /**
     * Sets how far the window moves from output to output.
     *
     * @param value 1 or more
     * @return this
     * @throws IllegalArgumentException when it is less than 1
     */
    public final B strides(int value) {
      this.strides = Settings.atLeast(type(), "strides", value, 1);
      return self();
    }

    /**
     * Sets what stands before and after the sequence.
     *
     * @param value the padding
     * @return this
     */
    public final B padding(Padding value) {
      this.padding = value;
      return self();
    }

    /**
     * Sets the name.
     *
     * @param value the name; empty to have one given by {@link Sequential}
     * @return this
     */
    public final B name(String value) {
      this.name = value;
      return self();
    }

    /**
     * The layer.
     *
     * @return a new layer
     */
    public abstract Pooling1d build();
  }
}

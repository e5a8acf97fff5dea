package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.FeatureMerger;
import dev.lanewise.lstm.run.Merger;
import dev.lanewise.lstm.run.TimeMerger;
import java.util.List;

/**
 * Values side by side: Keras's {@code Concatenate}. Along the features, the last axis, all other
 * axes must be equal. Along the time, axis 1 of sequences, one sequence follows another.
 *
 * <p>Along the features a step is padding where it is padding in every value. Immutable.
 */
public final class Concatenate extends MergeLayer {
  static final LayerType TYPE =
      Declaration.of(Concatenate.class, Concatenate::of)
          .constant("axis", Axis.class, Concatenate::axis, (layer, v) -> of(v))
          .type();

  /** The axis along which values lie side by side. */
  public enum Axis {
    /** The last one. */
    FEATURES,
    /** Axis 1 of (batch, timesteps, features). */
    TIME
  }

  private final Axis axis;

  private Concatenate(String name, Axis axis) {
    super(name);
    this.axis = axis;
  }

  /**
   * A layer that lays features side by side.
   *
   * @return the layer
   */
  public static Concatenate of() {
    return of(Axis.FEATURES);
  }

  /**
   * A layer that lays values side by side.
   *
   * @param axis along which
   * @return the layer
   */
  public static Concatenate of(Axis axis) {
    return new Concatenate("", axis);
  }

  @Override
  public Concatenate named(String name) {
    return new Concatenate(name, axis);
  }

  /**
   * The axis along which values lie side by side.
   *
   * @return {@link Axis#FEATURES} unless set
   */
  public Axis axis() {
    return axis;
  }

  @Override
  public boolean streams() {
    return axis != Axis.TIME;
  }

  @Override
  boolean needsTime() {
    return axis == Axis.TIME;
  }

  @Override
  Axes output(List<Axes> in) {
    if (axis == Axis.TIME) {
      return afterAnother(in);
    }
    Axes all = common(in);
    if (all == null) {
      throw GraphErrors.unequalButForWidths(this, in);
    }
    int width = 0;
    for (Axes each : in) {
      width = Lengths.sum(this, width, each.width());
    }
    return all.withWidth(width);
  }

  private Axes afterAnother(List<Axes> in) {
    Axes all = in.getFirst();
    for (Axes next : in.subList(1, in.size())) {
      if (next.width() != all.width()) {
        throw GraphErrors.unequalWidths(this, in);
      }
      boolean any = Math.min(all.steps(), next.steps()) == Axes.ANY;
      all = all.withSteps(any ? Axes.ANY : Lengths.sum(this, all.steps(), next.steps()));
    }
    return all;
  }

  @Override
  int mergedSteps(int steps, int next) {
    return axis == Axis.TIME ? Lengths.sum(this, steps, next) : super.mergedSteps(steps, next);
  }

  @Override
  Merger merger(int[] widths) {
    return axis == Axis.TIME ? new TimeMerger(widths[0]) : new FeatureMerger(widths);
  }
}

package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.Merger;
import dev.lanewise.lstm.train.MergeTraining;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that makes one value of several, without weights: what all such layers have in common.
 *
 * <p>A step is padding where it is padding in every value, as in Keras. Immutable.
 */
public abstract sealed class MergeLayer extends Layer permits Add, Average, Concatenate, Multiply {

  MergeLayer(String name) {
    super(name);
  }

  @Override
  final boolean takesSeveral() {
    return true;
  }

  /** Of values of one shape. */
  @Override
  Axes output(List<Axes> in) {
    Axes all = common(in);
    if (all == null || in.stream().anyMatch(each -> each.width() != in.getFirst().width())) {
      throw GraphErrors.unequal(this, in);
    }
    return all;
  }

  /** The axes of all but for their widths, with the steps where any says them; null for none. */
  static @Nullable Axes common(List<Axes> in) {
    Axes all = in.getFirst();
    for (Axes each : in) {
      boolean steps =
          each.steps() == all.steps() || Math.min(each.steps(), all.steps()) == Axes.ANY;
      if (each.hasTime() != all.hasTime() || !steps) {
        return null;
      }
      all = all.steps() == Axes.ANY ? each : all;
    }
    return all;
  }

  @Override
  final Axes output(Axes in) {
    return output(List.of(in));
  }

  @Override
  int mergedSteps(int steps, int next) {
    if (steps != next) {
      throw GraphErrors.unequalSteps(this, steps, next);
    }
    return steps;
  }

  @Override
  abstract Merger merger(int[] widths);

  @Override
  final ForwardLayer forward(Axes in, LayerWeights weights) {
    throw new AssertionError(this); // its merger runs
  }

  @Override
  final TrainingLayer training(TrainingPlace place) {
    List<TrainingBlock> in = place.in();
    int steps = in.getFirst().steps();
    for (TrainingBlock next : in.subList(1, in.size())) {
      steps = mergedSteps(steps, next.steps());
    }
    int[] widths = in.stream().mapToInt(TrainingBlock::width).toArray();
    return new MergeTraining(merger(widths), steps, place);
  }
}

package dev.lanewise.lstm;

import dev.lanewise.lstm.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The losses of an epoch's batches, each weighted by its samples; metrics of all their steps. */
final class EpochSums {
  private final Compilation compilation;
  private final int each; // metrics of a goal
  private final double[] losses; // by goal
  private final double[] metrics; // sums, goal by goal
  private final long[] counted; // by goal: steps in those sums
  private double loss;
  private long samples;

  EpochSums(Compilation compilation) {
    this.compilation = compilation;
    this.each = compilation.metrics().size();
    this.losses = new double[compilation.goals().size()];
    this.metrics = new double[losses.length * each];
    this.counted = new long[losses.length];
  }

  /** Adds a batch that was run. Allocates nothing. */
  void add(TrainingStep step, double batchLoss, int count) {
    samples += count;
    loss += batchLoss * count;
    for (int goal = 0; goal < losses.length; goal++) {
      losses[goal] += step.loss(goal) * count;
      counted[goal] += step.counted(goal);
    }
    for (int i = 0; i < metrics.length; i++) {
      metrics[i] += step.measured(i / each, i % each);
    }
  }

  /** The means over all samples, and what comes of them. */
  Scores scores(Plan plan, TrainingStep step) {
    List<Scores> all = new ArrayList<>();
    for (int goal = 0; goal < losses.length; goal++) {
      Map<Metric, Double> results = new LinkedHashMap<>();
      for (int i = 0; i < each; i++) {
        double mean = metrics[goal * each + i] / Math.max(1, counted[goal]);
        results.put(compilation.metrics().get(i), step.result(goal, i, mean));
      }
      all.add(new Scores(losses[goal] / samples, results));
    }
    return Scores.of(plan, compilation, loss / samples, all);
  }
}

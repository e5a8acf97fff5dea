package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.run.Extras;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.lstm.run.ForwardThreads;
import dev.lanewise.lstm.train.Penalties;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The scores of a model's predictions. */
final class Evaluation {
  private Evaluation() {}

  /**
   * Means over all that is no padding, in double.
   *
   * @param weights those that may add to the loss
   */
  static Scores of(
      ForwardThreads forward, TrainingData data, Compilation compilation, ModelWeights weights) {
    Plan plan = data.plan();
    int[] steps = Arrays.stream(plan.outputs()).map(value -> data.steps()[value]).toArray();
    Extras extras = Extras.padding(data.samples(), steps);
    ForwardCall call = data.call();
    NamedCall.newOutputs(plan, call);
    call.extras(extras);
    forward.run(call);
    List<Scores> all = new ArrayList<>();
    double sum = Penalties.of(weights).loss();
    for (int i = 0; i < data.targets().size(); i++) {
      TrainingTarget target = data.targets().get(i);
      Tensor predictions = call.y(target.output());
      Scores scores = scores(target, predictions, extras, data.samples(), compilation.metrics());
      all.add(scores);
      sum += compilation.goals().get(i).weight() * scores.loss();
    }
    return Scores.of(plan, compilation, sum, all);
  }

  private static Scores scores(
      TrainingTarget target, Tensor predictions, Extras extras, int samples, List<Metric> metrics) {
    RowLoss loss = target.loss().rows();
    int width = target.width();
    SampleView predicted = new SampleView().of(predictions, false, target.steps(), width);
    SampleView wanted = target.view();
    double[] p = new double[width];
    double[] y = new double[width];
    double[] slope = new double[width];
    double[] sums = new double[metrics.size()];
    double sum = 0;
    long count = 0;
    for (int sample = 0; sample < samples; sample++) {
      for (int step = 0; step < target.steps(); step++) {
        if (target.sequence() && extras.isPadded(target.output(), sample, step)) {
          continue;
        }
        for (int i = 0; i < width; i++) {
          p[i] = predicted.get(sample, step, i);
          y[i] = wanted.get(sample, step, i);
        }
        sum += loss.apply(width, p, y, slope);
        for (int metric = 0; metric < sums.length; metric++) {
          sums[metric] += metrics.get(metric).row(target.loss(), width, p, y);
        }
        count++;
      }
    }
    Map<Metric, Double> means = new EnumMap<>(Metric.class);
    for (int metric = 0; metric < sums.length; metric++) {
      means.put(metrics.get(metric), sums[metric] / count);
    }
    return new Scores(sum / (target.loss().perRow() ? count : (double) count * width), means);
  }
}

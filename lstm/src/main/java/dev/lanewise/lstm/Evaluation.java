package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.run.Extras;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.lstm.run.ForwardThreads;
import dev.lanewise.lstm.train.Measures;
import dev.lanewise.lstm.train.Penalties;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.lstm.train.RowMetric;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
      Scores scores = scores(target, predictions, extras, data, compilation.metrics());
      all.add(scores);
      sum += compilation.goals().get(i).weight() * scores.loss();
    }
    return Scores.of(plan, compilation, sum, all);
  }

  private static Scores scores(
      TrainingTarget target,
      Tensor predictions,
      Extras extras,
      TrainingData data,
      List<Metric> metrics) {
    RowLoss loss = target.loss().rows();
    int width = target.outputs();
    SampleView predicted = new SampleView().of(predictions, false, target.steps(), width);
    SampleView wanted = target.view();
    List<RowMetric> rows = metrics.stream().map(metric -> metric.of(target.loss())).toList();
    Measures measures = new Measures(rows, target.loss().targets().predictions(width), 1, 1);
    double[] p = new double[width];
    double[] y = new double[target.width()];
    double[] slope = new double[width];
    double sum = 0;
    long count = 0;
    for (int sample = 0; sample < data.samples(); sample++) {
      double weight = data.weight(sample);
      for (int step = 0; step < target.steps(); step++) {
        if (target.sequence() && extras.isPadded(target.output(), sample, step)) {
          continue;
        }
        for (int i = 0; i < width; i++) {
          p[i] = predicted.get(sample, step, i);
        }
        for (int i = 0; i < y.length; i++) {
          y[i] = wanted.get(sample, step, i);
        }
        sum += weight * loss.apply(width, p, y, slope);
        loss.predictions(width, p);
        measures.add(0, 0, p, y);
        count++;
      }
    }
    double terms = (double) count * target.loss().targets().terms(width);
    Map<Metric, Double> results = new LinkedHashMap<>();
    for (int i = 0; i < metrics.size(); i++) {
      results.put(metrics.get(i), measures.result(i, measures.sum(i, 1) / count));
    }
    return new Scores(sum / terms, results);
  }
}

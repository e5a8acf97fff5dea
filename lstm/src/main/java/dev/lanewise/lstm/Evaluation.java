package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The scores of a model's predictions. */
final class Evaluation {
  private Evaluation() {}

  /** Means over all that is no padding, in double. */
  static Scores of(ForwardThreads forward, TrainingData data, Compilation compilation) {
    Extras extras = Extras.padding(data.samples(), data.outputSteps());
    Tensor predictions = forward.run(data.x(), data.mask(), extras);
    RowLoss loss = RowLoss.of(compilation.loss());
    List<Metric> metrics = compilation.metrics();
    int width = data.outputFeatures();
    SampleView predicted = new SampleView().of(predictions, false, data.outputSteps(), width);
    SampleView wanted = data.targets();
    double[] p = new double[width];
    double[] y = new double[width];
    double[] slope = new double[width];
    double[] sums = new double[metrics.size()];
    double sum = 0;
    long count = 0;
    for (int sample = 0; sample < data.samples(); sample++) {
      for (int step = 0; step < data.outputSteps(); step++) {
        if (data.sequence() && extras.isPadded(sample, step)) {
          continue;
        }
        for (int i = 0; i < width; i++) {
          p[i] = predicted.get(sample, step, i);
          y[i] = wanted.get(sample, step, i);
        }
        sum += loss.apply(width, p, y, slope);
        for (int metric = 0; metric < sums.length; metric++) {
          sums[metric] += metrics.get(metric).row(compilation.loss(), width, p, y);
        }
        count++;
      }
    }
    Map<Metric, Double> means = new EnumMap<>(Metric.class);
    for (int metric = 0; metric < sums.length; metric++) {
      means.put(metrics.get(metric), sums[metric] / count);
    }
    return new Scores(sum / compilation.loss().terms(count, width), means);
  }
}

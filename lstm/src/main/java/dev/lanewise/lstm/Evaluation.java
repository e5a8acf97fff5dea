package dev.lanewise.lstm;

import java.util.EnumMap;
import java.util.Map;

/** The scores of a model's predictions. */
final class Evaluation {
  private Evaluation() {}

  /** Means over all elements that are no padding, in double. */
  static Scores of(Predictor predictor, TrainingData data, Compilation compilation) {
    Predictor.MaskedPrediction predictions = predictor.predictMasked(data.x(), data.mask());
    ElementLoss loss = ElementLoss.of(compilation.loss());
    SampleView predicted =
        new SampleView().of(predictions.y(), false, data.outputSteps(), data.outputFeatures());
    SampleView wanted = data.targets();
    double[] sums = new double[compilation.metrics().size()];
    double sum = 0;
    long count = 0;
    for (int sample = 0; sample < data.samples(); sample++) {
      for (int step = 0; step < data.outputSteps(); step++) {
        if (data.sequence() && predictions.extras().isPadded(sample, step)) {
          continue;
        }
        for (int feature = 0; feature < data.outputFeatures(); feature++) {
          double p = predicted.get(sample, step, feature);
          double y = wanted.get(sample, step, feature);
          sum += loss.value(p, y);
          for (int metric = 0; metric < sums.length; metric++) {
            sums[metric] += compilation.metrics().get(metric).value(p, y);
          }
          count++;
        }
      }
    }
    Map<Metric, Double> metrics = new EnumMap<>(Metric.class);
    for (int metric = 0; metric < sums.length; metric++) {
      metrics.put(compilation.metrics().get(metric), sums[metric] / count);
    }
    return new Scores(sum / count, metrics);
  }
}

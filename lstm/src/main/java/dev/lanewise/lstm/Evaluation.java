package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/** The loss of a model's predictions. */
final class Evaluation {
  private Evaluation() {}

  /** The mean squared error over all elements, in double; NaN for no samples. */
  static double loss(Predictor predictor, TrainingData data) {
    Tensor predictions = predictor.predict(data.x());
    SampleView predicted =
        new SampleView().of(predictions, false, data.outputSteps(), data.outputFeatures());
    SampleView wanted = data.targets();
    double sum = 0;
    for (int sample = 0; sample < data.samples(); sample++) {
      for (int step = 0; step < data.outputSteps(); step++) {
        for (int feature = 0; feature < data.outputFeatures(); feature++) {
          double d =
              (double) predicted.get(sample, step, feature) - wanted.get(sample, step, feature);
          sum += d * d;
        }
      }
    }
    return sum / predictions.size();
  }
}

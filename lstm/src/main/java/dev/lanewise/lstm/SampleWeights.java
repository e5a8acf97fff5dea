package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.SampleView;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each sample counts in the losses of a fit. */
final class SampleWeights {
  private SampleWeights() {}

  /** As {@link FitOptions.Builder#sampleWeights} says; null where all count 1. */
  static double @Nullable [] given(FitOptions options, int samples) {
    double[] given = options.sampleWeights();
    if (given != null && given.length != samples) {
      throw LossErrors.weightsLength(given.length, samples);
    }
    return given;
  }

  /** The same times what {@link FitOptions.Builder#classWeights} says of each sample's class. */
  static TrainingData ofClasses(FitOptions options, TrainingData data) {
    Map<Integer, Double> weights = options.classWeights();
    if (weights.isEmpty()) {
      return data;
    }
    if (data.targets().size() > 1) {
      throw LossErrors.classOfOutputs(data.targets().size());
    }
    TrainingTarget target = data.targets().getFirst();
    if (target.sequence()) {
      throw LossErrors.classOfSteps(target.y().shape());
    }
    LossTargets kind = target.loss().targets();
    if (!kind.areClasses() && !(kind.areProbabilities() && target.width() == 1)) {
      throw LossErrors.noClasses(target.loss());
    }
    int classes = kind.areClasses() ? target.outputs() : 2;
    for (int label : new TreeSet<>(weights.keySet())) {
      if (label < 0 || label >= classes) {
        throw LossErrors.noSuchClass(label, classes);
      }
    }
    SampleView view = target.view();
    double[] each = new double[data.samples()];
    for (int sample = 0; sample < each.length; sample++) {
      int label = label(view, sample, target.width());
      each[sample] = data.weight(sample) * weights.getOrDefault(label, 1.0);
    }
    return data.weighted(each);
  }

  /** The number of a sample's class: what stands there, or where the largest stands. */
  private static int label(SampleView view, int sample, int width) {
    if (width == 1) {
      return Math.round(view.get(sample, 0, 0));
    }
    int largest = 0;
    for (int i = 1; i < width; i++) {
      largest = view.get(sample, 0, i) > view.get(sample, 0, largest) ? i : largest;
    }
    return largest;
  }
}

package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.train.TrainingFeed;
import dev.lanewise.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The samples of an input.
 *
 * @param x (samples, steps, features), (samples, features), or (samples, steps) of ids
 * @param mask which steps of x are padding, or null
 * @param steps of x; 1 where it has no time axis
 * @param ids whether x is token ids
 * @param maskValue a step of nothing else is padding to the model; NaN for none
 */
record TrainingSource(
    int port,
    Tensor x,
    @Nullable LiveSteps mask,
    int steps,
    int width,
    boolean ids,
    float maskValue) {

  /** Of an input that was checked. */
  static TrainingSource of(Plan plan, int port, Tensor x, @Nullable LiveSteps mask, int samples) {
    boolean ids = plan.ids(port) != null;
    int steps = plan.inputs().steps(port, x.shape());
    int width = plan.axes(port).width();
    TrainingSource source =
        new TrainingSource(port, x, mask, steps, width, ids, plan.maskValue(port));
    if (mask == null || ids || x.rank() != 3 || source.view().isFinite(samples)) {
      return source;
    }
    return source.with(withoutNaN(x, mask), mask);
  }

  private TrainingSource with(Tensor other, @Nullable LiveSteps padding) {
    return new TrainingSource(port, other, padding, steps, width, ids, maskValue);
  }

  /**
   * What padding holds means nothing, but 0 times NaN is NaN, and a layer before the first LSTM
   * reads it. So this is a copy with 0 for what is not finite there, or x itself.
   */
  private static Tensor withoutNaN(Tensor x, LiveSteps mask) {
    Tensor cleaned = x;
    for (int sample = 0; sample < mask.samples(); sample++) {
      for (int step = 0; step < mask.timesteps(); step++) {
        for (long i = 0; i < x.dim(2) && !mask.uses(sample, step); i++) {
          if (!Float.isFinite(cleaned.get(sample, step, i))) {
            cleaned = cleaned == x ? x.copy() : cleaned;
            cleaned.set(0, sample, step, i);
          }
        }
      }
    }
    return cleaned;
  }

  TrainingSource slice(int from, int to) {
    return with(x.slice(0, from, to), mask == null ? null : mask.slice(from, to));
  }

  /** In parts of at most so many steps. */
  TrainingFeed.Source feed(int part) {
    return new TrainingFeed.Source(view().part(part), mask, Math.min(part, steps), width);
  }

  /** Whether it has a time axis. */
  boolean hasTime() {
    return ids || x.rank() == 3;
  }

  SampleView view() {
    return ids ? new SampleView().ofIds(x) : new SampleView().of(x, false, steps, width);
  }

  /** Refuses NaN and infinity where they are no padding, and says where. */
  void requireFinite(String operation, String name, int samples) {
    SampleView view = view();
    if (ids || view.isFinite(samples)) { // ids are checked
      return;
    }
    boolean timed = x.rank() == 3;
    for (int sample = 0; sample < samples; sample++) {
      for (int step = 0; step < steps; step++) {
        for (int feature = 0; feature < width; feature++) {
          float value = view.get(sample, step, feature);
          if (!Float.isFinite(value) && !isPadded(sample, step)) {
            throw TrainingErrors.notFinite(
                operation, name, value, sample, timed ? step : -1, feature);
          }
        }
      }
    }
  }

  /** Whether a step is padding: the mask says so, or it has nothing but the model's mask value. */
  boolean isPadded(int sample, int step) {
    if (x.rank() != 3) {
      return false;
    }
    if (mask != null && !mask.uses(sample, step)) {
      return true;
    }
    SampleView view = view();
    for (int i = 0; i < width; i++) {
      if (view.get(sample, step, i) != maskValue) {
        return false;
      }
    }
    return true;
  }
}

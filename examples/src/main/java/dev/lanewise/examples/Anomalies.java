package dev.lanewise.examples;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Shows an autoencoder: one LSTM reads a heartbeat into 8 numbers, another writes it down again
 * from these. It has seen healthy beats alone, and so fails at others, which gives them away.
 *
 * <p>A common tutorial takes its threshold from the beats that it reports on.
 */
final class Anomalies {
  private static final int STEPS = 32;

  private Anomalies() {}

  /** A wave of a height and a width around a time, where the steps go from 0 to 1. */
  private static double wave(double time, double at, double height, double width) {
    double distance = (time - at) / width;
    return height * StrictMath.exp(-0.5 * distance * distance);
  }

  /** Beats (count, 32, 1); of those that are not healthy, each has one of three faults. */
  private static Tensor beats(long seed, int count, boolean healthy) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor beats = Tensor.zeros(count, STEPS, 1);
    for (int beat = 0; beat < count; beat++) {
      int fault = healthy ? -1 : beat % 3;
      double shift = random.nextDouble(-0.03, 0.03) + (fault == 0 ? 0.15 : 0);
      double peak = random.nextDouble(0.9, 1.1) * (fault == 1 ? 0.4 : 1);
      double last = random.nextDouble(0.25, 0.35) * (fault == 2 ? -1 : 1);
      for (int step = 0; step < STEPS; step++) {
        double time = (step + 0.5) / STEPS - shift;
        double value =
            wave(time, 0.2, 0.15, 0.04) // P
                + wave(time, 0.45, peak, 0.025) // QRS
                + wave(time, 0.75, last, 0.06) // T
                + random.nextDouble(-0.03, 0.03);
        beats.set((float) value, beat, step, 0);
      }
    }
    return beats;
  }

  // guide: anomalies-error
  /** How far each beat is from what the model makes of it: the mean of the squares. */
  private static double[] errors(Sequential model, Tensor beats) {
    Tensor again = model.predict(beats);
    double[] errors = new double[(int) beats.dim(0)];
    for (int beat = 0; beat < errors.length; beat++) {
      for (int step = 0; step < STEPS; step++) {
        double off = again.get(beat, step, 0) - beats.get(beat, step, 0);
        errors[beat] += off * off / STEPS;
      }
    }
    return errors;
  }

  // guide: end

  private static double above(double[] errors, double threshold) {
    return (double) Arrays.stream(errors).filter(e -> e > threshold).count() / errors.length;
  }

  /** Runs the program. */
  static void main() {
    Tensor train = beats(1, 500, true);
    Tensor heldOut = beats(2, 200, true);
    FitOptions options = FitOptions.builder().epochs(40).batchSize(16).seed(1).build();
    // guide: anomalies
    Lstm writer = Lstm.builder(16).returnSequences(true).build();
    Sequential model =
        Sequential.of(Lstm.of(8), RepeatVector.of(32), writer, Dense.of(1)).build(1, 1);
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    History history = model.fit(train, train, options); // what goes in is what is to come out
    double[] healthy = errors(model, heldOut); // of beats that it has not seen
    Arrays.sort(healthy);
    double threshold = healthy[healthy.length * 99 / 100];
    // guide: end
    Show.shape("beats", train);
    Show.loss(history);
    Show.line(
        "healthy, but above", Show.number(above(errors(model, beats(3, 300, true)), threshold)));
    Show.line(
        "not healthy, and above",
        Show.number(above(errors(model, beats(4, 300, false)), threshold)));
    Show.line("parameters", model.parameterCount());
  }
}

package dev.lanewise.bench;

import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How long the slow ones among steps of a stream take, in a process of its own: with nothing beside
 * them, or while another thread predicts sequences and allocates their answers.
 */
final class StepLatency {
  /** What its line begins with. */
  static final String MARK = "latency";

  /** Seconds that are measured. */
  static final int SECONDS = Integer.getInteger("dev.lanewise.bench.seconds", 60);

  /** The parts of all steps that took no longer. */
  static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.99, 0.999, 0.9999);

  private static final long WARM_NANOS = 10_000_000_000L;
  private static final String BESIDE = "seed-torch";

  /** Buckets of a sixty-fourth of an octave: a hundredth. */
  private static final int PER_OCTAVE = 64;

  private StepLatency() {}

  /**
   * Prints the line.
   *
   * @param args a name of {@link LayerShape} that is a step; {@code busy} for another thread's work
   */
  static void main(String[] args) {
    LayerShape shape = LayerShape.named(args[0]);
    Predictor predictor = predictor(shape, false);
    Stream stream = predictor.stream(shape.batch());
    Tensor x = Inputs.tensor(2, shape.batch(), shape.features());
    Tensor y = Tensor.zeros(shape.batch(), shape.units());
    report(() -> stream.step(x, y), args.length > 1);
  }

  private static Predictor predictor(LayerShape s, boolean returnSequences) {
    Lstm layer = Lstm.builder(s.units()).returnSequences(returnSequences).build();
    return Sequential.of(layer)
        .build(s.features(), 1)
        .predictor(PredictorOptions.builder().threads(1).build());
  }

  /** Warms up, measures and prints: microseconds at each quantile, the largest, and the steps. */
  static void report(Runnable step, boolean busy) {
    if (busy) {
      Thread.ofPlatform().daemon().name("beside").start(StepLatency::predictAndAllocate);
    }
    long[] warm = new long[64 * PER_OCTAVE];
    measure(step, warm, WARM_NANOS);
    long[] counts = new long[64 * PER_OCTAVE];
    long largest = measure(step, counts, SECONDS * 1_000_000_000L);
    System.out.printf(
        Locale.ROOT,
        "%s %s %.3f %d%n",
        MARK,
        QUANTILES.stream()
            .map(quantile -> String.format(Locale.ROOT, "%.3f", nanos(counts, quantile) / 1e3))
            .collect(Collectors.joining(" ")),
        largest / 1e3,
        Arrays.stream(counts).sum());
  }

  private static void predictAndAllocate() {
    LayerShape shape = LayerShape.named(BESIDE);
    Predictor predictor = predictor(shape, true);
    Tensor x = Inputs.tensor(3, shape.batch(), shape.timesteps(), shape.features());
    while (true) {
      float[] answer = predictor.predict(x).toArray();
      if (!Float.isFinite(answer[0])) {
        throw new IllegalStateException("got " + answer[0]);
      }
    }
  }

  /** The longest step, in nanoseconds, with the clock's own time. */
  private static long measure(Runnable step, long[] counts, long nanos) {
    long largest = 0;
    long begin = System.nanoTime();
    for (long before = begin; before - begin < nanos; ) {
      step.run();
      long now = System.nanoTime();
      long took = Math.max(1, now - before);
      counts[bucket(took)]++;
      largest = Math.max(largest, took);
      before = now;
    }
    return largest;
  }

  static int bucket(long nanos) {
    return (int) (PER_OCTAVE * Math.log(nanos) / Math.log(2));
  }

  /** The upper end of the bucket in which a quantile lies. */
  static double nanos(long[] counts, double quantile) {
    double wanted = quantile * Arrays.stream(counts).sum();
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted && seen > 0) {
        return Math.pow(2, (bucket + 1.0) / PER_OCTAVE);
      }
    }
    throw new IllegalArgumentException("no step was counted");
  }
}

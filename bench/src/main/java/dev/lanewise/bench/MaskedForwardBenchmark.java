package dev.lanewise.bench;

import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A batch of sequences of unequal length, padded to the longest: with a mask, which skips the
 * padding, and without one, which computes it. The ratio should be the share of real steps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class MaskedForwardBenchmark {

  /** A name of {@link LayerShape}. */
  @Param({"seed-torch", "mid", "long"})
  public String shape;

  /** The percentage of the steps that are real; lengths are uniform around it. */
  @Param({"25", "50", "90"})
  public int real;

  private Predictor predictor;
  private Mask mask;
  private Tensor x;
  private Tensor y;

  /** Builds the layer, and compares each sample with its sequence alone. */
  @Setup
  public void prepare() {
    LayerShape s = LayerShape.named(shape);
    Sequential model =
        Sequential.of(Lstm.builder(s.units()).returnSequences(true).build()).build(s.features(), 1);
    predictor = model.predictor(PredictorOptions.builder().threads(1).build());
    x = Inputs.tensor(2, s.batch(), s.timesteps(), s.features());
    SplittableRandom random = new SplittableRandom(3);
    int spread = s.timesteps() * Math.min(real, 100 - real) / 100;
    int[] lengths = new int[s.batch()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = s.timesteps() * real / 100 + random.nextInt(-spread, spread + 1);
    }
    mask = Mask.ofLengths(s.timesteps(), lengths);
    y = predictor.predict(x, mask);
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > 0) {
        Tensor alone = predictor.predict(x.slice(0, i, i + 1).slice(1, 0, lengths[i]));
        Tensor masked = y.select(0, i).slice(0, 0, lengths[i]);
        if (!Arrays.equals(alone.toArray(), masked.toArray())) {
          throw new IllegalStateException("sample " + i + " differs from its sequence alone");
        }
      }
    }
  }

  /** The real steps. */
  @Benchmark
  public Tensor masked() {
    predictor.predict(x, mask, y);
    return y;
  }

  /** All steps. */
  @Benchmark
  public Tensor unmasked() {
    predictor.predict(x, y);
    return y;
  }
}

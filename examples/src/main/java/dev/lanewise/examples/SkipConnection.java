package dev.lanewise.examples;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Scores;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Shows a stack of two LSTMs, each beside a path around it, with two outputs: the next value of a
 * vibration at each step, and whether the bearing that makes it is worn.
 *
 * <p>The vibration is a noisy oscillation, of 12 steps while the bearing is good and of 6 while it
 * is worn. The stack is then asked step by step, to the same bits.
 */
final class SkipConnection {
  private static final int STEPS = 40;
  private static final double NOISE = 0.3; // of each step: what no forecast can know
  private static final double DAMPING = 0.95;

  private SkipConnection() {}

  /**
   * Vibrations.
   *
   * @param signal (count, 40, 1)
   * @param next (count, 40, 1): the value after each
   * @param worn (count, 40, 1): 1 while the bearing is worn
   */
  private record Vibrations(Tensor signal, Tensor next, Tensor worn) {
    Map<String, Tensor> x() {
      return Map.of("signal", signal);
    }

    Map<String, Tensor> y() {
      return Map.of("next", next, "worn", worn);
    }

    /** How often the answer is right that is always the same. */
    double constant() {
      double sum = 0;
      for (float each : worn.toArray()) {
        sum += each;
      }
      return Math.max(sum, worn.size() - sum) / worn.size();
    }

    /** The error of the forecast that the next value is the last one. */
    double naive() {
      double sum = 0;
      float[] now = signal.toArray();
      float[] then = next.toArray();
      for (int i = 0; i < now.length; i++) {
        sum += (then[i] - now[i]) * (then[i] - now[i]);
      }
      return sum / now.length;
    }
  }

  private static Vibrations vibrations(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor signal = Tensor.zeros(count, STEPS + 1, 1);
    Tensor worn = Tensor.zeros(count, STEPS, 1);
    for (int sample = 0; sample < count; sample++) {
      boolean isWorn = random.nextBoolean();
      double last = random.nextGaussian();
      double value = random.nextGaussian();
      for (int step = 0; step <= STEPS; step++) {
        isWorn ^= random.nextDouble() < 0.03;
        double turn = 2 * DAMPING * StrictMath.cos(2 * Math.PI / (isWorn ? 6 : 12));
        double after = turn * value - DAMPING * DAMPING * last + NOISE * random.nextGaussian();
        last = value;
        value = after;
        signal.set((float) value, sample, step, 0);
        if (step < STEPS) {
          worn.set(isWorn ? 1 : 0, sample, step, 0);
        }
      }
    }
    return new Vibrations(signal.slice(1, 0, STEPS), signal.slice(1, 1, STEPS + 1), worn);
  }

  /** Runs the program. */
  static void main() {
    Vibrations train = vibrations(1, 400);
    Vibrations heldOut = vibrations(2, 100);
    FitOptions options = FitOptions.builder().epochs(20).seed(42).build();
    // guide: skip
    Lstm lower = Lstm.builder(16).returnSequences(true).build().named("lower");
    Lstm upper = Lstm.builder(16).returnSequences(true).build().named("upper");
    Value signal = Input.sequences("signal", 1);
    Value wide = Dense.of(16).named("wide").apply(signal); // as wide as what is added to it
    Value once = Add.of().apply(wide, lower.apply(wide));
    Value twice = Add.of().apply(once, upper.apply(once));
    // guide: end

    // guide: two-outputs
    Value next = Dense.of(1).named("next").apply(twice); // (batch, timesteps, 1)
    Value worn = Dense.of(1, Activation.SIGMOID).named("worn").apply(twice);
    Model model = Model.of(List.of(signal), List.of(next, worn)).build(42);
    model.compile(
        Adam.of(0.01),
        Map.of("next", Loss.MEAN_SQUARED_ERROR, "worn", Loss.BINARY_CROSSENTROPY),
        Map.of("worn", 0.5),
        Metric.ACCURACY);
    History history =
        model.fit(
            Map.of("signal", train.signal()),
            Map.of("next", train.next(), "worn", train.worn()),
            options);
    Scores scores = model.evaluate(heldOut.x(), heldOut.y());
    Map<String, Scores> each = scores.outputs(); // by the names of the outputs
    // guide: end
    System.out.println(model.summary());
    Show.shape("signal", train.signal());
    Show.loss(history);
    show(each, heldOut);
    Map<String, Tensor> whole = loaded(model, heldOut);
    Tensor steps = stepByStep(model, signal, next, heldOut);
    Tensor atOnce = Objects.requireNonNull(whole.get("next"));
    Show.line("step by step, the same", Same.bits(steps, atOnce));
    refusals(model, signal, lower.apply(wide));
  }

  private static Map<String, Tensor> loaded(Model model, Vibrations heldOut) {
    Path file = TemporaryFile.of("bearing.safetensors");
    ModelFile.save(model, file);
    Map<String, Tensor> whole = ModelFile.loadModel(file).predict(heldOut.x());
    Show.line("loaded, the same bits", Same.bits(whole, model.predict(heldOut.x())));
    return whole;
  }

  private static Tensor stepByStep(Model model, Value signal, Value next, Vibrations heldOut) {
    // guide: stream
    Model forecast = Model.of(signal, next).buildZeros(); // one input, one output
    Weights.copy(model, forecast); // by name
    Tensor now = Tensor.zeros(100, 1);
    Stream stream = forecast.predictor().stream(100);
    Tensor steps = Tensor.zeros(100, STEPS, 1);
    for (int step = 0; step < STEPS; step++) {
      stream.step(heldOut.signal().select(1, step), now);
      steps.select(1, step).copyFrom(now);
    }
    // guide: end
    return steps;
  }

  private static void refusals(Model model, Value signal, Value wider) {
    Show.refused("a stream of two outputs", () -> model.predictor().stream(1));
    Show.refused("a path of another width", () -> Add.of().apply(signal, wider));
    Map<String, Loss> misspelt = Map.of("wear", Loss.BINARY_CROSSENTROPY);
    Show.refused("a loss of no output", () -> model.compile(Adam.of(), misspelt, Map.of()));
  }

  private static void show(Map<String, Scores> each, Vibrations heldOut) {
    Scores next = Objects.requireNonNull(each.get("next"));
    Scores worn = Objects.requireNonNull(each.get("worn"));
    Show.line("error of next", Show.number(next.loss()));
    Show.line("no forecast is below", Show.number(NOISE * NOISE));
    Show.line("\"next is as now\"", Show.number(heldOut.naive()));
    Show.line("loss of worn", Show.number(worn.loss()));
    Show.line("right about worn", Show.number(worn.metric(Metric.ACCURACY)));
    Show.line("always the same answer", Show.number(heldOut.constant()));
  }
}

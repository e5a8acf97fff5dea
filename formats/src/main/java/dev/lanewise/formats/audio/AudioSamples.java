package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * What a file says that goes in and comes out: from a state of 0, with gains of 1 and every knob at
 * 0.
 */
final class AudioSamples {
  static final String INPUT = "input_batch";
  static final String OUTPUT = "output_batch";

  /** Between what two libraries compute of the same weights. */
  private static final double TOLERANCE = 1e-4;

  /** So many products of a weight and a sample take a moment, and little memory. */
  private static final long MOST_WORK = 20_000_000;

  private final JsonObject root;
  private final float[] input;
  private final float[] output;

  private AudioSamples(JsonObject root, float[] input, float[] output) {
    this.root = root;
    this.input = input;
    this.output = output;
  }

  /** None where the file has none. */
  static AudioSamples of(JsonObject root) {
    if (root.has(INPUT) != root.has(OUTPUT)) {
      boolean in = root.has(INPUT);
      throw AudioErrors.onlyOneBatch(root, in ? INPUT : OUTPUT, in ? OUTPUT : INPUT);
    }
    if (!root.has(INPUT)) {
      return new AudioSamples(root, new float[0], new float[0]);
    }
    float[] input = numbers(root, INPUT);
    float[] output = numbers(root, OUTPUT);
    if (input.length != output.length) {
      throw AudioErrors.batches(root, input.length, output.length);
    }
    return new AudioSamples(root, input, output);
  }

  private static float[] numbers(JsonObject root, String key) {
    Tensor numbers = AudioArrays.tensor(root.member(key), root.file(), key);
    if (numbers.rank() != 1) {
      throw AudioErrors.weightShape(root.file(), key, Shape.of(numbers.size()), numbers.shape());
    }
    return numbers.toArray();
  }

  /** Refuses a model that gives other samples. Of a large one, the first samples are tried. */
  void require(Model model, AudioNetwork network) {
    int inputs = network.inputs();
    int count = (int) Math.min(input.length, MOST_WORK / network.work());
    if (count == 0) {
      return;
    }
    Tensor x = Tensor.zeros(1, count, inputs);
    x.select(2, 0).copyFrom(Tensor.of(Arrays.copyOf(input, count), 1, count));
    try (Predictor predictor = model.predictor()) {
      Tensor y = predictor.predict(x);
      for (int i = 0; i < count; i++) {
        float got = y.get(0, i, 0);
        if (Math.abs(got - output[i]) > TOLERANCE) {
          throw AudioErrors.sample(root, i, output[i], got, TOLERANCE);
        }
      }
    }
  }
}

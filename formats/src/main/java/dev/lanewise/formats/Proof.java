package dev.lanewise.formats;

import dev.lanewise.formats.lanewise.LanewiseErrors;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Inputs of a model and what it answered, kept in its file: whoever loads it can see that it still
 * does. Immutable, save that the tensors can be written to.
 *
 * @param inputs a tensor for each input, by its name; a chain's is {@code x}
 * @param outputs what the model gave, by the name of the output; a chain's is {@code y}
 */
public record Proof(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
  /** How far from a kept answer one may be, of its own size or of 1, whichever is more. */
  public static final double TOLERANCE = 1e-5;

  /**
   * Copies the maps, not the tensors.
   *
   * @param inputs a tensor for each input
   * @param outputs what the model gave
   */
  public Proof {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * What a model answers now.
   *
   * @param model built. Not modified
   * @param inputs a tensor for each input, by its name; a chain's is {@code x}. Kept, not copied
   * @return the inputs and the answers
   * @throws IllegalArgumentException when the model does not take them
   * @throws IllegalStateException when the model is not built
   */
  public static Proof of(Model model, Map<String, Tensor> inputs) {
    return new Proof(inputs, model.predict(inputs));
  }

  /**
   * Compares what a predictor answers with what is kept.
   *
   * @param predictor of the model
   * @param file names the model in errors
   * @throws FormatException when an answer is further off than {@link #TOLERANCE}, or has another
   *     shape or name
   */
  public void check(Predictor predictor, Path file) {
    Map<String, Tensor> now;
    try {
      now = predictor.predict(inputs);
    } catch (IllegalArgumentException e) {
      throw LanewiseErrors.proofInputs(file, e);
    }
    if (!now.keySet().equals(outputs.keySet())) {
      throw LanewiseErrors.proofOutputs(file, outputs.keySet(), now.keySet());
    }
    outputs.forEach((name, expected) -> check(file, name, expected, now));
  }

  private static void check(Path file, String name, Tensor expected, Map<String, Tensor> answers) {
    Tensor got = answers.get(name);
    if (got == null || !got.shape().equals(expected.shape())) {
      throw LanewiseErrors.proofShape(
          file, name, expected.shape(), got == null ? "none" : got.shape().toString());
    }
    float[] kept = expected.toArray();
    float[] now = got.toArray();
    int worst = -1;
    double most = 1;
    for (int i = 0; i < kept.length; i++) {
      double off = off(kept[i], now[i]);
      if (!(off <= most)) {
        worst = i;
        most = off;
      }
    }
    if (worst >= 0) {
      throw LanewiseErrors.proof(
          file, name, expected.shape(), worst, TOLERANCE, kept[worst], now[worst]);
    }
  }

  /** How many times the tolerance two numbers are apart; two NaN are not. */
  private static double off(float expected, float got) {
    if (Float.compare(expected, got) == 0) {
      return 0;
    }
    double apart = Math.abs((double) expected - got);
    double off = apart / (TOLERANCE * Math.max(1, Math.abs(expected)));
    return Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
  }
}

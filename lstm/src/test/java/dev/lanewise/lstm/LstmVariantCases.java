package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import java.util.LinkedHashMap;
import java.util.Map;

/** LSTMs with each option, and with several at once. */
final class LstmVariantCases {
  private LstmVariantCases() {}

  /** Builders by what they set. */
  static Map<String, Lstm.Builder> all() {
    Map<String, Lstm.Builder> all = new LinkedHashMap<>();
    all.put("peepholes", Lstm.builder(4).peepholes(true));
    all.put("coupled gates", Lstm.builder(4).coupledGates(true));
    all.put("a clip", Lstm.builder(4).clip(0.25f));
    all.put("a projection", Lstm.builder(5).projection(3));
    all.put("a projection as wide", Lstm.builder(4).projection(4));
    all.put("peepholes and coupled gates", Lstm.builder(4).peepholes(true).coupledGates(true));
    all.put("peepholes and a clip", Lstm.builder(4).peepholes(true).clip(0.25f));
    all.put("coupled gates and a clip", Lstm.builder(4).coupledGates(true).clip(0.25f));
    all.put("peepholes and a projection", Lstm.builder(21).peepholes(true).projection(18));
    all.put(
        "everything", Lstm.builder(5).peepholes(true).coupledGates(true).clip(0.5f).projection(3));
    all.put(
        "everything but coupled gates, other activations",
        Lstm.builder(4)
            .activation(Activation.GELU)
            .recurrentActivation(Activation.HARD_SIGMOID)
            .peepholes(true)
            .clip(0.5f)
            .projection(1));
    all.put(
        "everything, other activations",
        Lstm.builder(4)
            .activation(Activation.SOFTSIGN)
            .recurrentActivation(Activation.MISH)
            .peepholes(true)
            .coupledGates(true)
            .clip(0.5f)
            .projection(2));
    return all;
  }
}

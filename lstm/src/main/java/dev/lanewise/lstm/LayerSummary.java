package dev.lanewise.lstm;

import java.util.List;

/**
 * One line of a model's summary.
 *
 * @param name the layer's name, such as {@code lstm_1}
 * @param type its class, such as {@code Lstm}
 * @param output the axes of its output: a name, or a number where the length is fixed, such as
 *     {@code [batch, timesteps, 64]}
 * @param parameters how many weights it has, those not trained included; -1 where the model is not
 *     built
 * @param settings those that are not by default, such as {@code units=64, returnSequences=true}
 * @param reads the inputs and layers whose values it is called on, those that its states begin from
 *     too; empty where the model is not built
 */
public record LayerSummary(
    String name,
    String type,
    List<String> output,
    long parameters,
    String settings,
    List<String> reads) {
  /**
   * Copies the lists.
   *
   * @param name the layer's name
   * @param type its class
   * @param output the axes of its output
   * @param parameters how many weights it has
   * @param settings those that are not by default
   * @param reads what it is called on
   */
  public LayerSummary {
    output = List.copyOf(output);
    reads = List.copyOf(reads);
  }
}

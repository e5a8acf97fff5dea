package dev.lanewise.lstm.train;

import dev.lanewise.lstm.run.Wiring;
import java.util.List;
import java.util.function.Function;

/**
 * What is trained.
 *
 * @param wiring whose outputs are those with an objective
 * @param layers by call: makes the layer ready to train
 * @param objectives of each output
 */
public record TrainedGraph(
    Wiring wiring,
    List<Function<TrainingPlace, TrainingLayer>> layers,
    List<Objective> objectives) {
  public TrainedGraph {
    layers = List.copyOf(layers);
    objectives = List.copyOf(objectives);
  }
}

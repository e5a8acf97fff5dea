package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The weights of a layer at a time, which are gone when the next are asked for. */
final class PassingWeights implements IntFunction<LayerWeights>, AutoCloseable {
  private final Plan plan;
  private final List<List<WeightSpec>> specs;
  private final Consumer<Weight> fill;
  private Arena arena = Arena.ofConfined();

  PassingWeights(Plan plan, Consumer<Weight> fill) {
    this.plan = plan;
    this.specs = plan.weights();
    this.fill = fill;
  }

  @Override
  public LayerWeights apply(int layer) {
    arena.close();
    arena = Arena.ofConfined();
    String name = plan.layers().get(layer).name();
    ModelWeights own = ModelWeights.zeros(List.of(specs.get(layer)), List.of(name), arena);
    own.all().forEach(weight -> fill.accept(new Weight(weight)));
    return own.layer(0);
  }

  @Override
  public void close() {
    arena.close();
  }
}

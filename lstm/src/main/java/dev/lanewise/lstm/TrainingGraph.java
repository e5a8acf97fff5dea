package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a {@link Plan} in training, wired: what each reads, and whose gradients are summed
 * before its backward. A value that several read has a gradient for each reader.
 */
final class TrainingGraph {
  private final Plan plan;
  private final TrainingInput[] inputs;
  private final TrainingLayer[] layers;
  private final TrainingBlock[] tops;
  private final GradientSum[][] sums;
  private final @Nullable TrainingBlock[] values;
  private final Map<Integer, List<MemorySegment>> readers = new HashMap<>(); // by value
  private final int batch;

  TrainingGraph(
      Plan plan,
      TrainingData data,
      ModelWeights weights,
      SharedGradients gradients,
      int batch,
      int parts,
      long seed) {
    this.plan = plan;
    this.batch = batch;
    this.values = new @Nullable TrainingBlock[plan.values()];
    this.inputs = new TrainingInput[plan.ports().size()];
    for (int port = 0; port < inputs.length; port++) {
      TrainingSource source = data.sources().get(port);
      boolean masked = source.mask() != null;
      inputs[port] = TrainingInput.allocate(source.steps(), batch, source.width(), masked);
      values[port] = inputs[port];
    }
    List<Plan.Node> nodes = plan.nodes();
    this.layers = new TrainingLayer[nodes.size()];
    Map<Integer, Integer> calls = new HashMap<>(); // by layer: those so far
    for (int i = 0; i < layers.length; i++) {
      Plan.Node node = nodes.get(i);
      int before = calls.merge(node.weights(), 1, Integer::sum) - 1;
      TrainingPlace place =
          new TrainingPlace(
              weights.layer(node.weights()),
              gradients.of(node.weights(), before),
              reading(node.in()),
              batch,
              parts,
              SplitMix64.stream(seed, i).nextLong(),
              reading(node.from()),
              plan.givesStates(node));
      requireGradients(node.layer());
      layers[i] = node.layer().training(place);
      give(node, layers[i]);
    }
    this.tops = reading(plan.outputs()).toArray(TrainingBlock[]::new);
    this.sums = new GradientSum[layers.length][];
    for (int i = 0; i < layers.length; i++) {
      sums[i] = sums(nodes.get(i)).toArray(GradientSum[]::new);
    }
  }

  /** Layers keep what their activations give, and not what they take. */
  private static void requireGradients(Layer layer) {
    for (Setting setting : LayerType.of(layer).settings()) {
      Object value = setting.of(layer);
      if (value instanceof Layer inner) {
        requireGradients(inner);
      } else if (value instanceof Activation activation && activation.needsInput()) {
        throw TrainingErrors.needsInput(layer, setting, activation);
      }
    }
  }

  private void give(Plan.Node node, TrainingLayer layer) {
    values[node.out()] = layer;
    List<TrainingBlock> states = layer.states();
    for (int i = 0; i < states.size(); i++) {
      values[node.out() + 1 + i] = states.get(i);
    }
  }

  private List<TrainingBlock> reading(int[] read) {
    List<TrainingBlock> blocks = new ArrayList<>();
    for (int value : read) {
      blocks.add(reading(value));
    }
    return blocks;
  }

  /** A value as one more reader sees it. */
  private TrainingBlock reading(int value) {
    TrainingBlock block = Objects.requireNonNull(values[value]);
    if (plan.readers(value) == 1 || !block.wantsGradient()) {
      return block;
    }
    InnerBlock own = InnerBlock.over(block, batch);
    readers.computeIfAbsent(value, _ -> new ArrayList<>()).add(own.gradient());
    return own;
  }

  /** Of what a call gives: all that not exactly one reads. */
  private List<GradientSum> sums(Plan.Node node) {
    List<GradientSum> all = new ArrayList<>();
    for (int value = node.out(); value <= node.out() + node.states(); value++) {
      TrainingBlock block = values[value];
      if (block != null && block.wantsGradient() && plan.readers(value) != 1) {
        all.add(new GradientSum(block, readers.getOrDefault(value, List.of())));
      }
    }
    return all;
  }

  TrainingInput[] inputs() {
    return inputs;
  }

  /** In the order of the calls. */
  TrainingLayer[] layers() {
    return layers;
  }

  /** What each loss reads. */
  TrainingBlock[] tops() {
    return tops;
  }

  /** By call: what is summed before its backward. */
  GradientSum[][] sums() {
    return sums;
  }
}

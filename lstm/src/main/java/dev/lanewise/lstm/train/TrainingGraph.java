package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.run.Wiring;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a model in training, wired: what each reads, and whose gradients are summed before
 * its backward. A value that several read has a gradient for each reader.
 */
public final class TrainingGraph {
  private final Wiring wiring;
  private final TrainingInput[] inputs;
  private final TrainingLayer[] layers;
  private final Map<CarriedState, TrainingBlock> carried = new LinkedHashMap<>(); // where it ends
  private final TrainingBlock[] tops;
  private final GradientSum[][] sums;
  private final @Nullable TrainingBlock[] values;
  private final Map<Integer, List<MemorySegment>> readers = new HashMap<>(); // by value
  private final int batch;

  TrainingGraph(
      TrainedGraph trained,
      TrainingFeed feed,
      ModelWeights weights,
      SharedGradients gradients,
      int batch,
      int parts,
      long seed) {
    this.wiring = trained.wiring();
    this.batch = batch;
    this.values = new @Nullable TrainingBlock[wiring.values()];
    this.inputs = new TrainingInput[wiring.ports()];
    for (int port = 0; port < inputs.length; port++) {
      TrainingFeed.Source source = feed.inputs().get(port);
      boolean masked = source.mask() != null;
      inputs[port] = TrainingInput.allocate(source.steps(), batch, source.width(), masked);
      values[port] = inputs[port];
    }
    List<Wiring.Call> all = wiring.calls();
    this.layers = new TrainingLayer[all.size()];
    Map<Integer, Integer> calls = new HashMap<>(); // by layer: those so far
    for (int i = 0; i < layers.length; i++) {
      Wiring.Call call = all.get(i);
      int before = calls.merge(call.weights(), 1, Integer::sum) - 1;
      List<CarriedState> carrying = feed.carries() ? carrying(call) : List.of();
      TrainingPlace place =
          new TrainingPlace(
              weights.layer(call.weights()),
              gradients.of(call.weights(), before),
              reading(call.in()),
              batch,
              parts,
              SplitMix64.stream(seed, i).nextLong(),
              carrying.isEmpty() ? reading(call.from()) : List.copyOf(carrying),
              call.givesStates() || !carrying.isEmpty());
      layers[i] = trained.layers().get(i).apply(place);
      for (int state = 0; state < carrying.size(); state++) {
        carried.put(carrying.get(state), layers[i].states().get(state));
      }
      give(call, layers[i]);
    }
    this.tops = reading(wiring.outputs()).toArray(TrainingBlock[]::new);
    this.sums = new GradientSum[layers.length][];
    for (int i = 0; i < layers.length; i++) {
      sums[i] = sums(all.get(i)).toArray(GradientSum[]::new);
    }
  }

  /** What the states of a call begin from that no one hands it. */
  private List<CarriedState> carrying(Wiring.Call call) {
    return IntStream.concat(Arrays.stream(call.h()), Arrays.stream(call.c()))
        .mapToObj(units -> CarriedState.of(batch, units))
        .toList();
  }

  private void give(Wiring.Call call, TrainingLayer layer) {
    values[call.out()] = layer;
    List<TrainingBlock> states = layer.states();
    for (int i = 0; i < states.size(); i++) {
      values[call.out() + 1 + i] = states.get(i);
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
    if (wiring.readers()[value] == 1 || !block.wantsGradient()) {
      return block;
    }
    InnerBlock own = InnerBlock.over(block, batch);
    readers.computeIfAbsent(value, _ -> new ArrayList<>()).add(own.gradient());
    return own;
  }

  /** Of what a call gives: all that not exactly one reads. */
  private List<GradientSum> sums(Wiring.Call call) {
    List<GradientSum> all = new ArrayList<>();
    for (int value = call.out(); value <= call.out() + call.states(); value++) {
      TrainingBlock block = values[value];
      if (block != null && block.wantsGradient() && wiring.readers()[value] != 1) {
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

  /** By what a state begins from: the same state's end. */
  Map<CarriedState, TrainingBlock> carried() {
    return carried;
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

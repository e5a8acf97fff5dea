package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.Wiring;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a model runs: its layers' calls in order, and what each reads and gives. Immutable.
 *
 * <p>Values are numbered: the inputs first, then what each call gives, its output before the states
 * h and c that its layer ends in.
 */
final class Plan {
  /** What an input of a chain is called, and its output. */
  static final String X = "x";

  static final String Y = "y";

  /** An input. */
  record Port(String name, InputKind kind, Axes axes) {}

  /**
   * A call of a layer.
   *
   * @param layer what runs
   * @param weights which of the model's layers has its weights
   * @param in the values that it reads
   * @param from the values that its states begin from, h before c; empty for 0
   * @param out the value that it gives; the states follow
   * @param states how many these are
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Node(Layer layer, int weights, int[] in, int[] from, int out, int states) {
    Node(Layer layer, int weights, int[] in, int[] from, int out) {
      this(layer, weights, in, from, out, layer.stateUnits().size() + layer.cellUnits().size());
    }
  }

  private final List<Layer> layers;
  private final List<Port> ports;
  private final List<Node> nodes;
  private final List<Axes> axes; // of each value
  private final int[] outputs;
  private final List<String> outputNames;
  private final List<String> inputNames;
  private final int[] readers; // of each value, the outputs among them
  private final @Nullable Layer[] idLayers; // by input
  private final int[] places; // by value: of the call that gives it
  private final int[] firstCalls; // by layer
  private final PlanTime time;
  private final PlanMasks masks;
  private final PlanInputs inputs;
  private final PlanSteps steps;
  private final Wiring wiring;

  /**
   * Of calls in an order in which each follows what it reads.
   *
   * @param layers that have weights of their own, in the order of their first calls
   * @param axes of each value
   * @param outputs the values that it gives
   */
  Plan(
      List<Layer> layers,
      List<Port> ports,
      List<Node> nodes,
      List<Axes> axes,
      int[] outputs,
      List<String> outputNames) {
    this.layers = List.copyOf(layers);
    this.ports = List.copyOf(ports);
    this.nodes = List.copyOf(nodes);
    this.axes = List.copyOf(axes);
    this.outputs = outputs;
    this.outputNames = List.copyOf(outputNames);
    this.inputNames = inputNames(ports);
    this.readers = readers(nodes, axes.size(), outputs);
    this.idLayers = idLayers(ports, nodes);
    this.places = new int[axes.size()];
    this.firstCalls = new int[layers.size()];
    place();
    this.time = new PlanTime(this);
    this.masks = new PlanMasks(this);
    this.inputs = new PlanInputs(this);
    this.steps = new PlanSteps(this);
    this.wiring = wire();
  }

  /** The same with other calls, of which some may run in another way; values keep their numbers. */
  Plan with(List<Node> other, int[] otherOutputs) {
    List<String> names = Arrays.stream(otherOutputs).mapToObj(value -> Y + value).toList();
    return new Plan(layers, ports, other, axes, otherOutputs, names);
  }

  /** The axes of the states that a layer gives. */
  static void addStates(Layer layer, List<Axes> axes) {
    for (int units : layer.stateUnits()) {
      axes.add(new Axes(Axes.NONE, units));
    }
    for (int units : layer.cellUnits()) {
      axes.add(new Axes(Axes.NONE, units));
    }
  }

  private static List<String> inputNames(List<Port> ports) {
    List<String> names = new ArrayList<>();
    for (Port port : ports) {
      names.add(port.name());
    }
    return List.copyOf(names);
  }

  /** What runs of it. */
  Wiring wiring() {
    return wiring;
  }

  private Wiring wire() {
    List<Wiring.Call> calls = new ArrayList<>();
    for (int place = 0; place < nodes.size(); place++) {
      calls.add(call(place));
    }
    boolean[] ids = new boolean[ports.size()];
    for (int port = 0; port < ids.length; port++) {
      ids[port] = ports.get(port).kind() == InputKind.IDS;
    }
    int[] widths = new int[axes.size()];
    for (int value = 0; value < widths.length; value++) {
      widths[value] = axes.get(value).width();
    }
    return new Wiring(ids, widths, calls, outputs, readers, masks.all(), masks.count(), steps::of);
  }

  private Wiring.Call call(int place) {
    Node node = nodes.get(place);
    Layer layer = node.layer();
    return new Wiring.Call(
        place,
        node.weights(),
        node.in(),
        node.from(),
        node.out(),
        ints(layer.stateUnits()),
        ints(layer.cellUnits()),
        layer.makesMask(),
        givesStates(node),
        alike(place),
        weights -> layer.forward(before(node), weights),
        layer.merger(widths(node)));
  }

  private static int[] ints(List<Integer> values) {
    int[] ints = new int[values.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = values.get(i);
    }
    return ints;
  }

  /** By call: what makes its layer ready to train. */
  List<Function<TrainingPlace, TrainingLayer>> trainings() {
    List<Function<TrainingPlace, TrainingLayer>> all = new ArrayList<>();
    nodes.forEach(node -> all.add(node.layer()::inTraining));
    return all;
  }

  /** The call before that packs the same weights for the same axes; or -1. */
  private int alike(int place) {
    Node node = nodes.get(place);
    for (int i = 0; i < place; i++) {
      Node other = nodes.get(i);
      if (other.weights() == node.weights() && before(other).equals(before(node))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * About the multiply-adds that a sample costs in training, forward and backward: a weight's are
   * one a step.
   */
  long trainingWork(int[] stepsOfValues) {
    long work = 0;
    for (Node node : nodes) {
      int left = stepsOfValues[node.in()[0]];
      for (WeightSpec weight : node.layer().weights(before(node))) {
        work += weight.suffix().equals(WeightSpec.EMBEDDINGS) ? 0 : left * weight.shape().size();
      }
    }
    return 3 * work;
  }

  /** Which inputs it takes. */
  PlanInputs inputs() {
    return inputs;
  }

  /** How long what it gives is. */
  PlanSteps steps() {
    return steps;
  }

  /** Where padding is marked. */
  PlanMasks masks() {
    return masks;
  }

  /** Where time comes from. */
  PlanTime time() {
    return time;
  }

  /** The layers that have weights of their own, in the order of their first calls. */
  List<Layer> layers() {
    return layers;
  }

  /** Weights that are all 0, but for those that are given with the layers. */
  ModelWeights zeros() {
    return ModelWeights.zeros(weights(), layerNames());
  }

  /** Weights with the first values of their layers. */
  ModelWeights initialized(long seed) {
    return ModelWeights.initialized(weights(), layerNames(), seed);
  }

  private List<String> layerNames() {
    List<String> names = new ArrayList<>();
    for (Layer layer : layers) {
      names.add(layer.name());
    }
    return names;
  }

  List<Port> ports() {
    return ports;
  }

  /** The calls in the order in which they run. */
  List<Node> nodes() {
    return nodes;
  }

  /** How many values there are. */
  int values() {
    return axes.size();
  }

  Axes axes(int value) {
    return axes.get(value);
  }

  /** What a call reads, where it reads one value. */
  Axes before(Node node) {
    return axes.get(node.in()[0]);
  }

  /** The widths of what a call reads. */
  int[] widths(Node node) {
    int[] widths = new int[node.in().length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = axes.get(node.in()[i]).width();
    }
    return widths;
  }

  /** The values that it gives. */
  int[] outputs() {
    return outputs;
  }

  List<String> outputNames() {
    return outputNames;
  }

  List<String> inputNames() {
    return inputNames;
  }

  /** How many calls and outputs read a value. */
  int readers(int value) {
    return readers[value];
  }

  /** Whether any state after a call is read. */
  boolean givesStates(Node node) {
    for (int state = 1; state <= node.states(); state++) {
      if (readers[node.out() + state] > 0) {
        return true;
      }
    }
    return false;
  }

  /** The call whose states the graph itself hands on; null where there is none. */
  @Nullable Node handsOn() {
    return nodes.stream()
        .filter(node -> node.from().length > 0 || givesStates(node))
        .findFirst()
        .orElse(null);
  }

  /** The layers of the calls, one for each. */
  List<Layer> called() {
    return nodes.stream().map(Node::layer).toList();
  }

  /** The first call of a layer that has weights. */
  Node firstCall(int layer) {
    return nodes.get(firstCalls[layer]);
  }

  /** Which of the calls gives a value that is no input. */
  int place(int value) {
    return places[value];
  }

  private void place() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      firstCalls[node.weights()] = i;
      Arrays.fill(places, node.out(), node.out() + 1 + node.states(), i);
    }
  }

  /** The weights of each layer. */
  List<List<WeightSpec>> weights() {
    List<List<WeightSpec>> specs = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      specs.add(layers.get(layer).ownWeights(before(firstCall(layer))));
    }
    return specs;
  }

  private static int[] readers(List<Node> nodes, int values, int[] outputs) {
    int[] readers = new int[values];
    for (Node node : nodes) {
      countEach(node.in(), readers);
      countEach(node.from(), readers);
    }
    countEach(outputs, readers);
    return readers;
  }

  private static void countEach(int[] values, int[] counts) {
    for (int value : values) {
      counts[value]++;
    }
  }

  // One tensor in and out

  int features() {
    return axes.getFirst().width();
  }

  /** The timesteps that the model was built with; {@link Axes#ANY} where they were not given. */
  int timesteps() {
    return axes.getFirst().steps();
  }

  int outputFeatures() {
    return outputFeatures(0);
  }

  int outputFeatures(int output) {
    return axes.get(outputs[output]).width();
  }

  /** Whether it takes and gives one tensor. */
  boolean isSingle() {
    return ports.size() == 1 && outputs.length == 1;
  }

  /** Whether each call reads what the one before gives, from one input to one output. */
  boolean isChain() {
    int last = 0;
    for (Node node : nodes) {
      if (node.in().length != 1 || node.in()[0] != last || node.from().length > 0) {
        return false;
      }
      last = node.out();
    }
    return ports.size() == 1 && outputs.length == 1 && outputs[0] == last && !isShared();
  }

  private boolean isShared() {
    return nodes.size() != layers.size();
  }

  /** The input, or the layer, that a value is from. */
  String source(int value) {
    if (value < ports.size()) {
      return ports.get(value).name();
    }
    return layers.get(nodes.get(places[value]).weights()).name();
  }

  /** Refuses a model that takes or gives several tensors. */
  void requireSingle(String operation) {
    if (!isSingle()) {
      throw GraphErrors.single(operation, inputNames(), outputNames);
    }
  }

  /** Refuses a model that hands states on itself: whose they are would be said twice. */
  void requireOwnStates(String operation) {
    Node node = handsOn();
    if (node != null) {
      throw GraphErrors.ownStates(operation, node.layer());
    }
  }

  /** Whether the only input is token ids. */
  boolean takesIds() {
    return ids(0) != null;
  }

  /** The layer whose ids the first input is, or null. */
  @Nullable Layer ids() {
    return ids(0);
  }

  /** The layer whose ids an input is, of several the one that knows the fewest; or null. */
  @Nullable Layer ids(int port) {
    return idLayers[port];
  }

  private static @Nullable Layer[] idLayers(List<Port> ports, List<Node> nodes) {
    @Nullable Layer[] all = new @Nullable Layer[ports.size()];
    for (Node node : nodes) {
      int port = node.in()[0];
      if (port < all.length && ports.get(port).kind() == InputKind.IDS) {
        Layer before = all[port];
        boolean fewer = before == null || node.layer().vocabulary() < before.vocabulary();
        all[port] = fewer ? node.layer() : before;
      }
    }
    return all;
  }

  /** Whether the input may have a time axis and need not. */
  boolean takesEither() {
    return ports.getFirst().kind() == InputKind.EITHER;
  }

  /** The number of which a step of an input that is to be skipped has nothing else, or NaN. */
  float maskValue(int port) {
    for (Node node : nodes) {
      if (node.in()[0] == port && !Float.isNaN(node.layer().maskValue())) {
        return node.layer().maskValue();
      }
    }
    return Float.NaN;
  }

  /** The layers that what comes in goes through, from the first that reads it on. */
  List<Layer> path(int port) {
    BitSet reached = new BitSet();
    reached.set(port);
    List<Layer> path = new ArrayList<>();
    for (Node node : nodes) {
      boolean reads =
          Arrays.stream(node.in()).anyMatch(reached::get)
              || Arrays.stream(node.from()).anyMatch(reached::get);
      if (reads) {
        path.add(node.layer());
        reached.set(node.out(), node.out() + 1 + node.states());
      }
    }
    return path;
  }
}

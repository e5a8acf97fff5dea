package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model runs: its layers' calls in order, what each reads and gives, and where padding is
 * marked. Immutable.
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
  private final int[] readers; // of each value, the outputs among them
  private final int[] masks; // of each value
  private final int maskCount;
  private final @Nullable Layer[] idLayers; // by input
  private final boolean[] maskReaches; // by input
  private final boolean[] fixed; // by input: whether its timesteps must be those that were said

  private Plan(
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
    this.idLayers = idLayers(ports, nodes);
    this.readers = readers(nodes, axes.size(), outputs);
    this.masks = new int[axes.size()];
    this.maskCount = placeMasks();
    this.fixed = fixed();
    this.maskReaches = new boolean[ports.size()];
    for (int port = 0; port < maskReaches.length; port++) {
      maskReaches[port] = reaches(port);
    }
  }

  /**
   * Of layers one after the other.
   *
   * @param timesteps {@link Axes#ANY} where they are not known
   * @param features 1 for a model that begins with an {@link Embedding}
   */
  static Plan chain(List<Layer> layers, int timesteps, int features) {
    if (features < 1) {
      throw LstmErrors.features(features);
    }
    if (timesteps != Axes.ANY && timesteps < 1) {
      throw LayerErrors.buildTimesteps(timesteps);
    }
    InputKind kind = kind(layers, timesteps);
    Axes last = new Axes(kind == InputKind.ROWS ? Axes.NONE : timesteps, features);
    if (layers.getFirst().inputLength() > 0) {
      last = last.withSteps(layers.getFirst().inputLength());
    }
    Port port = new Port(X, kind, last);
    List<Axes> axes = new ArrayList<>(List.of(last));
    List<Node> nodes = new ArrayList<>();
    int value = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.fixesTime() && last.steps() == Axes.ANY) {
        throw LayerErrors.timestepsUnknown(layer, layers.getFirst(), features);
      }
      last = layer.output(last);
      nodes.add(new Node(layer, i, new int[] {value}, new int[0], axes.size()));
      value = axes.size();
      axes.add(last);
      addStates(layer, axes);
    }
    return new Plan(layers, List.of(port), nodes, axes, new int[] {value}, List.of(Y));
  }

  /** Of a graph, in an order in which each call follows what it reads. */
  static Plan graph(
      List<Layer> layers,
      List<Port> ports,
      List<Node> nodes,
      List<Axes> axes,
      int[] outputs,
      List<String> outputNames) {
    return new Plan(layers, ports, nodes, axes, outputs, outputNames);
  }

  /** The same with other calls, of which some may run in another way; values keep their numbers. */
  Plan with(List<Node> other, int[] otherOutputs) {
    List<String> names = Arrays.stream(otherOutputs).mapToObj(value -> Y + value).toList();
    return new Plan(layers, ports, other, axes, otherOutputs, names);
  }

  /** The axes of the states that a layer gives. */
  static void addStates(Layer layer, List<Axes> axes) {
    layer.stateUnits().forEach(units -> axes.add(new Axes(Axes.NONE, units)));
    layer.cellUnits().forEach(units -> axes.add(new Axes(Axes.NONE, units)));
  }

  private static InputKind kind(List<Layer> layers, int timesteps) {
    if (timesteps != Axes.ANY && !layers.getFirst().takesIds()) {
      return InputKind.SEQUENCES;
    }
    return layers.stream()
        .map(Layer::input)
        .filter(each -> each != InputKind.EITHER)
        .findFirst()
        .orElse(InputKind.EITHER);
  }

  /** Refuses a chain that has no layer, or a layer where its axes are gone. */
  static void checkOrder(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw LstmErrors.noLayers();
    }
    @Nullable Layer dropped = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.takesIds() && i > 0) {
        throw LayerErrors.embeddingNotFirst(layer, layers.getFirst());
      }
      if (layer.needsTime() && dropped != null) {
        throw LstmErrors.timeAxisGone(layer, dropped);
      }
      if (!layer.givesTime(true)) {
        dropped = layer;
      } else if (layer.bringsTime()) {
        dropped = null;
      }
    }
  }

  // What is there

  /** The layers that have weights of their own, in the order of their first calls. */
  List<Layer> layers() {
    return layers;
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
    return Arrays.stream(node.in()).map(value -> axes.get(value).width()).toArray();
  }

  /** The values that it gives. */
  int[] outputs() {
    return outputs;
  }

  List<String> outputNames() {
    return outputNames;
  }

  List<String> inputNames() {
    return ports.stream().map(Port::name).toList();
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

  /** The first call of each layer that has weights. */
  Node firstCall(int layer) {
    return nodes.stream().filter(node -> node.weights() == layer).findFirst().orElseThrow();
  }

  /** The weights of each layer. */
  List<List<WeightSpec>> weights() {
    List<List<WeightSpec>> specs = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      specs.add(layers.get(layer).weights(before(firstCall(layer))));
    }
    return specs;
  }

  private static int[] readers(List<Node> nodes, int values, int[] outputs) {
    int[] readers = new int[values];
    for (Node node : nodes) {
      Arrays.stream(node.in()).forEach(value -> readers[value]++);
      Arrays.stream(node.from()).forEach(value -> readers[value]++);
    }
    Arrays.stream(outputs).forEach(value -> readers[value]++);
    return readers;
  }

  // A chain

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
    Node from = nodes.getFirst();
    for (Node node : nodes) {
      from = node.out() <= value ? node : from;
    }
    return layers.get(from.weights()).name();
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

  /** Whether the timesteps after a call are always the same. */
  boolean fixesTime(Node node) {
    return axes.get(node.out()).steps() > 0 && origins(node.out()).stream().allMatch(i -> fixed[i]);
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

  /** The layers that what comes in goes through, from the first that reads it on. */
  private List<Layer> path(int port) {
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

  // Shapes

  /** Refuses an input that the layers do not take. */
  void checkInput(Shape shape) {
    checkPort(0, shape);
    steps(new int[] {steps(0, shape)}, new int[values()]);
  }

  /** Refuses an input by itself: its axes, its features, timesteps that are fixed. */
  void checkPort(int port, Shape shape) {
    Port input = ports.get(port);
    checkRank(port, shape);
    int features = input.axes().width();
    if (input.kind() != InputKind.IDS && shape.dim(-1) != features) {
      throw LayerErrors.inputFeatures(path(port), shape, features);
    }
    if (!hasTime(port, shape)) {
      return;
    }
    if (shape.dim(1) == 0 || shape.dim(1) > Integer.MAX_VALUE) {
      throw LstmErrors.timesteps(shape);
    }
    int said = input.axes().steps(); // where another input says it, their merging checks
    if (fixed[port] && said > 0 && shape.dim(1) != said) {
      throw LayerErrors.fixedTimesteps(path(port), shape, said);
    }
  }

  private void checkRank(int port, Shape shape) {
    int rank = shape.rank();
    switch (ports.get(port).kind()) {
      case IDS -> {
        if (rank != 2) {
          throw LayerErrors.notIds(Objects.requireNonNull(ids(port)), shape);
        }
      }
      case SEQUENCES -> {
        if (rank != 3) {
          throw LstmErrors.notThreeAxes(shape, ports.get(port).axes().width());
        }
      }
      case ROWS -> {
        if (rank != 2) {
          throw LayerErrors.notRows(path(port), shape);
        }
      }
      case EITHER -> {
        if (rank != 2 && rank != 3) {
          throw LstmErrors.notTwoOrThreeAxes(shape);
        }
      }
    }
  }

  private boolean hasTime(int port, Shape shape) {
    return ports.get(port).kind() == InputKind.IDS || shape.rank() == 3;
  }

  /** The steps of an input that {@link #checkPort} let pass; 1 where it has no time axis. */
  int steps(int port, Shape shape) {
    return hasTime(port, shape) ? (int) shape.dim(1) : 1;
  }

  /** The steps of the first input. */
  int steps(Shape shape) {
    return steps(0, shape);
  }

  /**
   * The steps of all values; refuses too few. 1 where there is no time axis. Allocates nothing.
   *
   * @param given those of the inputs
   * @param all by value. Overwritten
   */
  void steps(int[] given, int[] all) {
    System.arraycopy(given, 0, all, 0, ports.size());
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      int[] in = node.in();
      int steps = all[in[0]];
      for (int k = 1; k < in.length; k++) {
        steps = node.layer().mergedSteps(steps, all[in[k]]);
      }
      all[node.out()] = stepsAfter(node, steps);
      Arrays.fill(all, node.out() + 1, node.out() + 1 + node.states(), 1);
    }
  }

  private int stepsAfter(Node node, int steps) {
    int said = axes.get(node.out()).steps();
    if (said == Axes.NONE) {
      return 1;
    }
    Layer layer = node.layer();
    return layer.fixesTime() || layer.bringsTime() ? said : layer.stepsAfter(steps);
  }

  /** The steps of all values for those of the inputs. */
  int[] steps(int[] given) {
    int[] all = new int[values()];
    steps(given, all);
    return all;
  }

  /** The steps of the only output for so many of the only input; 1 without a time axis. */
  int outputSteps(int steps) {
    return steps(new int[] {steps})[outputs[0]];
  }

  /** The only input, of so many samples and timesteps, refused where the layers do not take it. */
  Shape input(int batch, int steps) {
    Shape shape = inputShape(0, batch, steps);
    checkInput(shape);
    return shape;
  }

  /** The steps of each input, of so many samples and timesteps where it has time. */
  int[] stepsOf(String operation, int batch, int timesteps) {
    int[] steps = new int[ports.size()];
    for (int port = 0; port < steps.length; port++) {
      boolean rows = ports.get(port).kind() == InputKind.ROWS && !isSingle();
      Shape shape = inputShape(port, batch, rows ? 1 : timesteps);
      checkPort(port, shape);
      steps[port] = steps(port, shape);
    }
    steps(steps); // refuses too few
    return steps;
  }

  /** An input of so many samples and timesteps, where it has such. */
  Shape inputShape(int port, int batch, int steps) {
    Port input = ports.get(port);
    return switch (input.kind()) {
      case IDS -> Shape.of(batch, steps);
      case ROWS ->
          steps == 1 || ports.size() > 1
              ? Shape.of(batch, input.axes().width())
              : Shape.of(batch, steps, input.axes().width()); // refused with a good reason
      case SEQUENCES, EITHER -> Shape.of(batch, steps, input.axes().width());
    };
  }

  /** The steps of each input, where they are free, with which all values have so many or more. */
  int[] stepsFor(int wanted) {
    long[] needed = new long[values()];
    Arrays.fill(needed, wanted);
    for (Node node : nodes.reversed()) {
      Layer layer = node.layer();
      long before = layer.bringsTime() ? wanted : layer.stepsBefore(needed[node.out()]);
      for (int value : node.in()) {
        needed[value] = Math.max(needed[value], before);
      }
    }
    long most = 1;
    for (int port = 0; port < ports.size(); port++) {
      most = Math.max(most, needed[port]);
    }
    int[] steps = new int[ports.size()];
    for (int port = 0; port < steps.length; port++) {
      int said = ports.get(port).axes().steps();
      boolean rows = ports.get(port).kind() == InputKind.ROWS;
      boolean must = said > 0 && (fixed[port] || ports.size() > 1);
      steps[port] = rows ? 1 : must ? said : Sizes.length("Predictor.warmUp", "timesteps", most);
    }
    return steps;
  }

  /** Whether an output has a time axis, for the input of a chain. */
  boolean outputIsSequence(int output, Shape first) {
    return takesEither() ? first.rank() == 3 : axes.get(outputs[output]).hasTime();
  }

  /** The only output for the only input, which {@link #checkInput} let pass. */
  Shape output(Shape shape) {
    return output(0, shape, shape.dim(0), steps(new int[] {steps(0, shape)}));
  }

  /**
   * An output.
   *
   * @param first the shape of the first input
   * @param steps of all values
   */
  Shape output(int output, Shape first, long samples, int[] steps) {
    int features = outputFeatures(output);
    return outputIsSequence(output, first)
        ? Shape.of(samples, steps[outputs[output]], features)
        : Shape.of(samples, features);
  }

  /** Whether a shape is {@link #output}; allocates nothing. */
  boolean isOutput(int output, Shape first, long samples, int[] steps, Shape shape) {
    boolean sequence = outputIsSequence(output, first);
    return shape.rank() == (sequence ? 3 : 2)
        && shape.dim(0) == samples
        && shape.dim(-1) == outputFeatures(output)
        && (!sequence || shape.dim(1) == steps[outputs[output]]);
  }

  // Padding

  /** Which mask says what of a value is padding. */
  int mask(int value) {
    return masks[value];
  }

  /** How many masks there are. */
  int maskCount() {
    return maskCount;
  }

  private int placeMasks() {
    int count = ports.size();
    int none = count++; // of states, which have no steps
    for (int port = 0; port < ports.size(); port++) {
      masks[port] = port;
    }
    for (Node node : nodes) {
      Layer layer = node.layer();
      boolean shares = !layer.takesSeveral() && !layer.makesMask() && layer.passesMask();
      masks[node.out()] = shares ? masks[node.in()[0]] : count++;
      Arrays.fill(masks, node.out() + 1, node.out() + 1 + node.states(), none);
    }
    return count;
  }

  /** Refuses a mask that is of another shape than the input, or that no layer would read. */
  void checkMask(String operation, int port, Shape shape, Mask mask) {
    boolean samples = mask.samples() == shape.dim(0);
    if (!hasTime(port, shape)) {
      throw GraphErrors.maskOfRows(operation, mask, shape);
    }
    if (!samples || mask.timesteps() != shape.dim(1)) {
      throw LayerErrors.maskShape(operation, mask, shape);
    }
    if (!maskReaches[port]) {
      throw LayerErrors.maskUnread(operation, path(port));
    }
  }

  /** Whether a mask of an input changes what a layer or the loss does. */
  boolean maskReaches(int port) {
    return maskReaches[port];
  }

  private boolean reaches(int port) {
    BitSet reached = new BitSet();
    reached.set(port);
    for (Node node : nodes) {
      if (Arrays.stream(node.in()).anyMatch(reached::get)) {
        if (node.layer().readsMask()) {
          return true;
        }
        reached.set(node.out(), node.layer().passesMask());
      }
    }
    return Arrays.stream(outputs).anyMatch(reached::get);
  }

  // Where time comes from

  /** The inputs whose timesteps a value's are made of. */
  private BitSet origins(int value) {
    return origins().get(value);
  }

  /** The first input whose timesteps a value's are made of; -1 where there is none. */
  int origin(int value) {
    return origins(value).nextSetBit(0);
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

  private List<BitSet> origins() {
    List<BitSet> all = new ArrayList<>();
    for (int value = 0; value < values(); value++) {
      all.add(new BitSet());
    }
    for (int port = 0; port < ports.size(); port++) {
      all.get(port).set(port, axes.get(port).hasTime());
    }
    for (Node node : nodes) {
      if (axes.get(node.out()).hasTime() && !node.layer().bringsTime()) {
        for (int value : node.in()) {
          all.get(node.out()).or(all.get(value));
        }
      }
    }
    return all;
  }

  private boolean[] fixed() {
    boolean[] all = new boolean[ports.size()];
    List<BitSet> origins = origins();
    for (Node node : nodes) {
      if (node.layer().fixesTime() && before(node).hasTime()) {
        origins.get(node.in()[0]).stream().forEach(port -> all[port] = true);
      }
    }
    return all;
  }
}

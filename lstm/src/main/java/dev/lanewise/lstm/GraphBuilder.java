package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Plan} of what lies between inputs and outputs. For one use. */
final class GraphBuilder {
  private final List<Value> inputs;
  private final Map<Value, Integer> ports = new HashMap<>();
  private final List<Value> outputs;
  private final List<Application> order = new ArrayList<>(); // each after what it reads
  private final Map<Application, Integer> firsts = new HashMap<>(); // its first value
  private final List<Axes> axes = new ArrayList<>();
  private final Set<Value> used = new HashSet<>();

  GraphBuilder(List<Value> inputs, List<Value> outputs) {
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw GraphErrors.noEnds(inputs.isEmpty() ? "inputs" : "outputs");
    }
    this.inputs = List.copyOf(inputs);
    this.inputs.forEach(input -> ports.put(input, ports.size()));
    this.outputs = List.copyOf(outputs);
  }

  Plan plan() {
    List<Plan.Port> named = ports();
    for (Value output : outputs) {
      Application from = output.from();
      if (from == null) {
        throw GraphErrors.outputIsInput(output);
      }
      visit(from);
    }
    for (Value input : inputs) {
      if (!used.contains(input)) {
        throw GraphErrors.inputUnused(input);
      }
    }
    List<Layer> distinct = new ArrayList<>();
    IdentityHashMap<Layer, Integer> places = new IdentityHashMap<>(); // equal ones are two
    for (Application each : order) {
      if (places.putIfAbsent(each.layer(), distinct.size()) == null) {
        distinct.add(each.layer());
      }
    }
    requireNames(distinct);
    List<Layer> layers = LayerNames.complete(distinct);
    List<Plan.Node> nodes = new ArrayList<>();
    for (Application each : order) {
      int layer = Objects.requireNonNull(places.get(each.layer()));
      int first = first(each);
      nodes.add(
          new Plan.Node(layers.get(layer), layer, numbers(each.in()), numbers(each.from()), first));
    }
    requireSharedWeights(nodes);
    return new Plan(layers, named, nodes, axes, numbers(outputs), outputNames(layers, places));
  }

  private static void requireNames(List<Layer> layers) {
    Set<String> names = new HashSet<>();
    for (Layer layer : layers) {
      if (!layer.name().isEmpty() && !names.add(layer.name())) {
        throw GraphErrors.layerNameTwice(layer.name());
      }
    }
  }

  private List<Plan.Port> ports() {
    List<Plan.Port> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Value input : inputs) {
      InputKind kind = input.kind();
      if (kind == null) {
        throw GraphErrors.notAnInput(input);
      }
      if (!names.add(input.name())) {
        throw GraphErrors.nameTwice("input", input.name());
      }
      all.add(new Plan.Port(input.name(), kind, input.axes()));
      axes.add(input.axes());
    }
    return all;
  }

  /** Visits what a call depends on, then the call itself; without recursion, as chains are long. */
  private void visit(Application last) {
    List<Application> open = new ArrayList<>(List.of(last));
    while (!open.isEmpty()) {
      Application next = open.getLast();
      Application before = firsts.containsKey(next) ? null : unvisited(next);
      if (before != null) {
        open.add(before);
        continue;
      }
      open.removeLast();
      if (firsts.putIfAbsent(next, axes.size()) == null) {
        order.add(next);
        next.gives().forEach(value -> axes.add(value.axes()));
      }
    }
  }

  private @Nullable Application unvisited(Application of) {
    List<Value> all = new ArrayList<>(of.in());
    all.addAll(of.from());
    for (Value value : all) {
      Application from = value.from();
      if (from == null) {
        requireInput(value);
      } else if (!firsts.containsKey(from)) {
        return from;
      }
    }
    return null;
  }

  private void requireInput(Value value) {
    if (!ports.containsKey(value)) {
      throw GraphErrors.inputMissing(value, inputs.stream().map(Value::name).toList());
    }
    used.add(value);
  }

  private int[] numbers(List<Value> values) {
    return values.stream().mapToInt(this::number).toArray();
  }

  private int first(Application call) {
    return Objects.requireNonNull(firsts.get(call));
  }

  private int number(Value value) {
    Application from = value.from();
    return from == null ? Objects.requireNonNull(ports.get(value)) : first(from) + value.place();
  }

  private List<String> outputNames(List<Layer> layers, IdentityHashMap<Layer, Integer> places) {
    List<String> names = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (Value output : outputs) {
      Application from = Objects.requireNonNull(output.from());
      String layer = layers.get(Objects.requireNonNull(places.get(from.layer()))).name();
      String automatic = layer + state(from.layer(), output.place());
      int before = taken.merge(automatic, 1, Integer::sum) - 1;
      String name =
          !output.name().isEmpty()
              ? output.name()
              : before == 0 ? automatic : automatic + "_" + before;
      if (names.contains(name)) {
        throw GraphErrors.nameTwice("output", name);
      }
      names.add(name);
    }
    return names;
  }

  private static String state(Layer layer, int place) {
    if (place == 0) {
      return "";
    }
    int h = layer.stateUnits().size();
    int index = place <= h ? place - 1 : place - 1 - h;
    return (place <= h ? "/h" : "/c") + (index == 0 ? "" : "_" + index);
  }

  /** A layer that is called again must need the same weights. */
  private void requireSharedWeights(List<Plan.Node> nodes) {
    Map<Integer, Plan.Node> firstCalls = new HashMap<>();
    for (Plan.Node node : nodes) {
      Plan.Node first = firstCalls.putIfAbsent(node.weights(), node);
      if (first != null) {
        Axes one = axes.get(first.in()[0]);
        Axes other = axes.get(node.in()[0]);
        if (!shapes(node.layer(), one).equals(shapes(node.layer(), other))) {
          throw GraphErrors.sharedLayer(node.layer(), one, other);
        }
      }
    }
  }

  private static List<Shape> shapes(Layer layer, Axes in) {
    return layer.weights(in).stream().map(WeightSpec::shape).toList();
  }
}

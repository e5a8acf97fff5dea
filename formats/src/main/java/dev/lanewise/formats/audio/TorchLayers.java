package dev.lanewise.formats.audio;

import dev.lanewise.formats.audio.AudioNetwork.Part;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Torch's tensors, by name, as the layers that they are of: recurrent modules of one layer or more,
 * then a linear one or none.
 *
 * <p>Torch has the gates of an LSTM as rows i, f, g, o, and those of a GRU as r, z, n. Its two
 * biases of an LSTM are added to each other; a GRU keeps both.
 */
final class TorchLayers {
  private static final String INPUT = "weight_ih_l";
  private static final String MATRIX = "weight";
  private static final int LSTM_GATES = 4;
  private static final int GRU_GATES = 3;

  private final Map<String, Tensor> state;
  private final Path file;
  private final String where;
  private final Set<String> used = new HashSet<>();
  private final List<Part> parts = new ArrayList<>();

  private TorchLayers(Map<String, Tensor> state, Path file, String where) {
    this.state = state;
    this.file = file;
    this.where = where;
  }

  /**
   * The layers, in order.
   *
   * @param state float32 tensors, by name. Not modified
   * @param where names them in errors; may be empty
   */
  static List<Part> of(Map<String, Tensor> state, Path file, String where) {
    TorchLayers layers = new TorchLayers(state, file, where);
    List<String> recurrent = layers.modules(INPUT + "0");
    List<String> linear = layers.modules(MATRIX);
    if (recurrent.isEmpty()) {
      throw AudioErrors.noRecurrent(file, where, state.keySet());
    }
    for (String module : recurrent) {
      for (int i = 0; state.containsKey(module + INPUT + i); i++) {
        layers.addRecurrent(module, i);
      }
    }
    for (String module : linear) {
      layers.requireLast(module, linear);
      layers.addLinear(module);
    }
    for (String name : state.keySet()) {
      if (!layers.used.contains(name)) {
        throw AudioErrors.leftOver(file, where, name);
      }
    }
    return layers.parts;
  }

  /** What comes before the names that end so, in the order of the file. */
  private List<String> modules(String end) {
    return state.keySet().stream()
        .filter(name -> name.equals(end) || name.endsWith("." + end))
        .map(name -> name.substring(0, name.length() - end.length()))
        .toList();
  }

  /** A state has its modules in the order of their calls, unless its names were sorted. */
  private void requireLast(String module, List<String> linear) {
    List<String> names = List.copyOf(state.keySet());
    int place = names.indexOf(module + MATRIX);
    boolean isLast = names.subList(place, names.size()).stream().noneMatch(used::contains);
    if (linear.size() > 1 || !(isLast || names.equals(names.stream().sorted().toList()))) {
      throw AudioErrors.oneLinear(file, where, linear);
    }
  }

  private String place(String name) {
    return where.isEmpty() ? name : where + ", " + name;
  }

  private Tensor tensor(String name, Shape expected) {
    Tensor tensor = state.get(name);
    if (tensor == null) {
      throw AudioErrors.noTensor(file, where, name, state.keySet());
    }
    if (!tensor.shape().equals(expected)) {
      throw AudioErrors.weightShape(file, place(name), expected, tensor.shape());
    }
    used.add(name);
    return tensor;
  }

  private void addRecurrent(String prefix, int number) {
    String hidden = prefix + "weight_hh_l" + number;
    Tensor recurrent = state.get(hidden);
    if (recurrent == null) {
      throw AudioErrors.noTensor(file, where, hidden, state.keySet());
    }
    Shape square = recurrent.shape();
    long units = square.rank() == 2 ? square.dim(1) : 0;
    int gates = units > 0 && square.dim(0) == LSTM_GATES * units ? LSTM_GATES : GRU_GATES;
    if (units == 0 || square.dim(0) != gates * units) {
      throw AudioErrors.gates(file, place(hidden), square);
    }
    long inputs = parts.isEmpty() ? inputs(prefix + INPUT + number) : width();
    Map<String, Tensor> weights = new LinkedHashMap<>();
    addKernel(weights, prefix + INPUT + number, gates, units, inputs);
    addKernel(weights, hidden, gates, units, units);
    boolean bias = state.containsKey(prefix + "bias_ih_l" + number);
    if (bias) {
      addBias(weights, prefix, number, gates, units);
    }
    parts.add(new Part(layer(gates, (int) units, bias), weights));
    ModelSizes.requireLayers(file, where, parts.size());
  }

  /** Of the first layer, which takes any. */
  private long inputs(String name) {
    Tensor from = state.get(name);
    return from != null && from.rank() == 2 ? from.dim(1) : 1;
  }

  /** Of what the last layer gives. */
  private long width() {
    return parts.getLast().layer().stateUnits().getFirst();
  }

  private static Layer layer(int gates, int units, boolean bias) {
    return gates == LSTM_GATES
        ? Lstm.builder(units).returnSequences(true).useBias(bias).name("lstm").build()
        : Gru.builder(units).returnSequences(true).useBias(bias).name("gru").build();
  }

  private void addKernel(
      Map<String, Tensor> weights, String name, int gates, long units, long inputs) {
    Tensor rows = tensor(name, Shape.of(gates * units, inputs));
    weights.put(place(name), ordered(rows, gates, units).transpose());
  }

  private void addBias(
      Map<String, Tensor> weights, String prefix, int number, int gates, long units) {
    String name = prefix + "bias_ih_l" + number;
    Shape shape = Shape.of(gates * units);
    Tensor first = ordered(tensor(name, shape), gates, units);
    Tensor second = ordered(tensor(prefix + "bias_hh_l" + number, shape), gates, units);
    weights.put(
        place(name), gates == LSTM_GATES ? sum(first, second) : Tensor.stack(0, first, second));
  }

  /** With the gates of a GRU as z, r, n along axis 0. */
  private static Tensor ordered(Tensor rows, int gates, long units) {
    if (gates == LSTM_GATES) {
      return rows;
    }
    List<Tensor> each = rows.split(0, gates);
    assert each.getFirst().dim(0) == units;
    return Tensor.concat(0, each.get(1), each.get(0), each.get(2));
  }

  private static Tensor sum(Tensor one, Tensor other) {
    float[] total = one.toArray();
    float[] added = other.toArray();
    for (int i = 0; i < total.length; i++) {
      total[i] += added[i];
    }
    return Tensor.of(total, total.length);
  }

  private void addLinear(String prefix) {
    Tensor matrix = state.get(prefix + MATRIX);
    long outputs = matrix != null && matrix.rank() == 2 ? matrix.dim(0) : 1;
    Map<String, Tensor> weights = new LinkedHashMap<>();
    String name = prefix + MATRIX;
    weights.put(place(name), tensor(name, Shape.of(outputs, width())).transpose());
    boolean bias = state.containsKey(prefix + "bias");
    if (bias) {
      weights.put(place(prefix + "bias"), tensor(prefix + "bias", Shape.of(outputs)));
    }
    Layer dense = Dense.builder((int) outputs).useBias(bias).name("dense").build();
    parts.add(new Part(dense, weights));
  }
}

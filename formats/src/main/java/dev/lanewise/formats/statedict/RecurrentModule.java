package dev.lanewise.formats.statedict;

import dev.lanewise.formats.json.Json;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code nn.LSTM}, {@code nn.GRU} and {@code nn.RNN} of any levels and directions, and {@code
 * nn.LSTMCell} and its like, called once a timestep.
 *
 * @param units of a level and direction
 * @param outputs the same, or what an LSTM projects them to
 * @param levels {@code num_layers}
 * @param reverse whether there is a second direction
 * @param suffixed whether the names of tensors say the level, which those of a cell do not
 */
record RecurrentModule(
    String name,
    Cell cell,
    int takes,
    int units,
    int outputs,
    int levels,
    boolean reverse,
    boolean bias,
    boolean suffixed)
    implements TorchModule {

  /** By how many times the units a weight has rows. */
  enum Cell {
    RNN(1),
    GRU(3),
    LSTM(4);

    final int gates;

    Cell(int gates) {
      this.gates = gates;
    }
  }

  private static final Pattern TENSOR =
      Pattern.compile("(weight|bias)_(ih|hh|hr)(_l\\d+(_reverse)?)?");
  private static final String INPUT = "weight_ih";
  private static final String STATE = "weight_hh";
  private static final String INPUT_BIAS = "bias_ih";
  private static final String STATE_BIAS = "bias_hh";
  private static final String PROJECTION = "weight_hr";
  private static final String REVERSE = "_reverse";

  static @Nullable RecurrentModule of(ModuleTensors tensors) {
    boolean suffixed = tensors.has(INPUT + "_l0");
    String first = suffixed ? "_l0" : "";
    Shape input = tensors.shape(INPUT + first);
    Shape state = tensors.shape(STATE + first);
    if (input == null
        || state == null
        || input.rank() != 2
        || state.rank() != 2
        || !tensors.shapes().keySet().stream().allMatch(TENSOR.asMatchPredicate())) {
      return null;
    }
    Shape projection = tensors.shape(PROJECTION + first);
    int outputs = tensors.width(state, 1);
    int units =
        projection == null || projection.rank() != 2 ? outputs : tensors.width(projection, 1);
    int levels = 1;
    while (suffixed && tensors.has(INPUT + "_l" + levels)) {
      levels++;
    }
    RecurrentModule module =
        new RecurrentModule(
            tensors.name(),
            cell(tensors, state, units),
            tensors.width(input, 1),
            units,
            projection == null ? units : outputs,
            levels,
            tensors.has(INPUT + first + REVERSE),
            tensors.has(INPUT_BIAS + first),
            suffixed);
    module.require(tensors, projection != null);
    return module;
  }

  private static Cell cell(ModuleTensors tensors, Shape state, int units) {
    for (Cell cell : Cell.values()) {
      if (state.dim(0) == (long) cell.gates * units) {
        return cell;
      }
    }
    throw ModuleErrors.gates(tensors, state, units);
  }

  /** Refuses tensors that are not those of such a module. */
  private void require(ModuleTensors tensors, boolean projects) {
    if (projects && cell != Cell.LSTM) {
      throw ModuleErrors.projection(tensors, cell.name());
    }
    long rows = (long) cell.gates * units;
    Map<String, Shape> expected = new LinkedHashMap<>();
    for (int level = 0; level < levels; level++) {
      for (String end : ends(level)) {
        expected.put(INPUT + end, Shape.of(rows, level == 0 ? takes : gives()));
        expected.put(STATE + end, Shape.of(rows, outputs));
        if (bias) {
          expected.put(INPUT_BIAS + end, Shape.of(rows));
          expected.put(STATE_BIAS + end, Shape.of(rows));
        }
        if (projects) {
          expected.put(PROJECTION + end, Shape.of(outputs, units));
        }
      }
    }
    Set<String> names = new LinkedHashSet<>(expected.keySet());
    names.addAll(tensors.shapes().keySet());
    for (String each : names) {
      if (!Objects.equals(expected.get(each), tensors.shape(each))) {
        throw ModuleErrors.shape(tensors, shown(), each, expected.get(each));
      }
    }
  }

  private List<String> ends(int level) {
    String end = suffixed ? "_l" + level : "";
    return reverse ? List.of(end, end + REVERSE) : List.of(end);
  }

  @Override
  public int gives() {
    return reverse ? Math.multiplyExact(2, outputs) : outputs;
  }

  private boolean projects() {
    return outputs != units;
  }

  @Override
  public String shown() {
    StringBuilder text = new StringBuilder(cell.name() + (suffixed ? "(" : "Cell("));
    text.append(takes).append(", ").append(units);
    if (levels > 1) {
      text.append(", num_layers=").append(levels);
    }
    if (!bias) {
      text.append(", bias=False");
    }
    if (reverse) {
      text.append(", bidirectional=True");
    }
    if (projects()) {
      text.append(", proj_size=").append(outputs);
    }
    return text.append(')').toString();
  }

  /** The name of the layer of a level: the module's, of several with the level. */
  private String layer(int level) {
    String base = TorchModule.named(name, Json.word(cell));
    return levels == 1 ? base : base + "_l" + level;
  }

  @Override
  public List<Layer> layers(ModuleCall call) {
    boolean last = call.has("last");
    if (last && reverse) {
      throw ModuleErrors.lastOfBoth(call.file(), name);
    }
    boolean ends = call.has("h_n") || last;
    boolean relu = cell == Cell.RNN && call.has("relu");
    if (cell == Cell.RNN && !relu && !call.has("tanh")) {
      call.assume(name, "nonlinearity='tanh'");
    }
    List<Layer> layers = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      Recurrent.Builder<?> builder = builder();
      if (relu) {
        builder.activation(Activation.RELU);
      }
      builder.useBias(bias).returnSequences(level < levels - 1 || !ends);
      layers.add(
          (reverse
                  ? Bidirectional.of(builder.build(), Bidirectional.Merge.CONCAT)
                  : builder.build())
              .named(layer(level)));
    }
    return layers;
  }

  private Recurrent.Builder<?> builder() {
    return switch (cell) {
      case RNN -> SimpleRnn.builder(units);
      case GRU -> Gru.builder(units);
      case LSTM -> projects() ? Lstm.builder(units).projection(outputs) : Lstm.builder(units);
    };
  }

  @Override
  public Map<String, ModuleWeight> weights() {
    Map<String, ModuleWeight> weights = new LinkedHashMap<>();
    String from = ModuleTensors.prefix(name);
    GateRows rows = new GateRows(cell == Cell.GRU, units);
    for (int level = 0; level < levels; level++) {
      List<String> ends = ends(level);
      for (int direction = 0; direction < ends.size(); direction++) {
        String end = ends.get(direction);
        String base = layer(level) + "/";
        base += reverse ? direction == 0 ? "forward/" : "backward/" : "";
        int in = level == 0 ? takes : gives();
        long all = (long) cell.gates * units;
        weights.put(base + "kernel", ModuleWeight.of(from + INPUT + end, rows::kernel, in, all));
        weights.put(
            base + "recurrent_kernel",
            ModuleWeight.of(from + STATE + end, rows::kernel, outputs, all));
        if (bias) {
          weights.put(
              base + "bias",
              new ModuleWeight(
                  cell == Cell.GRU ? Shape.of(2, all) : Shape.of(all),
                  List.of(from + INPUT_BIAS + end, from + STATE_BIAS + end),
                  rows::bias));
        }
        if (projects()) {
          weights.put(
              base + "projection_kernel",
              ModuleWeight.of(from + PROJECTION + end, Tensor::transpose, units, outputs));
        }
      }
    }
    return weights;
  }
}

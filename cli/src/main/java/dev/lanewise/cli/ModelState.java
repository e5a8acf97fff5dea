package dev.lanewise.cli;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state that the recurrent layers of a model begin from and end in, of all of them as one array
 * (layers * directions, batch, units): PyTorch's.
 */
enum ModelState {
  /** Which every recurrent layer has. */
  HIDDEN("h0", "h_n", "recurrent layer", "which would keep a state") {
    @Override
    List<Integer> units(Layer layer) {
      return layer.stateUnits();
    }

    @Override
    List<Tensor> states(StreamState all) {
      return all.h();
    }
  },
  /** Which an LSTM alone has. */
  CELL("c0", "c_n", "LSTM", "which alone keeps a cell state") {
    @Override
    List<Integer> units(Layer layer) {
      return layer.cellUnits();
    }

    @Override
    List<Tensor> states(StreamState all) {
      return all.c();
    }
  };

  private final String input;
  private final String output;
  private final String kind;
  private final String what;

  ModelState(String input, String output, String kind, String what) {
    this.input = input;
    this.output = output;
    this.kind = kind;
    this.what = what;
  }

  /** The units of those of a layer. */
  abstract List<Integer> units(Layer layer);

  abstract List<Tensor> states(StreamState all);

  /** What each is called on the command line. */
  static List<String> outputs() {
    return Arrays.stream(values()).map(ModelState::output).toList();
  }

  /** What each is called as an input. */
  static List<String> inputs() {
    return Arrays.stream(values()).map(state -> state.input).toList();
  }

  /** What it is called on the command line, as by PyTorch. */
  String output() {
    return output;
  }

  /** The units of those of all layers; a direction has its own. */
  private List<Integer> units(Sequential model) {
    return model.layers().stream().flatMap(layer -> units(layer).stream()).toList();
  }

  /** Refuses a model that has no such state to give, or several of different widths. */
  void checkOutput(Sequential model) {
    check("--out " + output, model);
  }

  private void check(String option, Sequential model) {
    List<Integer> all =
        model.layers().stream()
            .flatMap(layer -> units(layer).stream().distinct()) // directions have the same
            .toList();
    if (all.isEmpty()) {
      throw new InputException(
          option + ": the model has no " + kind + ", " + what + "; leave it out");
    }
    if (all.stream().distinct().count() > 1) {
      throw new InputException(
          option
              + ": expected "
              + kind
              + "s of one width, which stack into one array, got units "
              + all
              + "; leave it out");
    }
  }

  /**
   * What a model begins from; null where no such input is given.
   *
   * @param x what it predicts
   */
  static @Nullable StreamState read(Map<String, Path> inputs, Sequential model, Tensor x) {
    Map<ModelState, List<Tensor>> all = new EnumMap<>(ModelState.class);
    for (ModelState state : values()) {
      Path path = inputs.get(state.input);
      all.put(
          state, path == null ? List.of() : state.read(ArrayFile.of(state.input, path), model, x));
    }
    if (all.values().stream().allMatch(List::isEmpty)) {
      return null;
    }
    for (ModelState state : values()) {
      if (state.of(all).isEmpty() && !state.units(model).isEmpty()) {
        throw new InputException(
            "--input: expected "
                + state.input
                + " too, which the model's "
                + state.kind
                + "s begin from; for zeros leave all states out");
      }
    }
    return new StreamState(HIDDEN.of(all), CELL.of(all));
  }

  private List<Tensor> of(Map<ModelState, List<Tensor>> all) {
    return all.getOrDefault(this, List.of());
  }

  private List<Tensor> read(ArrayFile file, Sequential model, Tensor x) {
    check("--input " + input, model);
    List<Integer> units = units(model);
    Tensor array = file.read();
    Shape expected = Shape.of(units.size(), x.rank() == 0 ? 0 : x.dim(0), units.getFirst());
    if (!array.shape().equals(expected)) {
      throw new InputException(
          file.path()
              + " "
              + array.shape()
              + ": expected (layers * directions, batch, units) = "
              + expected);
    }
    List<Tensor> each = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      each.add(array.select(0, i));
    }
    return each;
  }

  OutputArray of(StreamState state) {
    return OutputArray.of(output, Tensor.stack(0, states(state).toArray(Tensor[]::new)));
  }
}

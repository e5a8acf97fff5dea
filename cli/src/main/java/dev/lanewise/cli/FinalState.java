package dev.lanewise.cli;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A state that the recurrent layers of a model end in, of all of them as one array (layers *
 * directions, batch, units).
 */
enum FinalState {
  /** Which every recurrent layer has. */
  HIDDEN("h_n", "recurrent layer", "which would end in a state") {
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
  CELL("c_n", "LSTM", "which alone ends in a cell state") {
    @Override
    List<Integer> units(Layer layer) {
      return layer.cellUnits();
    }

    @Override
    List<Tensor> states(StreamState all) {
      return all.c();
    }
  };

  private final String output;
  private final String kind;
  private final String what;

  FinalState(String output, String kind, String what) {
    this.output = output;
    this.kind = kind;
    this.what = what;
  }

  /** The units of those of a layer. */
  abstract List<Integer> units(Layer layer);

  abstract List<Tensor> states(StreamState all);

  /** What each is called on the command line. */
  static List<String> outputs() {
    return Arrays.stream(values()).map(FinalState::output).toList();
  }

  /** What it is called on the command line, as by PyTorch. */
  String output() {
    return output;
  }

  /** Refuses a model that has no such state, or several of different widths. */
  void check(Sequential model) {
    List<Integer> all =
        model.layers().stream()
            .flatMap(layer -> units(layer).stream().distinct()) // directions have the same
            .toList();
    if (all.isEmpty()) {
      throw new InputException(
          "--out " + output + ": the model has no " + kind + ", " + what + "; leave it out");
    }
    if (all.stream().distinct().count() > 1) {
      throw new InputException(
          "--out "
              + output
              + ": expected "
              + kind
              + "s of one width, which stack into one array, got units "
              + all
              + "; leave it out");
    }
  }

  OutputArray of(StreamState state) {
    return OutputArray.of(output, Tensor.stack(0, states(state).toArray(Tensor[]::new)));
  }
}

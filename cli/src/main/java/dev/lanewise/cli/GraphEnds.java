package dev.lanewise.cli;

import dev.lanewise.formats.Printable;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerSummary;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs and outputs of a graph, as {@code inspect} shows them. */
final class GraphEnds {
  private final Model model;
  private final List<Output> values = new ArrayList<>(); // what the calls give, in order

  /**
   * Where a value comes from.
   *
   * @param state {@code h} or {@code c}; empty for the output of the layer
   */
  private record Output(String layer, String state, List<String> axes) {}

  GraphEnds(Model model) {
    this.model = model;
    List<LayerSummary> lines = model.layerSummaries();
    for (Model.Call call : model.calls()) {
      Layer layer = call.layer();
      values.add(new Output(layer.name(), "", lines.get(model.layers().indexOf(layer)).output()));
      layer.stateUnits().forEach(units -> values.add(state(layer, "h", units)));
      layer.cellUnits().forEach(units -> values.add(state(layer, "c", units)));
    }
  }

  private static Output state(Layer layer, String name, int units) {
    return new Output(layer.name(), name, List.of("batch", Integer.toString(units)));
  }

  private static String kind(Value input) {
    return input.isIds() ? "ids" : input.hasTime() ? "sequences" : "rows";
  }

  private static List<String> axes(Value input) {
    List<String> axes = new ArrayList<>(List.of("batch"));
    if (input.hasTime()) {
      axes.add(input.timesteps() == 0 ? "timesteps" : Integer.toString(input.timesteps()));
    }
    if (!input.isIds()) {
      axes.add(Integer.toString(input.features()));
    }
    return axes;
  }

  /** A line each. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Value input : model.inputs()) {
      text.append("\nInput: ").append(Printable.of(input.name()));
      text.append(" (").append(String.join(", ", axes(input))).append(')');
      text.append(input.isIds() ? " of token ids" : "");
    }
    outputs()
        .forEach(
            (name, from) -> {
              text.append("\nOutput: ").append(Printable.of(name));
              text.append(" (").append(String.join(", ", from.axes)).append("), of ");
              text.append(Printable.of(from.layer));
              text.append(from.state.isEmpty() ? "" : " its state " + from.state);
            });
    return text.toString();
  }

  private Map<String, Output> outputs() {
    Map<String, Output> all = new LinkedHashMap<>();
    int inputs = model.inputs().size();
    model.outputValues().forEach((name, value) -> all.put(name, values.get(value - inputs)));
    return all;
  }

  List<Object> inputsJson() {
    List<Object> all = new ArrayList<>();
    for (Value input : model.inputs()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", input.name());
      one.put("kind", kind(input));
      one.put("axes", InspectCommand.axes(axes(input)));
      all.add(one);
    }
    return all;
  }

  List<Object> outputsJson() {
    List<Object> all = new ArrayList<>();
    outputs()
        .forEach(
            (name, from) -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("name", name);
              one.put("layer", from.layer);
              if (!from.state.isEmpty()) {
                one.put("state", from.state);
              }
              one.put("axes", InspectCommand.axes(from.axes));
              all.add(one);
            });
    return all;
  }
}

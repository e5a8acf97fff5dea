package dev.lanewise.cli;

import dev.lanewise.formats.Printable;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What {@code predict} does with a model that is no chain: its inputs and outputs have names. */
final class GraphPrediction {
  private final Model model;
  private final GraphPaths from;
  private final Map<String, Path> to = new LinkedHashMap<>();
  private final boolean timeMajor;

  /**
   * Finds what the names given mean, before anything is read.
   *
   * @param inputs the values of {@code --input}
   * @param outputs the values of {@code --out}
   * @param timeMajor whether arrays of sequences have the time before the batch
   */
  GraphPrediction(Model model, List<String> inputs, List<String> outputs, boolean timeMajor) {
    this.model = model;
    this.timeMajor = timeMajor;
    this.from = GraphPaths.of(model, inputs);
    PortNames ports = PortNames.outputs(model.outputNames());
    for (NamedPaths.Given given : NamedPaths.split("--out", outputs, ports.names())) {
      NamedPaths.put("--out", to, ports.of(given), given);
    }
    ArrayOutputs.check(to);
    NamedPaths.requireStdinOnce(from.all());
  }

  void run(Predictor predictor) {
    List<GraphInput> inputs = new ArrayList<>();
    for (Value input : model.inputs()) {
      Path path = Objects.requireNonNull(from.inputs().get(input.name()));
      inputs.add(GraphInput.read(input, path, from.lengths().get(input.name()), timeMajor));
    }
    Map<String, OutputArray> arrays = new LinkedHashMap<>();
    predict(predictor, inputs)
        .forEach(
            (name, y) -> {
              if (to.containsKey(name)) {
                arrays.put(name, OutputArray.of(name, timeMajor ? ArrayFile.timeMajor(y) : y));
              }
            });
    ArrayOutputs.write(to, arrays, inputs.stream().allMatch(input -> input.file().isCsv()));
    NotFinite.warn(to, arrays);
    PrintStream report = ArrayOutputs.takeStdout(to) ? System.err : System.out;
    report.println(
        inputs.stream().map(GraphInput::named).collect(Collectors.joining(", "))
            + " -> "
            + arrays.entrySet().stream()
                .map(each -> named(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private static Map<String, Tensor> predict(Predictor predictor, List<GraphInput> inputs) {
    Map<String, Tensor> x = new LinkedHashMap<>();
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (GraphInput input : inputs) {
      x.put(input.name(), input.x());
      Mask mask = input.mask();
      if (mask != null) {
        masks.put(input.name(), mask);
      }
    }
    try {
      return predictor.predict(x, masks);
    } catch (IllegalArgumentException e) {
      String about = inputs.stream().map(GraphInput::about).collect(Collectors.joining(", "));
      throw new InputException(about + ": " + CommandWords.of(e), e);
    }
  }

  private String named(String name, OutputArray array) {
    Path path = Objects.requireNonNull(to.get(name));
    String where = StandardStreams.is(path) ? "stdout" : path.toString();
    return Printable.of(name) + " " + where + " " + array.shape();
  }
}

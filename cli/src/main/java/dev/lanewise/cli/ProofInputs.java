package dev.lanewise.cli;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The inputs that {@code convert --proof} keeps with a model. */
final class ProofInputs {
  private static final String X = "x";

  private ProofInputs() {}

  /** By the names of the inputs. */
  static Map<String, Tensor> read(Model model, List<String> given) {
    NamedPaths.requirePaths("--proof", given);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    if (model instanceof Sequential chain) {
      ArrayFile file = ArrayFile.of(X, Objects.requireNonNull(chain(given)));
      Tensor numbers = file.read();
      Tensor x = file.isCsv() && !chain.takesIds() ? Sequences.rows(numbers) : numbers;
      inputs.put(X, file.about(x, () -> checked(chain, x)));
      return inputs;
    }
    GraphPaths paths = GraphPaths.of(model, given);
    if (!paths.lengths().isEmpty()) {
      throw new InputException("--proof: expected no lengths beside the inputs; leave them out");
    }
    for (Value input : model.inputs()) {
      Path path = Objects.requireNonNull(paths.inputs().get(input.name()));
      inputs.put(input.name(), GraphInput.read(input, path, null, false).x());
    }
    return inputs;
  }

  private static Path chain(List<String> given) {
    return Objects.requireNonNull(NamedPaths.parse("--proof", given, X, List.of()).get(X));
  }

  private static Tensor checked(Sequential chain, Tensor x) {
    chain.outputShape(x.shape());
    return x;
  }
}

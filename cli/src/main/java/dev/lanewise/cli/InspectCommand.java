package dev.lanewise.cli;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.LayerSummary;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code lanewise inspect}: what a model file holds. */
@Command(name = "inspect", description = "Show what a model file holds.", sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M", description = "The model file.")
  private Path model = Path.of("");

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() {
    ModelFile file = ModelFile.read(model);
    System.out.println(json ? json(file) : text(file));
    return 0;
  }

  private static String text(ModelFile file) {
    StringBuilder text = new StringBuilder(file.model().summary());
    text.append("\nInput: (batch, timesteps, features=")
        .append(file.model().features())
        .append(')');
    file.metadata()
        .forEach((key, value) -> text.append('\n').append(key).append(": ").append(value));
    return text.toString();
  }

  private static String json(ModelFile file) {
    Sequential model = file.model();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("features", model.features());
    all.put("parameters", model.parameterCount());
    all.put("layers", model.layerSummaries().stream().map(InspectCommand::layer).toList());
    all.put("weights", model.weights().stream().map(InspectCommand::weight).toList());
    all.put("metadata", file.metadata());
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static Map<String, Object> layer(LayerSummary layer) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", layer.name());
    one.put("type", layer.type());
    one.put("output", layer.output());
    one.put("parameters", layer.parameters());
    return one;
  }

  private static Map<String, Object> weight(Weight weight) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", weight.name());
    one.put("shape", Arrays.stream(weight.shape().toArray()).boxed().toList());
    one.put("trainable", weight.trainable());
    return one;
  }
}

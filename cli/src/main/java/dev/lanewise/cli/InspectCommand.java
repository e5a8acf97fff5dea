package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.Printable;
import dev.lanewise.formats.Proof;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerSummary;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Regularizer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Setting;
import dev.lanewise.lstm.Weight;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code lanewise inspect}: what a model file holds. */
@Command(name = "inspect", description = "Show what a model file holds.", sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M", description = ModelOptions.FILES)
  private Path model = Path.of("");

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--json",
      description =
          "As JSON. The axes of an output are numbers where their length is fixed, names otherwise. Of a graph"
              + " also its inputs and outputs, and what each layer reads.")
  private boolean json;

  @Override
  public Integer call() {
    ModelReader.Contents file = options.read(model);
    System.out.println(json ? json(file) : text(file, model));
    return 0;
  }

  private static String text(ModelReader.Contents file, Path model) {
    StringBuilder text = new StringBuilder(summary(file.model()));
    text.append(
        file.model() instanceof Sequential chain
            ? "\nInput: " + input(chain)
            : new GraphEnds(file.model()).text());
    text.append("\nFormat: ").append(file.format());
    text.append("\nFingerprint: ").append(file.model().fingerprint());
    file.proof().ifPresent(proof -> text.append("\nProof: ").append(proof(proof)));
    ForecastFile.of(file.model(), file.metadata(), model)
        .ifPresent(each -> text.append('\n').append(forecasts(each.model().recipe())));
    file.metadata()
        .forEach(
            (key, value) -> {
              if (!key.equals(ForecastFile.KEY)) { // said above, in words
                text.append('\n')
                    .append(Printable.of(key))
                    .append(": ")
                    .append(Printable.of(value));
              }
            });
    return text.toString();
  }

  private static String proof(Proof proof) {
    return shapes(proof.inputs()) + " -> " + shapes(proof.outputs());
  }

  private static String shapes(Map<String, Tensor> tensors) {
    return tensors.entrySet().stream()
        .map(each -> Printable.of(each.getKey()) + " " + each.getValue().shape())
        .collect(Collectors.joining(", "));
  }

  /** What a forecaster forecasts, from what, and what it learned. */
  private static String forecasts(Recipe recipe) {
    StringBuilder text = new StringBuilder("Forecasts: ");
    text.append(Printable.of(CsvLine.join(recipe.targets())))
        .append(", ")
        .append(Ahead.of(recipe))
        .append(", from ")
        .append(recipe.rowsNeeded())
        .append(" rows of ")
        .append(Printable.of(CsvLine.join(List.copyOf(recipe.columns()))));
    for (int i = 0; i < recipe.targets().size(); i++) {
      String target = Printable.of(recipe.targets().get(i));
      text.append("\nLearned: ").append(target).append(", ").append(recipe.changes().get(i));
    }
    return text.toString();
  }

  /** A name from a file adds no lines of its own. */
  private static String summary(Model model) {
    String summary = model.summary();
    for (LayerSummary layer : model.layerSummaries()) {
      summary = summary.replace(layer.name(), Printable.of(layer.name()));
    }
    for (String input : model.inputNames()) {
      summary = summary.replace(input, Printable.of(input));
    }
    return summary;
  }

  private static String input(Sequential model) {
    String steps = model.timesteps() == 0 ? "timesteps" : "timesteps=" + model.timesteps();
    return model.takesIds()
        ? "(batch, " + steps + ") of token ids, 0 to " + (model.vocabulary() - 1)
        : "(batch, " + steps + ", features=" + model.features() + ")";
  }

  private static String json(ModelReader.Contents file) {
    Model model = file.model();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", file.format());
    all.put("fingerprint", model.fingerprint());
    if (model instanceof Sequential chain) {
      all.put("features", chain.features());
    } else {
      GraphEnds ends = new GraphEnds(model);
      all.put("inputs", ends.inputsJson());
      all.put("outputs", ends.outputsJson());
    }
    all.put("parameters", model.parameterCount());
    all.put("layers", layers(model));
    all.put("weights", model.weights().stream().map(InspectCommand::weight).toList());
    all.put("metadata", file.metadata());
    all.put("notes", file.notes());
    file.proof().ifPresent(proof -> all.put("proof", proof(proof)));
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static List<Object> layers(Model model) {
    List<Object> all = new ArrayList<>();
    for (LayerSummary layer : model.layerSummaries()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", layer.name());
      one.put("type", layer.type());
      one.put("output", axes(layer.output()));
      if (!(model instanceof Sequential)) {
        one.put("reads", layer.reads());
      }
      one.put("parameters", layer.parameters());
      one.put("settings", settings(model.layers().get(all.size())));
      all.add(one);
    }
    return all;
  }

  /** All, those by default too, but what stands among the weights. */
  private static Map<String, Object> settings(Layer layer) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Setting setting : LayerType.of(layer).settings()) {
      Object value = setting.of(layer);
      switch (setting.kind()) {
        case WEIGHT -> {}
        case CONSTANT -> all.put(setting.name(), value.toString().toLowerCase(Locale.ROOT));
        case REGULARIZER -> all.put(setting.name(), factors((Regularizer) value));
        case LAYER -> all.put(setting.name(), settings((Layer) value));
        default -> all.put(setting.name(), value);
      }
    }
    return all;
  }

  private static Map<String, Object> factors(Regularizer regularizer) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put("l1", regularizer.l1());
    both.put("l2", regularizer.l2());
    return both;
  }

  static List<Object> axes(List<String> axes) {
    return axes.stream().map(InspectCommand::axis).toList();
  }

  /** A number where the length is fixed. */
  private static Object axis(String axis) {
    return Character.isDigit(axis.charAt(0)) ? (Object) Integer.valueOf(axis) : axis;
  }

  private static Map<String, Object> weight(Weight weight) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", weight.name());
    one.put("shape", Arrays.stream(weight.shape().toArray()).boxed().toList());
    one.put("trainable", weight.trainable());
    return one;
  }
}

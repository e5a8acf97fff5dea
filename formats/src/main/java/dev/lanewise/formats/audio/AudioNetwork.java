package dev.lanewise.formats.audio;

import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.models.FiniteWeights;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A network as a file describes it: layers one after the other, and what plug-ins put around them.
 *
 * <pre>y = outputGain * (layers(x) [+ x_0 with a skip])      x_0 = inputGain * the audio</pre>
 *
 * <p>The first input is the audio; the others are the positions of knobs, which no gain changes.
 *
 * @param inputs how many
 * @param parts the layers, and their weights
 * @param skip whether the first input is added to the output
 */
record AudioNetwork(Path file, int inputs, List<Part> parts, boolean skip) {
  private static final String INPUT_GAIN = "input_gain";
  private static final String OUTPUT_GAIN = "output_gain";
  private static final String SKIP = "skip";

  /**
   * A layer and its weights.
   *
   * @param weights in the order of the layer's, by what names them in errors
   */
  record Part(Layer layer, Map<String, Tensor> weights) {}

  /** How wide the output is. */
  int outputs() {
    return values().getLast().features();
  }

  /** The input, and what each layer gives. */
  private List<Value> values() {
    List<Value> values = new ArrayList<>();
    values.add(Input.sequences("input", inputs));
    for (Part part : parts) {
      values.add(part.layer.apply(values.getLast()));
    }
    return values;
  }

  /** About how many numbers a sample takes: those that are read, and the weights. */
  long work() {
    long work = 0;
    for (Value value : values()) {
      work = Sizes.add(work, value.features());
    }
    for (Part part : parts) {
      for (Tensor weight : part.weights.values()) {
        work = Sizes.add(work, weight.size());
      }
    }
    return work;
  }

  /**
   * The model, built, its weights those of the file.
   *
   * @param inputGain a layer of its own where it is not 1
   * @param outputGain the same
   * @param allowNan whether weights may be NaN or infinite
   * @param trial gets the model while its gains are 1
   */
  Model build(double inputGain, double outputGain, boolean allowNan, Consumer<Model> trial) {
    List<Part> all = named();
    if (inputGain != 1) {
      all.addFirst(matrix(INPUT_GAIN, inputs));
    }
    if (outputGain != 1) {
      all.addLast(matrix(OUTPUT_GAIN, 1));
    }
    Model model = skip ? skipping(all) : chain(all);
    Map<String, Shape> shapes = shapes(model);
    requireShapes(all, shapes);
    ModelSizes.allocated(
        file,
        ModelSizes.elements(shapes.values()),
        () -> {
          fill(model, all);
          return model;
        });
    if (!allowNan) {
      FiniteWeights.require(model, file);
    }
    trial.accept(model);
    byLayer(model).getOrDefault(INPUT_GAIN, List.of()).forEach(k -> k.set((float) inputGain, 0, 0));
    byLayer(model)
        .getOrDefault(OUTPUT_GAIN, List.of())
        .forEach(k -> k.set((float) outputGain, 0, 0));
    return model;
  }

  // Layers

  /** The parts, each layer with a name of its own. */
  private List<Part> named() {
    List<Part> named = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (Part part : parts) {
      String base = part.layer.name();
      int before = taken.merge(base, 1, Integer::sum) - 1;
      String name = before == 0 ? base : base + "_" + before;
      named.add(new Part(part.layer.named(name), part.weights));
    }
    return named;
  }

  /** A layer that is a square matrix with ones on its diagonal. */
  private static Part matrix(String name, int width) {
    Tensor kernel = Tensor.zeros(width, width);
    for (int i = 0; i < width; i++) {
      kernel.set(1, i, i);
    }
    return linear(name, kernel);
  }

  private static Part linear(String name, Tensor kernel) {
    int units = (int) kernel.dim(1);
    return new Part(Dense.builder(units).useBias(false).name(name).build(), Map.of(name, kernel));
  }

  private static Model chain(List<Part> all) {
    return Sequential.of(all.stream().map(Part::layer).toList());
  }

  /** With the first input added before the output's gain. */
  private Model skipping(List<Part> all) {
    Value input = Input.sequences("input", inputs);
    Value audio = input;
    Value value = input;
    List<Layer> after = new ArrayList<>();
    for (Part part : all) {
      String name = part.layer.name();
      if (name.equals(OUTPUT_GAIN)) {
        after.add(part.layer);
      } else {
        value = part.layer.apply(value);
        audio = name.equals(INPUT_GAIN) ? value : audio;
      }
    }
    if (inputs > 1) {
      Tensor first = Tensor.zeros(inputs, 1);
      first.set(1, 0, 0);
      Part straight = linear(SKIP, first);
      all.add(straight);
      audio = straight.layer.apply(audio);
    }
    value = Add.of().apply(value, audio);
    for (Layer layer : after) {
      value = layer.apply(value);
    }
    return Model.of(input, value);
  }

  // Weights

  private Map<String, Shape> shapes(Model model) {
    return model instanceof Sequential chain ? chain.weightShapes(0, inputs) : model.weightShapes();
  }

  private static String layerOf(String weight) {
    return weight.substring(0, weight.indexOf('/'));
  }

  private void requireShapes(List<Part> all, Map<String, Shape> shapes) {
    Map<String, List<Shape>> byLayer = new HashMap<>();
    shapes.forEach(
        (name, shape) -> byLayer.computeIfAbsent(layerOf(name), _ -> new ArrayList<>()).add(shape));
    for (Part part : all) {
      List<Shape> own = byLayer.getOrDefault(part.layer.name(), List.of());
      int i = 0;
      for (Map.Entry<String, Tensor> weight : part.weights.entrySet()) {
        Shape expected = own.get(i++);
        Shape got = weight.getValue().shape();
        if (!got.equals(expected)) {
          throw AudioErrors.weightShape(file, weight.getKey(), expected, got);
        }
      }
      assert i == own.size() : part.layer;
    }
  }

  private void fill(Model model, List<Part> all) {
    if (model instanceof Sequential chain) {
      chain.buildZeros(inputs);
    } else {
      model.buildZeros();
    }
    Map<String, List<Weight>> byLayer = byLayer(model);
    for (Part part : all) {
      int i = 0;
      for (Tensor value : part.weights.values()) {
        byLayer.getOrDefault(part.layer.name(), List.of()).get(i++).set(value);
      }
    }
  }

  private static Map<String, List<Weight>> byLayer(Model model) {
    Map<String, List<Weight>> byLayer = new LinkedHashMap<>();
    for (Weight weight : model.weights()) {
      byLayer.computeIfAbsent(layerOf(weight.name()), _ -> new ArrayList<>()).add(weight);
    }
    return byLayer;
  }
}

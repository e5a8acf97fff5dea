package dev.lanewise.spark;

import dev.lanewise.formats.ModelReader;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the driver knows of a model. Immutable. */
final class DriverModel {
  /** Enough for the convolutions of most models, and for those of the others. */
  private static final int[] TRIED_STEPS = {64, 4096};

  private final byte[] bytes;
  private final String hash;
  private final Model model;
  private final Map<String, Boolean> outputs;

  private DriverModel(byte[] bytes, Model model) {
    this.bytes = bytes;
    this.hash = ModelBytes.hash(bytes);
    this.model = model;
    this.outputs = outputs(model);
  }

  static DriverModel of(byte[] bytes) {
    return new DriverModel(bytes, ModelBytes.read(bytes, file -> ModelReader.read(file).model()));
  }

  /** A model file of Lanewise. Not to be modified. */
  byte[] bytes() {
    return bytes;
  }

  /** Of the bytes. */
  String hash() {
    return hash;
  }

  Model model() {
    return model;
  }

  /** For each output, whether it has a time axis. */
  Map<String, Boolean> outputs() {
    return outputs;
  }

  /** Which outputs have a time axis, seen by one call: no signature says it. */
  private static Map<String, Boolean> outputs(Model model) {
    Map<String, Boolean> timed = new LinkedHashMap<>();
    predicted(model).forEach((name, y) -> timed.put(name, y.rank() == 3));
    return timed;
  }

  private static Map<String, Tensor> predicted(Model model) {
    try {
      return model.predict(zeros(model, TRIED_STEPS[0]));
    } catch (IllegalArgumentException e) {
      return model.predict(zeros(model, TRIED_STEPS[1]));
    }
  }

  private static Map<String, Tensor> zeros(Model model, int freeSteps) {
    Map<String, Tensor> x = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      int steps = input.timesteps() > 0 ? input.timesteps() : freeSteps;
      Tensor zeros =
          input.isIds()
              ? Tensor.zeros(1, steps)
              : input.hasTime()
                  ? Tensor.zeros(1, steps, input.features())
                  : Tensor.zeros(1, input.features());
      x.put(input.name(), zeros);
    }
    return x;
  }
}

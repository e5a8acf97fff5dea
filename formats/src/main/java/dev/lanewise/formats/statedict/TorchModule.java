package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.Layer;
import java.util.List;
import java.util.Map;

/** A module of PyTorch that this library has layers for. Immutable. */
interface TorchModule {
  /** Where it is in its model, such as {@code encoder.lstm}; empty where it is the model. */
  String name();

  /** How many features it takes; 0 where it takes token ids, -1 where it takes any. */
  int takes();

  /** How many features it gives. */
  int gives();

  /** Whether it is an affine function, so that two of them in a row would be one. */
  default boolean isAffine() {
    return false;
  }

  /** As its constructor in Python, for errors. */
  String shown();

  /** The layers that it is, whose weights have the names that {@link #weights()} has. */
  List<Layer> layers(ModuleCall call);

  /** How its tensors become weights, by the name of the weight. */
  Map<String, ModuleWeight> weights();

  /** The name of its layer. */
  static String named(String module, String otherwise) {
    return module.isEmpty() ? otherwise : module;
  }
}

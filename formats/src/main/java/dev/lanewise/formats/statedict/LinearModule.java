package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Layer;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nn.Linear}: a weight (out, in), and a bias perhaps. */
record LinearModule(String name, int takes, int gives, boolean bias) implements TorchModule {
  static @Nullable LinearModule of(ModuleTensors tensors) {
    Shape weight = tensors.shape("weight");
    if (weight == null || weight.rank() != 2 || !tensors.areWeightAndBias(weight)) {
      return null;
    }
    return new LinearModule(
        tensors.name(), tensors.width(weight, 1), tensors.width(weight, 0), tensors.has("bias"));
  }

  @Override
  public boolean isAffine() {
    return true;
  }

  @Override
  public String shown() {
    return "Linear(" + takes + ", " + gives + (bias ? ")" : ", bias=False)");
  }

  private String layer() {
    return TorchModule.named(name, "linear");
  }

  @Override
  public List<Layer> layers(ModuleCall call) {
    return List.of(Dense.builder(gives).useBias(bias).name(layer()).build());
  }

  @Override
  public Map<String, ModuleWeight> weights() {
    Map<String, ModuleWeight> weights = new LinkedHashMap<>();
    String from = ModuleTensors.prefix(name);
    weights.put(
        layer() + "/kernel", ModuleWeight.of(from + "weight", Tensor::transpose, takes, gives));
    if (bias) {
      weights.put(layer() + "/bias", ModuleWeight.of(from + "bias", gives));
    }
    return weights;
  }
}

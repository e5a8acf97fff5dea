package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Layer;
import dev.lanewise.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nn.Conv1d}: a weight (out, in, kernel_size), and a bias perhaps. */
record ConvolutionModule(String name, int takes, int gives, int width, boolean bias)
    implements TorchModule {
  static @Nullable ConvolutionModule of(ModuleTensors tensors) {
    Shape weight = tensors.shape("weight");
    if (weight == null || weight.rank() != 3 || !tensors.areWeightAndBias(weight)) {
      return null;
    }
    return new ConvolutionModule(
        tensors.name(),
        tensors.width(weight, 1),
        tensors.width(weight, 0),
        tensors.width(weight, 2),
        tensors.has("bias"));
  }

  @Override
  public boolean isAffine() {
    return true;
  }

  @Override
  public String shown() {
    return "Conv1d(" + takes + ", " + gives + ", " + width + (bias ? ")" : ", bias=False)");
  }

  private String layer() {
    return TorchModule.named(name, "conv1d");
  }

  @Override
  public List<Layer> layers(ModuleCall call) {
    call.assume(name, "stride=1, padding=0, dilation=1");
    int stride = call.whole("stride", 1, 1);
    int dilation = call.whole("dilation", 1, 1);
    return List.of(
        Conv1d.builder(gives, width)
            .strides(stride)
            .dilation(dilation)
            .padding(padding(call, stride, dilation))
            .useBias(bias)
            .name(layer())
            .build());
  }

  private Conv1d.Padding padding(ModuleCall call, int stride, int dilation) {
    String padding = call.string("padding");
    long reach = (long) dilation * (width - 1);
    boolean same =
        padding.equals("same") || (reach % 2 == 0 && padding.equals(Long.toString(reach / 2)));
    if (padding.isEmpty() || padding.equals("0") || padding.equals("valid")) {
      return Conv1d.Padding.VALID;
    }
    if (padding.equals("causal")) {
      return Conv1d.Padding.CAUSAL;
    }
    if (!same || stride > 1) {
      throw ModuleErrors.padding(call.file(), name, reach, stride, padding);
    }
    return Conv1d.Padding.SAME;
  }

  @Override
  public Map<String, ModuleWeight> weights() {
    Map<String, ModuleWeight> weights = new LinkedHashMap<>();
    String from = ModuleTensors.prefix(name);
    weights.put(
        layer() + "/kernel",
        ModuleWeight.of(from + "weight", tensor -> tensor.permute(2, 1, 0), width, takes, gives));
    if (bias) {
      weights.put(layer() + "/bias", ModuleWeight.of(from + "bias", gives));
    }
    return weights;
  }
}

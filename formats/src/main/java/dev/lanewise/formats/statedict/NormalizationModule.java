package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.BatchNormalization;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerNormalization;
import dev.lanewise.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code nn.BatchNorm1d}, which has running statistics, or {@code nn.LayerNorm} over the last axis.
 *
 * @param scale whether it has a weight
 * @param center whether it has a bias
 * @param batch whether it is a BatchNorm1d
 */
record NormalizationModule(String name, int takes, boolean scale, boolean center, boolean batch)
    implements TorchModule {
  /** How many batches were seen in training, which matters to nothing. */
  static final String BATCHES = "num_batches_tracked";

  private static final double EPSILON = 1e-5;
  private static final String MEAN = "running_mean";
  private static final String VARIANCE = "running_var";

  static @Nullable NormalizationModule of(ModuleTensors tensors) {
    boolean batch = tensors.has(MEAN);
    Shape shape = tensors.shape(batch ? MEAN : "weight");
    Set<String> most =
        batch ? Set.of("weight", "bias", MEAN, VARIANCE, BATCHES) : Set.of("weight", "bias");
    if (shape == null || shape.rank() != 1 || !tensors.areAmong(most)) {
      return null;
    }
    // A parametric ReLU has a weight of 1 and no bias.
    int width = tensors.width(shape, 0);
    if (!tensors.has(batch ? VARIANCE : "bias") || !tensors.all(width, BATCHES)) {
      return null;
    }
    return new NormalizationModule(
        tensors.name(), width, tensors.has("weight"), tensors.has("bias"), batch);
  }

  @Override
  public int gives() {
    return takes;
  }

  @Override
  public String shown() {
    return (batch ? "BatchNorm1d(" : "LayerNorm(") + takes + ")";
  }

  private String layer() {
    return TorchModule.named(name, batch ? "batch_norm" : "layer_norm");
  }

  @Override
  public List<Layer> layers(ModuleCall call) {
    call.assume(name, "eps=1e-05");
    double epsilon = call.number("eps", EPSILON);
    return List.of(
        batch
            ? BatchNormalization.builder()
                .epsilon(epsilon)
                .scale(scale)
                .center(center)
                .name(layer())
                .build()
            : LayerNormalization.builder()
                .epsilon(epsilon)
                .scale(scale)
                .center(center)
                .name(layer())
                .build());
  }

  @Override
  public Map<String, ModuleWeight> weights() {
    Map<String, String> names = new LinkedHashMap<>();
    if (scale) {
      names.put("gamma", "weight");
    }
    if (center) {
      names.put("beta", "bias");
    }
    if (batch) {
      names.put("moving_mean", MEAN);
      names.put("moving_variance", VARIANCE);
    }
    Map<String, ModuleWeight> weights = new LinkedHashMap<>();
    String from = ModuleTensors.prefix(name);
    names.forEach(
        (own, torch) -> weights.put(layer() + "/" + own, ModuleWeight.of(from + torch, takes)));
    return weights;
  }
}

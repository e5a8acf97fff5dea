package dev.lanewise.formats.statedict;

import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Layer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nn.Embedding}: a weight (num_embeddings, embedding_dim). */
record EmbeddingModule(String name, int vocabulary, int gives) implements TorchModule {
  /** Of a matrix without a bias, which is a Linear by its tensors too; null of any other. */
  static @Nullable EmbeddingModule of(TorchModule module) {
    return module instanceof LinearModule linear && !linear.bias()
        ? new EmbeddingModule(linear.name(), linear.gives(), linear.takes())
        : null;
  }

  @Override
  public int takes() {
    return 0;
  }

  @Override
  public String shown() {
    return "Embedding(" + vocabulary + ", " + gives + ")";
  }

  private String layer() {
    return TorchModule.named(name, "embedding");
  }

  @Override
  public List<Layer> layers(ModuleCall call) {
    return List.of(Embedding.builder(vocabulary, gives).name(layer()).build());
  }

  @Override
  public Map<String, ModuleWeight> weights() {
    String from = ModuleTensors.prefix(name) + "weight";
    return Map.of(layer() + "/embeddings", ModuleWeight.of(from, vocabulary, gives));
  }
}

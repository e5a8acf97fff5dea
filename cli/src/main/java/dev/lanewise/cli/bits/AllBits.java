package dev.lanewise.cli.bits;

import dev.lanewise.cli.bench.Bench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all models answer and what training makes of them, in this JVM.
 *
 * @param models their names, and what they are
 * @param hashes by the name of a model and of what was hashed, with a slash between
 * @param findings where other threads or another way gave other bits, or bits that are no number
 */
public record AllBits(
    Map<String, String> models, Map<String, String> hashes, List<String> findings) {

  /** Runs all models, on one to three threads: half a minute on the vector kernels. */
  public static AllBits of(Bench.Listener listener) {
    Map<String, String> models = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    List<String> findings = new ArrayList<>();
    List<SeededModel> chains = SeededModel.all();
    int total = chains.size() + SeededGraph.values().length;
    for (SeededModel model : chains) {
      listener.at(models.size(), total, model.name());
      models.put(model.name(), model.toString());
      ModelBits bits = ModelBits.of(model);
      hashes.putAll(bits.hashes());
      findings.addAll(bits.findings());
    }
    for (SeededGraph graph : SeededGraph.values()) {
      listener.at(models.size(), total, graph.title());
      models.put(graph.title(), graph.graph().toString());
      GraphBits bits = GraphBits.of(graph);
      hashes.putAll(bits.hashes());
      findings.addAll(bits.findings());
    }
    return new AllBits(models, hashes, findings);
  }

  /** What the model is that a hash is of. */
  public String model(BitsManifest.Difference difference) {
    String name = difference.name().replaceFirst("/.*", "");
    return models.getOrDefault(name, "no model of this version");
  }
}

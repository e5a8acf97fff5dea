package dev.lanewise.cli.bits;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As {@link ModelBits}, of a graph. */
final class GraphBits {
  private static final int MOST_THREADS = 3;

  private final SeededGraph of;
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();

  private GraphBits(SeededGraph of) {
    this.of = of;
  }

  static GraphBits of(SeededGraph graph) {
    GraphBits bits = new GraphBits(graph);
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      bits.all(threads);
    }
    return bits;
  }

  /** By name. */
  Map<String, String> hashes() {
    return hashes;
  }

  /** What differs within this process, in words. */
  List<String> findings() {
    return findings;
  }

  private void all(int threads) {
    Model model = of.model();
    Map<String, Tensor> x = of.inputs(model);
    Map<String, Mask> masks = of.masks(model);
    predictions("predict", model, x, masks, threads);
    Map<String, Tensor> y = new LinkedHashMap<>();
    model
        .predict(x, masks)
        .forEach(
            (output, like) -> {
              if (of.losses().containsKey(output)) {
                y.put(output, of.target(output, like));
              }
            });
    model.compile(Adam.of(0.01), of.losses(), Map.of());
    FitOptions options =
        FitOptions.builder()
            .epochs(2)
            .batchSize(5)
            .seed(3)
            .threads(threads)
            .ownThreads(true)
            .build();
    put("loss", threads, doubles(model.fit(x, masks, y, options).loss()));
    put("weights", threads, floats(model.weights().stream().map(Weight::value).toList()));
    predictions("fitted", model, x, masks, threads);
  }

  private void predictions(
      String what, Model model, Map<String, Tensor> x, Map<String, Mask> masks, int threads) {
    PredictorOptions options = PredictorOptions.builder().threads(threads).ownThreads(true).build();
    Predictor whole = model.predictor(options);
    Predictor passing = of.graph().predictor(options, ModelBits.copying(model));
    for (Predictor each : List.of(whole, passing)) {
      predictions(what, each, x, masks, threads);
    }
  }

  private void predictions(
      String what, Predictor of, Map<String, Tensor> x, Map<String, Mask> masks, int threads) {
    try (Predictor predictor = of) {
      Map<String, Tensor> plain = new TreeMap<>(predictor.predict(x));
      put(what, threads, floats(List.copyOf(plain.values())));
      Map<String, Tensor> masked = new TreeMap<>(predictor.predict(x, masks));
      put(what + "-masked", threads, floats(List.copyOf(masked.values())));
    }
  }

  private byte[] floats(List<Tensor> tensors) {
    int size = tensors.stream().mapToInt(tensor -> (int) tensor.size()).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors) {
      for (float value : tensor.toArray()) {
        noteFinite(value);
        bytes.putFloat(value);
      }
    }
    return bytes.array();
  }

  private byte[] doubles(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      noteFinite(value);
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  /** Of NaN the bits are nobody's promise. */
  private void noteFinite(double value) {
    if (!Double.isFinite(value)) {
      findings.add(of.title() + " holds " + value);
    }
  }

  private void put(String what, int threads, byte[] bytes) {
    String hash = ModelBits.hash(bytes);
    String before = hashes.putIfAbsent(of.title() + "/" + what, hash);
    if (before != null && !before.equals(hash)) {
      findings.add(of.title() + "/" + what + ": other bits with " + threads + " threads");
    }
  }
}

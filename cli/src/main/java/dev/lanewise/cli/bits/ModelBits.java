package dev.lanewise.cli.bits;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of what a model answers and of what it is after training, and where another number of
 * threads or another way gave other bits.
 */
final class ModelBits {
  private static final int MOST_THREADS = 3;

  /** Hexadecimal digits of a hash: 64 bits. */
  private static final int DIGITS = 16;

  private final SeededModel of;
  private final Tensor x;
  private final @Nullable Mask mask;
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();

  private ModelBits(SeededModel of) {
    this.of = of;
    this.x = of.input();
    this.mask = of.mask();
  }

  static ModelBits of(SeededModel model) {
    ModelBits bits = new ModelBits(model);
    bits.predictions("predict", model.model(), WeightFormat.FLOAT32);
    Sequential fitted = bits.fits();
    bits.predictions("fitted", fitted, WeightFormat.FLOAT32);
    if (model.takesNarrowWeights()) {
      bits.predictions("bfloat16", fitted, WeightFormat.BFLOAT16);
      bits.predictions("int8", fitted, WeightFormat.INT8);
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

  /** By each number of threads, at once and step by step. */
  private void predictions(String what, Sequential model, WeightFormat format) {
    boolean narrow = format != WeightFormat.FLOAT32;
    for (int threads = 1; threads <= MOST_THREADS; threads += narrow ? 2 : 1) {
      try (Predictor predictor = predictor(model, format, threads)) {
        String by = threads + " threads";
        Tensor y = mask == null ? predictor.predict(x) : predictor.predict(x, mask);
        put(what, by, y.toArray());
        if (of.streams()) {
          stream(what, by, predictor, y, threads);
        }
        if (!narrow) {
          states(what, by, predictor);
        }
      }
    }
    if (!narrow) {
      layerByLayer(what, model);
    }
  }

  /** Of a model that never has all of its weights. */
  private void layerByLayer(String what, Sequential model) {
    try (Predictor predictor =
        Sequential.of(model.layers())
            .predictor(
                model.timesteps(), model.features(), PredictorOptions.of(), copying(model))) {
      Tensor y = mask == null ? predictor.predict(x) : predictor.predict(x, mask);
      put(what, "a layer at a time", y.toArray());
    }
  }

  /** Sets weights to those of a model. */
  static Consumer<Weight> copying(Model model) {
    Map<String, Weight> weights =
        model.weights().stream().collect(Collectors.toMap(Weight::name, Function.identity()));
    return weight -> weight.set(Objects.requireNonNull(weights.get(weight.name())).value());
  }

  private void states(String what, String by, Predictor predictor) {
    Prediction found =
        mask == null ? predictor.predictWithState(x) : predictor.predictWithState(x, mask);
    put(what, by + ", with states", found.y().toArray());
    List<Tensor> all = new ArrayList<>(found.state().h());
    all.addAll(found.state().c());
    put(what + "-states", by, joined(all));
  }

  private static Predictor predictor(Sequential model, WeightFormat format, int threads) {
    return model.predictor(
        PredictorOptions.builder().threads(threads).ownThreads(true).weights(format).build());
  }

  private static float[] joined(List<Tensor> tensors) {
    float[] all = {};
    for (Tensor tensor : tensors) {
      float[] values = tensor.toArray();
      int before = all.length;
      all = Arrays.copyOf(all, before + values.length);
      System.arraycopy(values, 0, all, before, values.length);
    }
    return all;
  }

  /** Every step's answer, and that the last one, or each, is the prediction's. */
  private void stream(String what, String by, Predictor predictor, Tensor whole, int threads) {
    Tensor steps = x.rank() == 2 ? x.toFloat().expandDims(-1) : x;
    Tensor answers = Tensor.zeros(of.timesteps(), of.batch(), whole.dim(-1));
    try (Stream stream = predictor.stream(of.batch(), threads)) {
      for (int step = 0; step < of.timesteps(); step++) {
        stream.step(steps.select(1, step), answers.select(0, step));
      }
    }
    put(what + "-stream", by, answers.toArray());
    Tensor same =
        whole.rank() == 3 ? answers.permute(1, 0, 2) : answers.select(0, of.timesteps() - 1);
    put(what, by + ", step by step", same.toArray());
  }

  private Sequential fits() {
    Sequential first = fit(1);
    for (int threads = 2; threads <= MOST_THREADS; threads++) {
      fit(threads);
    }
    return first;
  }

  private Sequential fit(int threads) {
    Sequential model = of.model();
    FitOptions options =
        FitOptions.builder()
            .epochs(of.epochs())
            .batchSize(of.fitBatch())
            .seed(of.fitSeed())
            .threads(threads)
            .ownThreads(true)
            .build();
    Tensor y = of.target(model.outputShape(x.shape()));
    History history = mask == null ? model.fit(x, y, options) : model.fit(x, mask, y, options);
    String by = threads + " threads";
    put("loss", by, history.loss());
    put("weights", by, joined(model.weights().stream().map(Weight::value).toList()));
    return model;
  }

  private void put(String what, String by, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      noteFinite(what, value);
      bytes.putFloat(value);
    }
    put(what, by, bytes.array());
  }

  private void put(String what, String by, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      noteFinite(what, value);
      bytes.putDouble(value);
    }
    put(what, by, bytes.array());
  }

  /** Of NaN the bits are nobody's promise. */
  private void noteFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      findings.add(of.name() + "/" + what + " holds " + value + ": " + of);
    }
  }

  private void put(String what, String by, byte[] bytes) {
    String hash = hash(bytes);
    String before = hashes.putIfAbsent(of.name() + "/" + what, hash);
    if (before != null && !before.equals(hash)) {
      findings.add(of.name() + "/" + what + ": other bits with " + by + ": " + of);
    }
  }

  /** SHA-256, cut short. */
  static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sizes at the ends of their types: what they are refused with, and that none wraps. */
class SizesTest {
  private static final int[] EXTREMES = {
    Integer.MIN_VALUE, -1, 0, 1 << 24, 1 << 30, Integer.MAX_VALUE - 1, Integer.MAX_VALUE
  };

  /**
   * Each of a layer's numbers, in a model of it for an input of 4 timesteps and so many features.
   */
  private static Map<String, IntFunction<Sequential>> models() {
    Map<String, IntFunction<Sequential>> models = new LinkedHashMap<>();
    models.put("Lstm units", n -> of(Lstm.of(n)));
    models.put("Bidirectional units", n -> of(Bidirectional.of(Lstm.of(n))));
    models.put("Dense units", n -> of(Dense.of(n)));
    models.put("Dense after Dense", n -> of(Dense.of(n), Dense.of(n), Dense.of(n)));
    models.put("Conv1d filters", n -> of(Conv1d.of(n, 2)));
    models.put("Conv1d kernelSize", n -> of(Conv1d.of(1 << 20, n)));
    models.put("Conv1d both", n -> of(Conv1d.of(n, n)));
    models.put("Conv1d strides", n -> of(Conv1d.builder(2, 2).strides(n).build()));
    models.put("Conv1d dilation", n -> of(Conv1d.builder(2, 3).dilation(n).build()));
    models.put("Embedding vocabulary", n -> Sequential.of(Embedding.of(n, 1 << 12)).build(1));
    models.put("Embedding dimension", n -> Sequential.of(Embedding.of(1 << 24, n)).build(1));
    models.put(
        "Embedding inputLength",
        n ->
            Sequential.of(
                    Embedding.builder(8, 1 << 10).inputLength(n).build(), Flatten.of(), Dense.of(1))
                .build(1));
    models.put("Reshape", n -> of(Reshape.of(n, n)));
    models.put("Reshape open", n -> of(Reshape.of(n, -1)));
    models.put("Permute", n -> of(Permute.of(n, 1)));
    models.put("Flatten features", n -> Sequential.of(Flatten.of(), Dense.of(1)).build(4, n, 1));
    models.put("Flatten timesteps", n -> Sequential.of(Flatten.of(), Dense.of(1)).build(n, 4, 1));
    models.put("features", n -> Sequential.of(Lstm.of(1 << 20)).build(n, 1));
    models.put("timesteps", n -> Sequential.of(Lstm.of(1)).build(n, 1, 1));
    return models;
  }

  private static Sequential of(Layer... layers) {
    return Sequential.of(layers).build(4, 4, 1);
  }

  /** A refusal names a size, and only memory that is really not there is an OutOfMemoryError. */
  @Test
  void everyLayerTakesOrRefusesEverySize() {
    models()
        .forEach(
            (name, model) -> {
              for (int extreme : EXTREMES) {
                String what = name + " " + extreme;
                try {
                  assertNotNull(model.apply(extreme));
                } catch (IllegalArgumentException refusal) {
                  assertTrue(refusal.getMessage().matches("(?s).{20,}"), what);
                  boolean open = extreme == 0 && name.endsWith("inputLength"); // 0 is any length
                  assertTrue(
                      open || refusal.getMessage().contains("" + extreme), refusal.getMessage());
                } catch (OutOfMemoryError none) {
                  String text = none.getMessage();
                  assertTrue(text.startsWith("Sequential.build: no room for "), what + ": " + text);
                }
              }
            });
  }

  @Test
  void everyOptionTakesOrRefusesEverySize() {
    Map<String, IntFunction<Object>> options = new LinkedHashMap<>();
    Sequential model = Sequential.of(Lstm.of(2)).build(3, 1);
    Tensor x = Tensor.zeros(1, 2, 3);
    options.put("threads", n -> predictor(model, n, false).predict(x));
    options.put("own threads", n -> predictor(model, n, true).predict(x));
    options.put("fit threads", n -> FitOptions.builder().threads(n).build());
    options.put("epochs", n -> FitOptions.builder().epochs(n).build());
    options.put("batchSize", n -> FitOptions.builder().batchSize(n).build());
    options.put("stream batch", n -> n > 0 ? n : model.predictor().stream(n));
    options.put("stream threads", n -> model.predictor().stream(1, n));
    options.put("workspace batch", n -> model.predictor().workspaceBytes(n, 1));
    options.put("workspace steps", n -> model.predictor().workspaceBytes(1 << 20, n));
    options.put("mask", n -> Mask.ofLengths(n, 1, 1, 1));
    options.put("windows", n -> Windows.length(n).stride(n).horizon(n).steps(n).rowsNeeded());
    options.put("maxLength", n -> PadOptions.builder().maxLength(n).build());
    options.forEach(
        (name, option) -> {
          for (int extreme : EXTREMES) {
            try {
              assertNotNull(option.apply(extreme));
            } catch (IllegalArgumentException refusal) {
              assertTrue(refusal.getMessage().contains("" + extreme), refusal.getMessage());
            }
          }
        });
  }

  private static Predictor predictor(Sequential model, int threads, boolean own) {
    return model.predictor(PredictorOptions.builder().threads(threads).ownThreads(own).build());
  }

  @Test
  void saysWhichSizeAndTheWayOut() {
    refuses(
        "Lstm: units=8388609, expected 1 to 8388608; a recurrent kernel grows with their square",
        () -> Lstm.of(8_388_609));
    refuses(
        "Sequential.build: with wide/kernel (2147483647, 2147483647) the weights are more than can be"
            + " addressed. Give the layer fewer units or features",
        () -> Sequential.of(Dense.of(Integer.MAX_VALUE).named("wide")).build(Integer.MAX_VALUE, 1));
    refuses(
        "Sequential: 50 samples of timesteps=1073741824 at once are more than 2147483647 steps. Give"
            + " fewer samples at once (batchSize, slices of x), or shorter sequences",
        () -> Sizes.rows(1 << 30, 50));
    refuses(
        "Sequential: a layer's numbers for this batch are more than can be addressed. Give fewer"
            + " samples at once (batchSize, slices of x), shorter sequences or fewer units",
        () -> Blocks.bytes(1L << 62));
    refuses(
        "Mask.of: timesteps=4294967296, at most 2147483647 fit",
        () -> Mask.of(Tensor.zeros(1, 1).broadcastTo(1, 1L << 32)));
    OutOfMemoryError none =
        assertThrows(
            OutOfMemoryError.class, () -> Sequential.of(Embedding.of(1 << 24, 1 << 30)).build(1));
    assertEquals(
        "Sequential.build: no room for 18014398509481984 weights of 4 bytes off the heap."
            + " -XX:MaxDirectMemorySize raises the limit, which is the maximal heap's size unless set;"
            + " fewer units or features need less",
        none.getMessage());
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void countsExactlyUpToTheLargest() {
    assertEquals(Integer.MAX_VALUE, Sizes.rows(Integer.MAX_VALUE, 1));
    assertEquals(0, Sizes.rows(Integer.MAX_VALUE, 0));
    assertThrows(IllegalArgumentException.class, () -> Sizes.rows(1 << 16, 1 << 15));
    assertThrows(IllegalArgumentException.class, () -> Sizes.rows(1 << 30, 1L << 34));
    assertEquals(1L << 62, Sizes.work(1L << 31, 1L << 31, 1));
    assertEquals(Long.MAX_VALUE, Sizes.work(1L << 31, 1L << 32, 1));
    assertEquals(Long.MAX_VALUE, Sizes.work(1L << 31, 1L << 31, 3));
    assertEquals(Long.MAX_VALUE, Sizes.work(Long.MAX_VALUE, Long.MAX_VALUE, 2));
    assertEquals(24, Sizes.work(2, 3, 4));
    long most = (1L << 61) - 64;
    assertEquals(most, Sizes.weights(0, "w", Shape.of(most)));
    assertThrows(IllegalArgumentException.class, () -> Sizes.weights(64, "w", Shape.of(most)));
    assertThrows(
        IllegalArgumentException.class, () -> Sizes.weights(0, "w", Shape.of(Long.MAX_VALUE)));
  }

  /** Against the formula in the layer's Javadoc, in long. */
  @Test
  void convolutionsOfAnyDilationAndStrideAreTheirFormula() {
    int[] numbers = {1, 2, 3, 100, 1 << 30, 1_500_000_000, Integer.MAX_VALUE};
    for (Conv1d.Padding padding : Conv1d.Padding.values()) {
      for (int dilation : numbers) {
        for (int strides : numbers) {
          Conv1d layer =
              Conv1d.builder(1, 3)
                  .dilation(dilation)
                  .strides(strides)
                  .padding(padding)
                  .useBias(false)
                  .build();
          assertFormula(layer);
        }
      }
    }
  }

  private static void assertFormula(Conv1d layer) {
    long span = 2L * layer.dilation() + 1;
    boolean valid = layer.padding() == Conv1d.Padding.VALID;
    Sequential model = Sequential.of(layer).build(1, 1);
    float[] kernel = {100, 10, 1};
    model.weights().getFirst().set(Tensor.of(kernel, 3, 1, 1));
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7}, 1, 7, 1);
    if (valid && span > 7) {
      assertThrows(IllegalArgumentException.class, () -> model.predict(x));
      return;
    }
    long outputs =
        valid ? (7 - span) / layer.strides() + 1 : (7L + layer.strides() - 1) / layer.strides();
    long around = Math.max(0, (outputs - 1) * layer.strides() + span - 7);
    long before =
        switch (layer.padding()) {
          case VALID -> 0;
          case CAUSAL -> span - 1;
          case SAME -> around / 2;
        };
    float[] expected = new float[(int) outputs];
    for (int t = 0; t < expected.length; t++) {
      for (int k = 0; k < 3; k++) {
        long step = (long) t * layer.strides() + (long) k * layer.dilation() - before;
        expected[t] += step < 0 || step >= 7 ? 0 : kernel[k] * (step + 1);
      }
    }
    String what = layer.padding() + " " + layer.dilation() + " " + layer.strides();
    assertArrayEquals(expected, model.predict(x).toArray(), what);
    model.compile(Sgd.of(1e-9), Loss.MEAN_SQUARED_ERROR);
    model.fit(x, Tensor.zeros(1, outputs, 1), FitOptions.of()); // the same steps backward
  }
}

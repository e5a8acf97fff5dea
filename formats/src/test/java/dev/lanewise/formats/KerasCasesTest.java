package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that other readers got wrong; see resources/keras3/README.md. */
class KerasCasesTest {
  private static final float TOLERANCE = 1e-6f;

  @TempDir static Path directory;
  private static Path cases;

  @BeforeAll
  static void unzip() {
    cases = Unzipped.into(directory, "keras3/cases.zip");
  }

  private static Tensor answer(String folder, String model, String x) {
    return KerasFile.load(cases.resolve(folder + "/" + model))
        .predict(Npy.read(cases.resolve(folder + "/" + x)));
  }

  @ParameterizedTest
  @CsvSource({
    "05-softmax-axis, flatten.h5, xf.npy",
    "06-keras3-mask-functional, m.h5, x.npy",
    "06-keras3-mask-functional, m_seq.h5, x.npy",
    "07-mask-conv, m2.h5, x.npy",
    "08-all-masked, m.h5, x_empty.npy",
    "15-stateful, m.h5, x.npy",
    "15-stateful, stateless.h5, x.npy",
    "24-keras3-json-hard-sigmoid, m.keras, x.npy",
    "25-layer-names, slash2.h5, x.npy",
    "25-layer-names, slash3.h5, x.npy",
  })
  void givesTheRightNumbers(String folder, String model, String x) {
    Tensor expected = Npy.read(cases.resolve(folder + "/expected.npy"));
    Tensor got = answer(folder, model, x);
    assertEquals(expected.shape(), got.shape());
    assertArrayEquals(expected.toArray(), got.toArray(), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "15-stateful, m.h5, config.json",
    "15-stateful, m.h5, config_version.json",
    "24-keras3-json-hard-sigmoid, m.weights.h5, model.json",
  })
  void givesTheRightNumbersWithAConfig(String folder, String weights, String config) {
    Path in = cases.resolve(folder);
    Tensor expected = Npy.read(in.resolve("expected.npy"));
    Sequential model = KerasFile.load(in.resolve(weights), in.resolve(config));
    Tensor got = model.predict(Npy.read(in.resolve("x.npy")));
    assertArrayEquals(expected.toArray(), got.toArray(), TOLERANCE);
  }

  @Test
  void takesASoftmaxOverTheAxisThatIsSaid() {
    float[] overTime = answer("05-softmax-axis", "m.h5", "x.npy").toArray();
    float[] first = {overTime[0], overTime[1], overTime[2], overTime[3]};
    assertArrayEquals(new float[] {0.251544f, 0.253727f, 0.234985f, 0.263627f}, first, TOLERANCE);
    Tensor overBoth = answer("05-softmax-axis", "m_list.h5", "x.npy");
    for (int sample = 0; sample < overBoth.dim(0); sample++) {
      double sum = 0;
      for (float value : overBoth.select(0, sample).toArray()) {
        sum += value;
      }
      assertEquals(1, sum, TOLERANCE);
    }
  }

  /** By the equations, in float64. No step is NaN, which equals nothing; regularizers are idle. */
  @Test
  void takesNaNAndInfinityInTheConfig() {
    float[] first = {0.29230314f, -0.04942518f, 0.20436043f, -0.2555844f};
    float[] got = answer("11-mask-nan", "m.h5", "x.npy").select(0, 0).toArray();
    assertArrayEquals(first, got, TOLERANCE);
    Tensor x = Npy.read(cases.resolve("11-mask-nan/xinf.npy"));
    Sequential infinite = KerasFile.load(cases.resolve("11-mask-nan/minf.h5"));
    assertArrayEquals(
        new float[] {
          0.12625188f,
          0.13050623f,
          -0.16979557f,
          -0.1314001f,
          0.21795145f,
          0.03701114f,
          0.11398808f,
          -0.30799666f
        },
        infinite.predict(x).toArray(),
        TOLERANCE);
    assertArrayEquals(
        new float[] {-0.7462635f, -1.5759593f},
        answer("11-mask-nan", "l2_none.h5", "x.npy").toArray(),
        TOLERANCE);
  }

  @Test
  void aLayerWhoseNameBeginsWithAnothersIsItself() {
    assertArrayEquals(
        answer("25-layer-names", "control_space.h5", "x_names.npy").toArray(),
        answer("25-layer-names", "names_slash.h5", "x_names.npy").toArray());
  }
}

package dev.lanewise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.cli.bench.BenchRow.Bound;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTableTest {
  private static final ThisMachine MACHINE =
      new ThisMachine("vector, 256 bits", 1, "25.0.3+9 (VM)", "Some CPU", 8);

  private static BenchRow row(
      String name, double nanos, double share, Bound bound, double reading) {
    return new BenchRow(PublishedShapes.named(name).orElseThrow(), nanos, share, bound, reading);
  }

  private static final List<BenchRow> ROWS =
      List.of(
          row("step-h256-gru", 741.25, 0.617, Bound.WEIGHTS, 228.04),
          row("mnist", 3_033_020, 0.8149, Bound.PRODUCTS, 373.96),
          row("train-512", 88_081_340, 0.8251, Bound.PRODUCTS, 102));

  private static final String TABLE =
      """
      shape          layer  work     batch  timesteps  features  units      time  GFLOP/s  share  floor of
      step-h256-gru  gru    step         1          1        64    256  741.3 ns    663.1   0.62  weights
      mnist          lstm   predict    128         28        28    128  3.033 ms    188.8   0.81  products
      train-512      lstm   train       64         25       512    512  88.08 ms    190.5   0.83  products

      Kernels: vector, 256 bits, on 1 thread. JDK 25.0.3+9 (VM). Some CPU, 8 processors.
      time: median of 9 rounds in which the rows took turns, after a warm-up. train: of one step of fit.
      share: the floor over the time. The floor is the longer of two times: that of the products at 231.8 GFLOP/s, and
      that of reading the weights at 102.0 to 374.0 GB/s, those of the state again in each timestep.
      The kernels reach these rates in the same run, on as many threads: in a product that the caches hold, and in
      sums over as many bytes. The cells (sigmoid, tanh, states) are in the time and not in the floor.""";

  @Test
  void showsEachShapeAndWhatItIsMeasuredBy() {
    Bench.Result result = new Bench.Result(ROWS, 9, 231.84, 0.049, List.of());
    assertEquals(TABLE, BenchTable.of(result, MACHINE));
  }

  @Test
  void saysWhatSpoiledIt() {
    Bench.Result result = new Bench.Result(ROWS, 9, 231.84, 0.384, List.of("mnist", "mid"));
    assertEquals(
        TABLE
            + "\nOther processes had the processors in 38 % of the time: times are too long, shares wrong. Run it again without"
            + " them.\nNot settled after the warm-up: mnist, mid. Their times may be too long.",
        BenchTable.of(result, MACHINE));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0.500 ns",
    "12.345, 12.35 ns",
    "999.94, 999.9 ns",
    "1000, 1.000 us",
    "54321, 54.32 us",
    "1e6, 1.000 ms",
    "1.2345e9, 1234.5 ms"
  })
  void timesHaveTheUnitThatFits(double nanos, String text) {
    assertEquals(text, BenchTable.time(nanos));
  }

  @Test
  void asJsonNothingIsRounded() {
    Bench.Result result =
        new Bench.Result(ROWS.subList(0, 1), 9, 231.84, 0.25, List.of("step-h256-gru"));
    assertEquals(
        """
        {
          "kernels" : "vector, 256 bits",
          "threads" : 1,
          "jdk" : "25.0.3+9 (VM)",
          "cpu" : "Some CPU",
          "processors" : 8,
          "rounds" : 9,
          "ceilingGflops" : 231.84,
          "lostToOthers" : 0.25,
          "unsettled" : [ "step-h256-gru" ],
          "rows" : [ {
            "shape" : "step-h256-gru",
            "layer" : "gru",
            "work" : "step",
            "batch" : 1,
            "timesteps" : 1,
            "features" : 64,
            "units" : 256,
            "nanoseconds" : 741.25,
            "gflops" : 663.0961214165261,
            "share" : 0.617,
            "floorOf" : "weights",
            "readingGigabytes" : 228.04
          } ]
        }""",
        BenchJson.of(result, MACHINE).replace("\r\n", "\n"));
  }

  @Test
  void readsTheModelOfTheProcessor() {
    assertEquals(
        "AMD EPYC 9555",
        ThisMachine.model(
            List.of("processor\t: 0", "model name\t: AMD EPYC 9555", "model name\t: x")));
    assertEquals(System.getProperty("os.arch"), ThisMachine.model(List.of("processor : 0")));
  }
}

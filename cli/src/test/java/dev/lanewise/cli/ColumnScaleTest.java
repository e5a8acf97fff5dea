package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnScaleTest {
  private static double[] around(double offset, double amplitude) {
    return IntStream.range(0, 100)
        .mapToDouble(i -> offset + amplitude * Math.sin(i / 5.0))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "16, 7", "1013, 8", "1000, 6", "0, 1e10", "0, 1e-10", "1e6, 1e5"})
  void leavesNumbersThatFloat32Holds(double offset, double amplitude) {
    assertTrue(ColumnScale.of(around(offset, amplitude), 100).isNone());
  }

  /** Back within a few roundings of the double, and as exact as a float32 near 1. */
  @ParameterizedTest
  @CsvSource({
    "1e4, 1",
    "-1e8, 2",
    "1.6e9, 1e4",
    "1e15, 100",
    "0, 1e200",
    "0, 1e-200",
    "1e300, 1e290"
  })
  void bringsOthersNearZeroAndBack(double offset, double amplitude) {
    double[] values = around(offset, amplitude);
    ColumnScale scale = ColumnScale.of(values, 100);
    assertFalse(scale.isNone());
    for (double value : values) {
      float near = scale.in(value);
      assertTrue(Math.abs(near) < 2, "" + near);
      double bound = amplitude * 0x1p-23 + 4 * Math.ulp(offset);
      assertEquals(value, scale.out(near), bound);
      assertEquals(scale.out(near), Double.parseDouble(scale.text(near)), "the text is exact");
    }
  }

  @Test
  void looksAtTheFirstRowsAlone() {
    double[] values = {1, 2, 3, 1e30};
    assertTrue(ColumnScale.of(values, 3).isNone());
    assertFalse(ColumnScale.of(values, 4).isNone());
  }

  @Test
  void shiftsAColumnThatDoesNotMove() {
    assertTrue(ColumnScale.of(new double[] {7.5, 7.5, 7.5}, 3).isNone());
    assertEquals(
        new ColumnScale(1e8 + 0.1, 1),
        ColumnScale.of(new double[] {1e8 + .1, 1e8 + .1, 1e8 + .1}, 3));
  }

  @Test
  void writesDigitsThatCanBeRead() {
    ColumnScale scale = new ColumnScale(1e8, 1);
    assertEquals("100000000.5", scale.text(0.5f));
    assertEquals("1.0E-30", ColumnScale.NONE.text(1e-30f));
    assertEquals("1.0E300", new ColumnScale(0, 1e300).text(1));
  }

  @Test
  void isReadBackFromTheMetadata() {
    Map<String, ColumnScale> scales =
        Map.of("a,b", new ColumnScale(0.1, 1 / 3.0), "c", new ColumnScale(-1e300, 1e-300));
    TableForecast forecast = new TableForecast("c", List.of("a,b", "c", "d \"e\""), 30, 2, scales);
    assertEquals(forecast, TableForecast.of(forecast.metadata(), Path.of("m")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window | x | a whole number, 1 or more",
        "window | 0 | a whole number, 1 or more",
        "horizon | -1 | a whole number, 1 or more",
        "features | \"a | names as in CSV",
        "scales | h/c,1 | a column, its offset and its scale above 0",
        "scales | h/c,1,0 | a column, its offset and its scale above 0",
        "scales | h/c,NaN,1 | a column, its offset and its scale above 0",
        "scales | h/c,1,x | a column, its offset and its scale above 0"
      })
  void namesWhatIsDamagedInAModel(String key, String value, String expected) {
    Map<String, String> metadata =
        new HashMap<>(new TableForecast("c", List.of("c"), 3, 1, Map.of()).metadata());
    metadata.put(key, value.replace('/', '\n'));
    InputException e =
        assertThrows(
            InputException.class, () -> TableForecast.of(metadata, Path.of("m.safetensors")));
    String got = value.substring(value.indexOf('/') + 1);
    assertEquals(
        "m.safetensors, metadata \"" + key + "\": expected " + expected + ", got \"" + got + "\"",
        e.getMessage());
  }
}

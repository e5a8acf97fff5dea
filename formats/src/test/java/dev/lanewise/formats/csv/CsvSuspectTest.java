package dev.lanewise.formats.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CsvSuspectTest {
  private static double[] values(IntToDoubleFunction each) {
    double[] values = new double[400];
    Arrays.setAll(values, each);
    return values;
  }

  /** Every 40th is the code. */
  private static OptionalDouble with(double code, IntToDoubleFunction each) {
    return CsvSuspect.find(values(i -> i % 40 == 7 ? code : each.applyAsDouble(i)));
  }

  @Test
  void findsCodesAtEitherEnd() {
    IntToDoubleFunction wave = i -> 20 + 10 * Math.sin(i);
    for (double code : new double[] {-999, -200, 9999, 100, -1, -9.99}) {
      assertEquals(OptionalDouble.of(code), with(code, wave), "code " + code);
    }
    assertEquals(OptionalDouble.of(-200), with(-200, i -> 40 + i * 2.5));
  }

  @Test
  void leavesValuesAlone() {
    Random random = new Random(5);
    assertEquals(OptionalDouble.empty(), CsvSuspect.find(values(i -> random.nextGaussian())));
    assertEquals(OptionalDouble.empty(), with(0, i -> 100 + i % 7), "zero");
    assertEquals(OptionalDouble.empty(), with(1, i -> 0), "a switch");
    assertEquals(OptionalDouble.empty(), with(40, i -> i % 24), "near the range");
    assertEquals(OptionalDouble.empty(), with(-11, i -> i % 30 - 10), "among negative ones");
    assertEquals(OptionalDouble.empty(), CsvSuspect.find(values(i -> i)), "a count");
    assertEquals(OptionalDouble.empty(), CsvSuspect.find(new double[] {}));
    assertEquals(OptionalDouble.empty(), CsvSuspect.find(values(i -> Double.NaN)));
  }

  @Test
  void needsThreeOfTheCode() {
    double[] values = values(i -> 20 + i % 10);
    values[3] = -999;
    values[4] = -999;
    assertEquals(OptionalDouble.empty(), CsvSuspect.find(values));
    values[5] = -999;
    assertEquals(OptionalDouble.of(-999), CsvSuspect.find(values));
  }
}

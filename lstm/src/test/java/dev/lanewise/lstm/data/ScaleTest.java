package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  private static Scale fit(double... values) {
    Scale.Fit fit = new Scale.Fit();
    for (double value : values) {
      fit.add(value);
    }
    return fit.scale();
  }

  @Test
  void isTheMeanAndTheDeviation() {
    // mean 5, squares 9 1 1 1 0 0 4 16 = 32, over 8 = 4
    assertEquals(new Scale(5, 2), fit(2, 4, 4, 4, 5, 5, 7, 9));
  }

  @Test
  void onlyShiftsNumbersThatDoNotChange() {
    assertEquals(new Scale(0.1, 1), fit(0.1, 0.1, 0.1));
    assertEquals(new Scale(-7, 1), fit(-7));
    assertEquals(Scale.NONE, fit());
  }

  @Test
  void onlyShiftsNumbersThatDifferByTheirRounding() {
    Scale.Fit fit = new Scale.Fit();
    fit.add(1, 0.25);
    fit.add(1.5, 0.25);
    assertEquals(new Scale(1, 1), fit.scale());
    fit.add(2, 0.25); // 1.25 may be both of the first two, but not this
    assertEquals(1.5, fit.scale().offset(), 1e-12);
    assertEquals(Math.sqrt(0.5 / 3), fit.scale().deviation(), 1e-12);
  }

  @Test
  void growsBeyondItsFirstRoom() {
    double[] values = Frames.numbers(1000, i -> i % 2 == 0 ? 1 : 3);
    Scale scale = fit(values);
    assertEquals(2, scale.offset(), 1e-12);
    assertEquals(1, scale.deviation(), 1e-12);
  }

  @Test
  void takesVastAndTinyNumbers() {
    Scale vast = fit(-1e300, 1e300);
    assertEquals(0, vast.offset());
    assertEquals(1e300, vast.deviation(), 1e285);
    Scale tiny = fit(-1e-300, 1e-300);
    assertEquals(1e-300, tiny.deviation(), 1e-315);
    assertEquals(new Scale(Double.MIN_VALUE, 1), fit(Double.MIN_VALUE));
  }

  @Test
  void goesInAndOut() {
    Scale scale = new Scale(100_000_000, 2);
    assertEquals(0.5, scale.in(100_000_001));
    assertEquals(100_000_001, scale.out(0.5));
    assertEquals(3.25, Scale.NONE.in(3.25));
    assertEquals(3.25, Scale.NONE.out(3.25));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,-1", "0,NaN", "0,Infinity", "NaN,1", "Infinity,1"})
  void refusesWhatScalesNothing(double offset, double deviation) {
    refuses(
        "Scale: expected a finite offset and a finite deviation above 0, got "
            + offset
            + " and "
            + deviation,
        () -> new Scale(offset, deviation));
  }
}

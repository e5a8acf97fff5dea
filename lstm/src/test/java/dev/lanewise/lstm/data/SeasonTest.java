package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.DAY;
import static dev.lanewise.lstm.data.Frames.HOUR;
import static dev.lanewise.lstm.data.Frames.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.data.TimeGrid.Spacing;
import dev.lanewise.lstm.data.TimeStep.Unit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeasonTest {
  private static TimeGrid grid(long amount, Unit unit) {
    return new TimeGrid(
        Spacing.EVEN, Optional.of(new TimeStep(amount, unit)), Optional.of(TimeStyle.DATE));
  }

  private static int find(TimeGrid grid, double[] y, int trained) {
    return Season.find(grid, List.of(Frames.plain("y", y)), List.of(trained), "y");
  }

  @Test
  void looksForTheDayTheWeekAndTheYear() {
    assertEquals(List.of(24, 168), Season.candidates(grid(HOUR, Unit.MILLIS)));
    assertEquals(List.of(48, 336), Season.candidates(grid(HOUR / 2, Unit.MILLIS)));
    assertEquals(List.of(4, 28), Season.candidates(grid(6 * HOUR, Unit.MILLIS)));
    assertEquals(List.of(7, 365), Season.candidates(grid(DAY, Unit.MILLIS)));
    assertEquals(List.of(52), Season.candidates(grid(7 * DAY, Unit.MILLIS)));
    assertEquals(List.of(12), Season.candidates(grid(1, Unit.MONTHS)));
    assertEquals(List.of(12), Season.candidates(grid(1, Unit.MONTH_ENDS)));
    assertEquals(List.of(4), Season.candidates(grid(3, Unit.MONTH_ENDS)));
    assertEquals(List.of(), Season.candidates(grid(12, Unit.MONTHS)));
    assertEquals(List.of(), Season.candidates(grid(2 * DAY, Unit.MILLIS)));
    assertEquals(List.of(), Season.candidates(TimeGrid.NONE));
    TimeGrid trade =
        new TimeGrid(
            Spacing.WEEKDAYS,
            Optional.of(new TimeStep(DAY, Unit.MILLIS)),
            Optional.of(TimeStyle.DATE));
    assertEquals(List.of(5), Season.candidates(trade));
  }

  @Test
  void leavesOutASeasonThatIsNoWholeNumberOfRows() {
    assertEquals(List.of(24), Season.candidates(grid(7 * HOUR, Unit.MILLIS)));
  }

  @Test
  void findsTheSeasonThatIsThere() {
    Random random = new Random(1);
    double[] year = numbers(12, i -> 10 * random.nextGaussian());
    double[] y = numbers(120, t -> 3 * t + year[t % 12] + random.nextGaussian());
    assertEquals(12, find(grid(1, Unit.MONTHS), y, 96));
    assertEquals(12, find(grid(1, Unit.MONTH_ENDS), y, 96));
  }

  @Test
  void findsNoneInAWalk() {
    Random random = new Random(2);
    double[] level = {0};
    double[] y = numbers(500, t -> level[0] += random.nextGaussian());
    assertEquals(0, find(grid(HOUR, Unit.MILLIS), y, 400));
  }

  @Test
  void takesTheLongerOneOnlyWhereItIsBetter() {
    Random random = new Random(3);
    double[] day = numbers(24, i -> random.nextGaussian());
    double[] week = numbers(168, i -> random.nextGaussian());
    TimeGrid hours = grid(HOUR, Unit.MILLIS);
    assertEquals(24, find(hours, numbers(1000, t -> day[t % 24]), 800));
    assertEquals(168, find(hours, numbers(1000, t -> day[t % 24] + 2 * week[t % 168]), 800));
  }

  @Test
  void looksAtTheRowsTrainedOnAlone() {
    double[] y = numbers(200, t -> t < 100 ? 5 : t % 12);
    assertEquals(0, find(grid(1, Unit.MONTHS), y, 100));
    assertEquals(12, find(grid(1, Unit.MONTHS), y, 200));
  }

  @Test
  void needsTwoSeasonsAndARow() {
    double[] y = numbers(100, t -> t % 12);
    assertEquals(0, find(grid(1, Unit.MONTHS), y, 24));
    assertEquals(12, find(grid(1, Unit.MONTHS), y, 25));
  }
}

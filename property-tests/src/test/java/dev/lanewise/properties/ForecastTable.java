package dev.lanewise.properties;

import dev.lanewise.lstm.data.Frame;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** Rows of some series in any order, an hour apart but for those that are absent. */
record ForecastTable(List<Row> rows, int series) {
  private static final long HOUR = 3_600_000L;

  /** Rows of the longest gap that is filled, and what makes one of it or of one more. */
  private static final int[] JUMPS = {91, 97, 100, 101, 102, 150};

  /** A row: which series, when, and its numbers; NaN where one is missing. */
  record Row(int series, int hour, double y, double x) {}

  /** How a table is drawn. */
  record Shape(int series, int rows, int absent, int missing, int jumps, long seed) {
    ForecastTable table() {
      Random random = new Random(seed);
      List<Row> all = new ArrayList<>();
      for (int s = 0; s < series; s++) {
        draw(all, s, random);
      }
      Collections.shuffle(all, random);
      return new ForecastTable(all, series);
    }

    private void draw(List<Row> all, int s, Random random) {
      int hour = random.nextInt(5);
      int missingFor = 0;
      for (int row = 0; row < rows; row++) {
        boolean lacksY = missingFor-- > 0 || random.nextInt(100) < missing;
        boolean lacksX = random.nextInt(100) < missing;
        double y = 20 + 10 * random.nextDouble();
        double x = random.nextGaussian();
        all.add(new Row(s, hour, lacksY ? Double.NaN : y, lacksX ? Double.NaN : x));
        hour += random.nextInt(100) < absent ? 2 + random.nextInt(3) : 1;
        if (random.nextInt(rows) < jumps) {
          hour += JUMPS[random.nextInt(JUMPS.length)] - 1;
          missingFor = random.nextInt(8) - 3;
        }
      }
    }
  }

  static String name(int series) {
    return "store" + (char) ('A' + series);
  }

  Frame frame() {
    return Frame.rows(rows.size())
        .times(rows.stream().mapToLong(row -> row.hour() * HOUR).toArray(), TimeStyle.DATE_TIME)
        .numbers("y", rows.stream().mapToDouble(Row::y).toArray())
        .numbers("x", rows.stream().mapToDouble(Row::x).toArray())
        .text("store", rows.stream().map(row -> name(row.series())).toList())
        .build();
  }

  ForecastTable shuffled(long seed) {
    List<Row> other = new ArrayList<>(rows);
    Collections.shuffle(other, new Random(seed));
    return new ForecastTable(other, series);
  }

  /** The numbers of a column that are there, by hour. */
  NavigableMap<Integer, Double> numbers(int of, boolean target) {
    NavigableMap<Integer, Double> numbers = new TreeMap<>();
    for (Row row : rows) {
      double value = target ? row.y() : row.x();
      if (row.series() == of && !Double.isNaN(value)) {
        numbers.put(row.hour(), value);
      }
    }
    return numbers;
  }

  /** Whether an hour is the commonest distance in each series, clearly. */
  boolean isHourly() {
    for (int s = 0; s < series; s++) {
      int of = s;
      int[] hours =
          rows.stream().filter(r -> r.series() == of).mapToInt(Row::hour).sorted().toArray();
      int one = 0;
      for (int i = 1; i < hours.length; i++) {
        one += hours[i] - hours[i - 1] == 1 ? 1 : 0;
      }
      if (2 * one <= hours.length) {
        return false;
      }
    }
    return true;
  }
}

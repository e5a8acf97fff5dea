package dev.lanewise.properties;

import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One series of a {@link ForecastTable} by the hour: which hours are used, what their numbers are,
 * and in which of them a window ends. Nothing of it is counted in rows.
 */
final class PlainSeries {
  private static final int LONGEST = 100;

  private final ForecastPlan plan;
  private final NavigableMap<Integer, Double> y;
  private final NavigableMap<Integer, Double> x;
  private final List<Integer> used = new ArrayList<>();
  private final int split;

  PlainSeries(ForecastTable table, int series, ForecastPlan plan) {
    this.plan = plan;
    this.y = table.numbers(series, true);
    this.x = new TreeMap<>();
    if (!y.isEmpty()) {
      x.putAll(table.numbers(series, false).headMap(y.lastKey(), true));
    }
    if (!x.isEmpty()) {
      for (int hour = Math.max(y.firstKey(), x.firstKey()); hour <= y.lastKey(); hour++) {
        if (isUsed(y, hour) && isUsed(x, hour)) {
          used.add(hour);
        }
      }
    }
    this.split =
        !used.isEmpty() && trained() < used.size() ? used.get(trained()) : Integer.MAX_VALUE;
  }

  private boolean isUsed(NavigableMap<Integer, Double> numbers, int hour) {
    Integer next = numbers.ceilingKey(hour);
    int after = next == null ? y.lastKey() + 1 : next;
    boolean dropped = plan.fill() == Fill.DROP && !numbers.containsKey(hour);
    return !dropped && after - numbers.floorKey(hour) - 1 <= LONGEST;
  }

  int trained() {
    int rows = used.size();
    return plan.held() == 0 ? rows : rows - (int) Math.max(1, Math.round(rows * plan.held()));
  }

  /** Whether it has rows enough to be trained on. */
  boolean isLongEnough() {
    return trained() >= plan.lookBack() + plan.last();
  }

  boolean isMeasured(int hour) {
    return y.containsKey(hour) && x.containsKey(hour);
  }

  /** The hours in which windows end whose steps are all before the split, or all after it. */
  List<Integer> ends(boolean held) {
    List<Integer> ends = new ArrayList<>();
    for (int hour : used) {
      boolean whole = true;
      for (int at = hour - plan.lookBack() + 1; at <= hour + plan.last(); at++) {
        whole &= used.contains(at);
      }
      boolean known = plan.fill() == Fill.FORWARD || isMeasured(hour);
      for (int at = hour + plan.first(); at <= hour + plan.last(); at++) {
        known &= plan.fill() == Fill.FORWARD || isMeasured(at);
        known &= held == at >= split;
      }
      if (whole && known) {
        ends.add(hour);
      }
    }
    return ends;
  }

  double y(int hour) {
    return value(y, hour);
  }

  double x(int hour) {
    return value(x, hour);
  }

  private double value(NavigableMap<Integer, Double> numbers, int hour) {
    int before = numbers.floorKey(hour);
    Integer after = numbers.ceilingKey(hour);
    boolean overSplit = after != null && before + 1 < split && after >= split;
    if (before == hour || plan.fill() != Fill.INTERPOLATE || after == null || overSplit) {
      return numbers.get(before);
    }
    double part = (hour - before) / (double) (after - before);
    return (1 - part) * numbers.get(before) + part * numbers.get(after);
  }

  private double g(int hour) {
    return plan.change().log() ? Math.log(y(hour)) : y(hour);
  }

  /** The change from hour to hour. */
  double seen(int hour) {
    Change change = plan.change();
    int m = change.season();
    double overSeason = g(hour) - (m == 0 ? 0 : g(hour - m));
    if (!change.last()) {
      return overSeason;
    }
    return overSeason - (g(hour - 1) - (m == 0 ? 0 : g(hour - 1 - m)));
  }

  /** What is to be learned of the hour so many after another. */
  double learned(int hour, int step) {
    int m = plan.change().season();
    double now = g(hour + step);
    if (m == 0) {
      return plan.change().last() ? now - g(hour) : now;
    }
    int seasons = 1;
    while (hour + step - seasons * m > hour) {
      seasons++;
    }
    double overSeasons = now - g(hour + step - seasons * m);
    return plan.change().last() ? overSeasons - seasons * (g(hour) - g(hour - m)) : overSeasons;
  }
}

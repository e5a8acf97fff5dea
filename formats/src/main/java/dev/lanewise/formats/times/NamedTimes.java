package dev.lanewise.formats.times;

import dev.lanewise.lstm.data.TimeStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times of columns that were named, so that no name and no order need hint at them. */
public final class NamedTimes {
  /** Of a sample: what is less is understood as nothing. */
  private static final double ANY = 0;

  private NamedTimes() {}

  /** What most cells of a column are; empty where none is a time. */
  public static Optional<ReadTimes> read(List<String> cells) {
    Optional<ReadTimes> best = WrittenTimes.read(cells, ANY);
    best = ReadTimes.more(best, NumberTimes.read(cells, ANY, CompactDates.ALL));
    best = ReadTimes.more(best, NumberTimes.read(cells, ANY, EpochTimes.ALL));
    best = ReadTimes.more(best, NumberTimes.read(cells, ANY, YearTimes.ALL));
    best = ReadTimes.more(best, DecimalYears.read(cells, ANY));
    return best.map(times -> times.style() == TimeStyle.CLOCK ? times.counted() : times);
  }

  /** What several columns are, put together; empty where they do not make a time. */
  public static Optional<ReadTimes> read(List<List<String>> cells, List<String> names) {
    List<List<String>> parts = new ArrayList<>();
    List<String> called = new ArrayList<>();
    ReadTimes days = null;
    ReadTimes clock = null;
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Optional<ReadTimes> written =
          WrittenTimes.read(cells.get(i), ANY).filter(ReadTimes::suffices);
      Optional<ReadTimes> whole =
          written.isPresent()
              ? written
              : NumberTimes.read(cells.get(i), ANY, CompactDates.ALL).filter(ReadTimes::suffices);
      if (whole.isEmpty()) {
        rest.add(i);
      } else if (whole.get().style() == TimeStyle.CLOCK && clock == null) {
        clock = whole.get();
      } else if (whole.get().areDays() && days == null) {
        days = whole.get();
      } else {
        return Optional.empty();
      }
    }
    for (DatePart part : days == null ? List.of(DatePart.values()) : DatePart.OF_DAY) {
      int column = column(part, rest, cells, names);
      if (column < 0) {
        break;
      }
      rest.removeIf(other -> other == column);
      parts.add(cells.get(column));
      called.add(names.get(column));
    }
    if (!rest.isEmpty()) {
      return Optional.empty();
    }
    return join(days, clock, parts, called);
  }

  private static Optional<ReadTimes> join(
      @Nullable ReadTimes days,
      @Nullable ReadTimes clock,
      List<List<String>> parts,
      List<String> called) {
    if (days == null) {
      if (parts.isEmpty() || (clock != null && parts.size() != 3)) {
        return Optional.empty();
      }
      ReadTimes read = DateParts.read(parts, called);
      return Optional.of(clock == null ? read : JointTimes.withClock(read, clock));
    }
    if (clock != null) {
      return parts.isEmpty() ? Optional.of(JointTimes.withClock(days, clock)) : Optional.empty();
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(JointTimes.withHours(days, parts));
  }

  /** The column that is named as a part; else the first whose name says no part and that fits. */
  private static int column(
      DatePart part, List<Integer> rest, List<List<String>> cells, List<String> names) {
    for (int column : rest) {
      if (part.isNamed(names.get(column)) && part.isMost(cells.get(column))) {
        return column;
      }
    }
    for (int column : rest) {
      if (!isNamed(names.get(column)) && part.isMost(cells.get(column))) {
        return column;
      }
    }
    return -1;
  }

  private static boolean isNamed(String name) {
    for (DatePart part : DatePart.values()) {
      if (part.isNamed(name)) {
        return true;
      }
    }
    return false;
  }
}

package dev.lanewise.formats.times;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds the columns of a table that say when each row was. */
public final class TimeSearch {
  private final List<String> names;
  private final Function<String, List<String>> table;
  private final Map<Integer, List<String>> cells = new HashMap<>();
  private final List<TimeCandidate> candidates = new ArrayList<>();
  private final List<TimeCandidate> clocks = new ArrayList<>();

  private TimeSearch(List<String> names, Function<String, List<String>> table) {
    this.names = names;
    this.table = table;
  }

  /**
   * The best candidate; open where its order of day and month is, and there is no other as good.
   *
   * @param names of the columns
   * @param table the cells of a column, by its name
   */
  public static Optional<TimeCandidate> best(
      List<String> names, Function<String, List<String>> table) {
    TimeSearch search = new TimeSearch(names, table);
    search.singles();
    search.parts();
    search.joints();
    return search.choose();
  }

  private List<String> cells(int column) {
    return cells.computeIfAbsent(column, at -> table.apply(name(at)));
  }

  private String name(int column) {
    return names.get(column);
  }

  private boolean isAskable(int column) {
    return Collections.frequency(names, name(column)) == 1;
  }

  private void singles() {
    for (int column = 0; column < names.size(); column++) {
      if (!isAskable(column)) {
        continue;
      }
      List<String> text = table.apply(name(column));
      Optional<TimeCandidate> found = TimeColumn.candidate(column, name(column), text);
      found.ifPresent(
          candidate ->
              (candidate.tier() == TimeCandidate.CLOCKS ? clocks : candidates).add(candidate));
    }
  }

  /** The column that is a part of a date, by its name and by its cells; -1 where there is none. */
  private int part(DatePart part) {
    for (int column = 0; column < names.size(); column++) {
      if (isAskable(column) && part.isNamed(name(column)) && part.isMost(cells(column))) {
        return column;
      }
    }
    return -1;
  }

  private List<Integer> chain(DatePart first) {
    List<Integer> chain = new ArrayList<>();
    for (DatePart part : DatePart.values()) {
      if (part.compareTo(first) >= 0) {
        int column = part(part);
        if (column < 0) {
          break;
        }
        chain.add(column);
      }
    }
    return chain;
  }

  private List<List<String>> columns(List<Integer> at) {
    return at.stream().map(this::cells).toList();
  }

  private void parts() {
    List<Integer> chain = chain(DatePart.YEAR);
    if (chain.size() < 2) {
      return;
    }
    List<String> chained = chain.stream().map(this::name).toList();
    ReadTimes times = DateParts.read(columns(chain), chained);
    if (times.suffices()) {
      candidates.removeIf(year -> year.columns().equals(chain.subList(0, 1))); // it says less
      candidates.add(TimeCandidate.of(chain, times, TimeCandidate.DATES, true));
    }
  }

  /** Days that repeat, with the hours or the times of day beside them. */
  private void joints() {
    List<TimeCandidate> days =
        candidates.stream()
            .filter(candidate -> candidate.times().areDays())
            .filter(candidate -> candidate.repeats() > 0)
            .toList();
    if (days.isEmpty()) {
      return;
    }
    List<Integer> hours = chain(DatePart.HOUR);
    for (TimeCandidate day : days) {
      for (TimeCandidate clock : clocks) {
        if (TimeNames.hintClock(name(clock.columns().getFirst()))) {
          joint(day, clock.columns(), JointTimes.withClock(day.times(), clock.times()));
        }
      }
      if (!hours.isEmpty()) {
        joint(day, hours, JointTimes.withHours(day.times(), columns(hours)));
      }
    }
  }

  private void joint(TimeCandidate day, List<Integer> more, ReadTimes times) {
    List<Integer> all = new ArrayList<>(day.columns());
    all.addAll(more);
    TimeCandidate joint = TimeCandidate.of(all, times, TimeCandidate.DATES, true);
    if (times.suffices() && joint.repeats() < day.repeats()) {
      candidates.add(joint);
    }
  }

  private Optional<TimeCandidate> choose() {
    Optional<TimeCandidate> best = candidates.stream().min(TimeCandidate.BEST);
    if (best.isEmpty()) {
      return clocks.stream().filter(this::isRunning).min(TimeCandidate.BEST).map(this::counted);
    }
    return best.get().isOpen()
        ? candidates.stream()
            .filter(other -> !other.isOpen() && other.repeats() <= best.get().repeats())
            .min(TimeCandidate.BEST)
            .or(() -> best)
        : best;
  }

  private boolean isRunning(TimeCandidate clock) {
    return TimeNames.hintClock(name(clock.columns().getFirst()))
        && ClockTimes.run(clock.times().millis());
  }

  private TimeCandidate counted(TimeCandidate clock) {
    return TimeCandidate.of(
        clock.columns(), clock.times().counted(), TimeCandidate.CLOCKS, clock.hinted());
  }
}

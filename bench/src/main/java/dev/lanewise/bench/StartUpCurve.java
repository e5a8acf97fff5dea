package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What a call takes while a process grows warm: the first one, then the median of the calls that
 * ended within each tenth of a decade since {@code main}.
 *
 * @param firstMillis from main to the first answer
 * @param firstMicros of the first call
 * @param micros of the later calls, by the tenth: 20 is 100 ms, 30 is a second
 */
record StartUpCurve(double firstMillis, double firstMicros, NavigableMap<Integer, Double> micros) {
  /** What its line begins with. */
  static final String MARK = "first-curve";

  private static final int TENTHS = 10;

  /**
   * Of one process.
   *
   * @param ends nanoseconds from main to the end of each call
   * @param took nanoseconds of each call
   * @param calls how many there are
   */
  static StartUpCurve of(long[] ends, double[] took, int calls) {
    NavigableMap<Integer, Double> micros = new TreeMap<>();
    int from = 1;
    for (int i = 2; i <= calls; i++) {
      if (i == calls || tenth(ends[i]) != tenth(ends[from])) {
        micros.put(tenth(ends[from]), Timing.median(Arrays.copyOfRange(took, from, i)) / 1e3);
        from = i;
      }
    }
    return new StartUpCurve(ends[0] / 1e6, took[0] / 1e3, micros);
  }

  private static int tenth(long nanos) {
    return (int) Math.round(TENTHS * Math.log10(nanos / 1e6));
  }

  /** Milliseconds since main, in the middle of a tenth. */
  static double millis(int tenth) {
    return Math.pow(10, (double) tenth / TENTHS);
  }

  /**
   * Of several processes: the median of those that had a call in a tenth, where half of them had.
   */
  static StartUpCurve median(List<StartUpCurve> processes) {
    NavigableMap<Integer, List<Double>> all = new TreeMap<>();
    processes.forEach(
        one ->
            one.micros.forEach(
                (tenth, us) -> all.computeIfAbsent(tenth, _ -> new ArrayList<>()).add(us)));
    NavigableMap<Integer, Double> median = new TreeMap<>();
    all.forEach(
        (tenth, us) -> {
          if (2 * us.size() >= processes.size()) {
            median.put(tenth, median(us.stream().mapToDouble(Double::doubleValue)));
          }
        });
    return new StartUpCurve(
        median(processes.stream().mapToDouble(StartUpCurve::firstMillis)),
        median(processes.stream().mapToDouble(StartUpCurve::firstMicros)),
        median);
  }

  private static double median(DoubleStream values) {
    return Timing.median(values.toArray());
  }

  /** As one line, for the process that asked. */
  String line() {
    return String.format(Locale.ROOT, "%s %.3f %.3f", MARK, firstMillis, firstMicros)
        + micros.entrySet().stream()
            .map(each -> String.format(Locale.ROOT, " %d:%.3f", each.getKey(), each.getValue()))
            .collect(Collectors.joining());
  }

  /** From what a process printed. */
  static StartUpCurve read(List<String> printed) {
    String line =
        printed.stream()
            .filter(each -> each.startsWith(MARK + " "))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no curve in " + printed));
    NavigableMap<Integer, Double> micros = new TreeMap<>();
    String[] parts = line.split(" ");
    for (String pair : Arrays.asList(parts).subList(3, parts.length)) {
      int colon = pair.indexOf(':');
      micros.put(
          Integer.parseInt(pair.substring(0, colon)),
          Double.parseDouble(pair.substring(colon + 1)));
    }
    return new StartUpCurve(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), micros);
  }
}

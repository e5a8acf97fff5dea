package dev.lanewise.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The numbers of a chart as JSON, rounded to what can be seen. No text of the caller's is in it,
 * save literals of the date pattern.
 */
final class ChartData {
  /** Parts of what an axis spans that a number is rounded to, as a power of ten. */
  private static final int DIGITS = 4;

  private final StringBuilder json = new StringBuilder("{");

  /** A chart of a kind that the page's script knows. */
  ChartData(String kind) {
    text("kind", kind);
  }

  ChartData text(String key, String value) {
    key(key).append('"').append(escaped(value)).append('"');
    return this;
  }

  ChartData number(String key, long value) {
    key(key).append(value);
    return this;
  }

  /** Where the points stand: whole numbers, as the first and the steps to the next. */
  ChartData at(double[] at) {
    long[] steps = new long[at.length];
    long before = 0;
    for (int i = 0; i < at.length; i++) {
      long here = Math.round(at[i]);
      steps[i] = here - before;
      before = here;
    }
    key("first").append(at.length == 0 ? 0 : steps[0]);
    number("count", at.length);
    boolean even = Arrays.stream(steps).skip(1).allMatch(step -> step == steps[1]);
    if (even) {
      return number("step", at.length > 1 ? steps[1] : 1);
    }
    key("steps").append('[');
    for (int i = 1; i < steps.length; i++) {
      json.append(i == 1 ? "" : ",").append(steps[i]);
    }
    json.append(']');
    return this;
  }

  /** The lines and their look. */
  ChartData lines(List<Line> lines, Function<Line, double[]> numbers) {
    int decimals = decimals(lines.stream().map(numbers).toList());
    key("lines").append('[');
    for (Line line : lines) {
      json.append(line == lines.getFirst() ? "" : ",");
      ChartData one = new ChartData(line.name());
      one.text("label", line.label());
      one.key("width").append(line.width());
      one.key("dash").append(Arrays.toString(line.dash()));
      one.key("y").append('[');
      double[] y = numbers.apply(line);
      for (int i = 0; i < y.length; i++) {
        one.json.append(i == 0 ? "" : ",").append(rounded(y[i], decimals));
      }
      json.append(one.json).append("]}");
    }
    json.append(']');
    return this;
  }

  /** How many digits after the point can be told apart; never less than 0. */
  private static int decimals(List<double[]> lines) {
    Scale scale = Scale.of(lines);
    return Math.max(0, DIGITS - (int) Math.floor(Math.log10(scale.to() - scale.from())));
  }

  private static String rounded(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "null";
    }
    BigDecimal number =
        BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros();
    String plain = number.toPlainString();
    String scientific = number.toString().replace("E+", "E");
    return plain.length() <= scientific.length() ? plain : scientific;
  }

  private StringBuilder key(String key) {
    return json.append(json.length() > 1 ? "," : "").append('"').append(key).append("\":");
  }

  /** Ends no script, whatever the text. */
  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= ' ' && c < 127 && "\"\\<>&".indexOf(c) < 0;
      safe.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
    return safe.toString();
  }

  @Override
  public String toString() {
    return json + "}";
  }
}

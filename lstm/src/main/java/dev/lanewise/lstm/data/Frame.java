package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table of numbers and text, a row a time: what a {@link Forecaster} learns from.
 *
 * <pre>{@code
 * Frame frame = Frame.rows(3)
 *     .times(days, TimeStyle.DATE)
 *     .numbers("sales", new double[] {3, Double.NaN, 5})  // NaN: missing
 *     .text("weather", List.of("sun", "", "rain"))        // empty: missing
 *     .build();
 * }</pre>
 *
 * <p>Rows may be in any order where they have times, and of several series. Immutable; may be used
 * by any number of threads.
 */
public final class Frame {
  private final int rows;
  private final Map<String, double[]> numbers;
  private final Map<String, List<String>> texts;
  private final long @Nullable [] times;
  private final @Nullable TimeStyle style;

  private Frame(Builder builder) {
    this.rows = builder.rows;
    this.numbers = new LinkedHashMap<>(builder.numbers);
    this.texts = new LinkedHashMap<>(builder.texts);
    this.times = builder.times;
    this.style = builder.style;
  }

  /**
   * Begins a frame of so many rows.
   *
   * @param rows how many, 0 or more
   * @return a builder without columns
   * @throws IllegalArgumentException when it is negative
   */
  public static Builder rows(int rows) {
    if (rows < 0) {
      throw ForecastErrors.negativeRows(rows);
    }
    return new Builder(rows);
  }

  /**
   * How many rows there are.
   *
   * @return 0 or more
   */
  public int rows() {
    return rows;
  }

  /**
   * The columns of numbers.
   *
   * @return their names, in the order that they were given
   */
  public List<String> numberColumns() {
    return List.copyOf(numbers.keySet());
  }

  /**
   * The columns of text.
   *
   * @return their names, in the order that they were given
   */
  public List<String> textColumns() {
    return List.copyOf(texts.keySet());
  }

  /**
   * Whether there is a column of text of that name.
   *
   * @param column its name
   * @return false for numbers and for no column
   */
  public boolean isText(String column) {
    return texts.containsKey(column);
  }

  /**
   * A column of numbers.
   *
   * @param column its name
   * @return a copy, a number a row, NaN where it is missing
   * @throws IllegalArgumentException when there is no such column of numbers
   */
  public double[] numbers(String column) {
    return values(column).clone();
  }

  /** That of {@link #numbers}, not copied. */
  double[] values(String column) {
    double[] values = numbers.get(column);
    if (values == null) {
      throw ForecastErrors.noColumn(column, "numbers", numberColumns());
    }
    return values;
  }

  /**
   * A column of text.
   *
   * @param column its name
   * @return a text a row, empty where it is missing
   * @throws IllegalArgumentException when there is no such column of text
   */
  public List<String> text(String column) {
    List<String> text = texts.get(column);
    if (text == null) {
      throw ForecastErrors.noColumn(column, "text", textColumns());
    }
    return text;
  }

  /**
   * Whether each row has a time.
   *
   * @return true where {@link Builder#times} was called
   */
  public boolean isTimed() {
    return times != null;
  }

  /**
   * How the times are written.
   *
   * @return empty where the rows have none
   */
  public Optional<TimeStyle> style() {
    return Optional.ofNullable(style);
  }

  /**
   * When a row was.
   *
   * @param row counted from 0
   * @return milliseconds since 1970, as {@link TimeStyle} has them
   * @throws IllegalStateException when the rows have no times
   */
  public long time(int row) {
    if (times == null) {
      throw new IllegalStateException(
          "Frame: the rows have no times; call times(..) on the builder");
    }
    return times[row];
  }

  /** Collects the columns. Not thread-safe. */
  public static final class Builder {
    private final int rows;
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, List<String>> texts = new LinkedHashMap<>();
    private long @Nullable [] times;
    private @Nullable TimeStyle style;

    private Builder(int rows) {
      this.rows = rows;
    }

    /**
     * Adds a column of numbers.
     *
     * @param name of the column
     * @param values a number a row, NaN where it is missing. Copied
     * @return this builder
     * @throws IllegalArgumentException when there are more or fewer values than rows, one is
     *     infinite, or the name is taken
     */
    public Builder numbers(String name, double[] values) {
      check(name, values.length);
      for (int row = 0; row < rows; row++) {
        if (Double.isInfinite(values[row])) {
          throw ForecastErrors.infinite(name, row, values[row]);
        }
      }
      numbers.put(name, values.clone());
      return this;
    }

    /**
     * Adds a column of text.
     *
     * @param name of the column
     * @param values a text a row, empty where it is missing. Copied
     * @return this builder
     * @throws IllegalArgumentException when there are more or fewer values than rows, or the name
     *     is taken
     */
    public Builder text(String name, List<String> values) {
      check(name, values.size());
      texts.put(name, List.copyOf(values));
      return this;
    }

    /**
     * Says when each row was.
     *
     * @param millis since 1970, one a row. Copied
     * @param style how they are written
     * @return this builder
     * @throws IllegalArgumentException when there are more or fewer than rows
     */
    public Builder times(long[] millis, TimeStyle style) {
      if (millis.length != rows) {
        throw ForecastErrors.columnLength("times", millis.length, rows);
      }
      this.times = millis.clone();
      this.style = style;
      return this;
    }

    private void check(String name, int length) {
      if (length != rows) {
        throw ForecastErrors.columnLength("column \"" + name + "\"", length, rows);
      }
      if (numbers.containsKey(name) || texts.containsKey(name)) {
        List<String> names = new ArrayList<>(numbers.keySet());
        names.addAll(texts.keySet());
        throw ForecastErrors.columnTwice(name, names);
      }
    }

    /**
     * Ends the frame.
     *
     * @return the frame
     */
    public Frame build() {
      return new Frame(this);
    }
  }
}

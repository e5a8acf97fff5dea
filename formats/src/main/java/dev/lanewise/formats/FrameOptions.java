package dev.lanewise.formats;

import java.util.List;
import java.util.Optional;

/**
 * How a table's rows become a frame of a forecaster. Immutable.
 *
 * @param time the columns that say when a row was; empty where they are to be found
 * @param timeFormat a pattern of java.time of them, joined with blanks; empty where it is to be
 *     found
 * @param csv how the table is written
 */
public record FrameOptions(List<String> time, Optional<String> timeFormat, CsvOptions csv) {
  /** Copies the columns. */
  public FrameOptions {
    time = List.copyOf(time);
  }

  /**
   * Everything is found.
   *
   * @return the options
   */
  public static FrameOptions of() {
    return new FrameOptions(List.of(), Optional.empty(), CsvOptions.of());
  }

  /**
   * The settings in words.
   *
   * @return each by its name
   */
  @Override
  public String toString() {
    return "FrameOptions[time="
        + time
        + ", timeFormat="
        + timeFormat.orElse("found")
        + ", csv="
        + csv
        + "]";
  }
}

package dev.lanewise.lstm.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a frame are used, and how their gaps are filled.
 *
 * @param targets the columns forecast
 * @param features the columns forecast from
 * @param series the column that names a row's series; empty where the rows are one series
 * @param fill what becomes of missing numbers
 * @param longest rows of the longest gap that is filled
 */
record Selection(
    List<String> targets, List<String> features, String series, Fill fill, int longest) {

  /** The columns of numbers, each once, the targets first. */
  Set<String> numbers(Frame frame) {
    Set<String> columns = new LinkedHashSet<>(targets);
    features.stream().filter(column -> !frame.isText(column)).forEach(columns::add);
    return columns;
  }

  List<String> texts(Frame frame) {
    return features.stream().filter(frame::isText).toList();
  }
}

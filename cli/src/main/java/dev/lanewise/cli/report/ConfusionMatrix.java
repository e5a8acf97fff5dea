package dev.lanewise.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each: a row for each class wanted, a column for each
 * predicted. Immutable.
 */
public final class ConfusionMatrix {
  private static final String WANTED = "wanted \\ predicted";
  private static final String TOTAL = "total";
  private static final String RECALL = "recall";
  private static final String PRECISION = "precision";
  private static final String NONE = "-";

  private final List<String> labels;

  /** (wanted, predicted). */
  private final int[][] counts;

  private ConfusionMatrix(List<String> labels, int[][] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /**
   * Counts.
   *
   * @param wanted the true class of each sample, an index of {@code labels}. Not modified
   * @param predicted the class that each was taken for, as many. Not modified
   * @param labels of the classes, one at least
   * @throws IllegalArgumentException when there are no labels, the lengths differ, or a class has
   *     no label
   */
  public static ConfusionMatrix of(int[] wanted, int[] predicted, List<String> labels) {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: expected a label for each class, got none");
    }
    if (wanted.length != predicted.length) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: expected a class predicted for each wanted, got "
              + predicted.length
              + " for "
              + wanted.length);
    }
    int[][] counts = new int[labels.size()][labels.size()];
    for (int i = 0; i < wanted.length; i++) {
      check("wanted", wanted[i], i, labels);
      check("predicted", predicted[i], i, labels);
      counts[wanted[i]][predicted[i]]++;
    }
    return new ConfusionMatrix(List.copyOf(labels), counts);
  }

  private static void check(String which, int index, int at, List<String> labels) {
    if (index < 0 || index >= labels.size()) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: "
              + which
              + "["
              + at
              + "] is class "
              + index
              + ", but there are "
              + labels.size()
              + " labels: 0 to "
              + (labels.size() - 1));
    }
  }

  List<String> labels() {
    return labels;
  }

  int count(int wanted, int predicted) {
    return counts[wanted][predicted];
  }

  /** Samples of a class. */
  int wanted(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  /** Samples taken for a class. */
  int predicted(int label) {
    return Arrays.stream(counts).mapToInt(row -> row[label]).sum();
  }

  /** Samples in all. */
  public int samples() {
    return IntStream.range(0, labels.size()).map(this::wanted).sum();
  }

  /** The part of the samples that were taken for what they are; NaN without samples. */
  public double accuracy() {
    int right = IntStream.range(0, labels.size()).map(i -> counts[i][i]).sum();
    return (double) right / samples();
  }

  /** The part of a class that was taken for it; NaN where nothing is of that class. */
  double recall(int label) {
    return (double) counts[label][label] / wanted(label);
  }

  /** The part of what was taken for a class that is of it; NaN where nothing was. */
  double precision(int label) {
    return (double) counts[label][label] / predicted(label);
  }

  /**
   * As lines of text whose columns stand below one another: the counts, how many there are of each
   * class, the part of a class that was found (recall), and the part of what was taken for a class
   * that is of it (precision). The last line ends with the accuracy. {@code -} where there is
   * nothing to divide by.
   */
  public String text() {
    int classes = labels.size();
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(WANTED));
    head.addAll(labels);
    head.addAll(List.of(TOTAL, RECALL));
    lines.add(head);
    for (int i = 0; i < classes; i++) {
      List<String> line = new ArrayList<>(List.of(labels.get(i)));
      Arrays.stream(counts[i]).mapToObj(Integer::toString).forEach(line::add);
      line.addAll(List.of(Integer.toString(wanted(i)), part(recall(i))));
      lines.add(line);
    }
    lines.add(last(TOTAL, i -> Integer.toString(predicted(i)), Integer.toString(samples())));
    lines.add(last(PRECISION, i -> part(precision(i)), part(accuracy())));
    return aligned(lines);
  }

  /** A line below the classes: something of each, and of all. */
  private List<String> last(String name, IntFunction<String> of, String all) {
    List<String> line = new ArrayList<>(List.of(name));
    IntStream.range(0, labels.size()).mapToObj(of).forEach(line::add);
    line.addAll(List.of(all, ""));
    return line;
  }

  static String part(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String aligned(List<List<String>> lines) {
    int[] widths =
        IntStream.range(0, lines.getFirst().size())
            .map(i -> lines.stream().mapToInt(line -> width(line.get(i))).max().orElseThrow())
            .toArray();
    return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String room = " ".repeat(widths[i] - width(cells.get(i)));
      line.append(i == 0 ? cells.get(i) + room : "  " + room + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  /** A letter outside the first plane is one. */
  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}

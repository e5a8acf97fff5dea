package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * A table whose rows are sequences, each of a class.
 *
 * @param column that says the class
 * @param classes their names, numbers by size and words by letters
 * @param features the columns that a sequence is made of
 * @param labels of each row, an index of {@code classes}
 * @param x (rows, steps, features)
 * @param train rows to learn from, shuffled
 * @param test rows held back, in the order of the table
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClassTable(
    String column,
    List<String> classes,
    List<String> features,
    int[] labels,
    Tensor x,
    int[] train,
    int[] test) {
  private static final int MOST_CLASSES = 1000;
  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  static ClassTable of(
      CsvTable table, ClassifyOptions options, List<String> wanted, long seed, String about) {
    String column = options.column(table.columns());
    if (!table.columns().contains(column)) {
      throw new InputException(
          "--classify "
              + column
              + ": "
              + about
              + " has no such column, it has "
              + CsvLine.join(table.columns()));
    }
    List<String> features =
        wanted.isEmpty()
            ? table.columns().stream().filter(each -> !each.equals(column)).toList()
            : wanted;
    List<String> text = table.text(column);
    List<String> classes = classes(text, column);
    int[] labels = text.stream().mapToInt(classes::indexOf).toArray();
    Tensor numbers = table.numbers(features); // says which cell is none
    int steps = options.steps() == 0 ? features.size() : options.steps();
    if (features.size() % steps != 0) {
      throw new InputException(
          "--steps "
              + steps
              + ": a row has "
              + features.size()
              + " features, which "
              + steps
              + " steps of as many each do not divide");
    }
    Tensor x = numbers.reshape(numbers.dim(0), steps, features.size() / steps);
    return split(column, classes, features, labels, x, options.test(), seed);
  }

  private static List<String> classes(List<String> text, String column) {
    TreeMap<String, Boolean> found = new TreeMap<>(order(text));
    for (int row = 0; row < text.size(); row++) {
      if (text.get(row).isBlank()) {
        throw new InputException(
            "--classify "
                + column
                + ": row "
                + (row + 1)
                + " has no class: fill it in or leave it out");
      }
      found.put(text.get(row), true);
    }
    if (found.size() < 2 || found.size() > MOST_CLASSES) {
      throw new InputException(
          "--classify "
              + column
              + ": the column has "
              + (found.size() == 1 ? "one value" : found.size() + " different values")
              + ", expected 2 to "
              + MOST_CLASSES
              + " classes; a number is forecast by --target");
    }
    return List.copyOf(found.keySet());
  }

  private static Comparator<String> order(List<String> text) {
    boolean whole = text.stream().allMatch(each -> each.matches("-?[0-9]{1,9}"));
    return whole
        ? Comparator.<String>comparingInt(Integer::parseInt)
            .thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
  }

  /** Holds the same part of each class back. */
  private static ClassTable split(
      String column,
      List<String> classes,
      List<String> features,
      int[] labels,
      Tensor x,
      double part,
      long seed) {
    RandomGenerator random = Objects.requireNonNull(RANDOM).create(seed);
    int[] order = shuffled(labels.length, random);
    int[] left = new int[classes.size()]; // of each class, to hold back
    for (int label = 0; label < left.length; label++) {
      int own = label;
      long count = IntStream.of(labels).filter(each -> each == own).count();
      left[label] = Math.clamp(Math.round(count * part), count > 1 ? 1 : 0, (int) count - 1);
    }
    List<Integer> train = new ArrayList<>();
    List<Integer> test = new ArrayList<>();
    for (int row : order) {
      (left[labels[row]]-- > 0 ? test : train).add(row);
    }
    if (test.isEmpty()) {
      throw new InputException("--classify: each class has one row, so that none can be held back");
    }
    int[] tested = test.stream().mapToInt(Integer::intValue).sorted().toArray();
    int[] trained = train.stream().mapToInt(Integer::intValue).toArray();
    return new ClassTable(column, classes, features, labels, x, trained, tested);
  }

  private static int[] shuffled(int count, RandomGenerator random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  /** The sequences of some rows. */
  Tensor x(int[] rows) {
    return x.gather(0, rows);
  }

  /** The classes of some rows, as numbers. */
  Tensor y(int[] rows) {
    Tensor taken = Tensor.zeros(rows.length);
    for (int i = 0; i < rows.length; i++) {
      taken.set(labels[rows[i]], i);
    }
    return taken;
  }

  int[] labels(int[] rows) {
    return IntStream.of(rows).map(row -> labels[row]).toArray();
  }
}

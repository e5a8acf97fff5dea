package dev.lanewise.cli;

import dev.lanewise.cli.report.ConfusionMatrix;
import dev.lanewise.cli.report.ConfusionPicture;
import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Labels;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.MinMaxScaling;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Learns the class of each row of a table: {@code train --classify}. */
final class Classification {
  private static final String MODEL = "model.safetensors";
  private static final String HISTORY = "history.csv";
  private static final String PREDICTIONS = "predictions.csv";
  private static final String PICTURE = "confusion.png";
  private static final int MOST_SHOWN = 12;

  private final ClassTable table;
  private final TrainingOptions training;
  private final LearningOptions learning;
  private final CommandSpec spec;
  private final OutputDirectory directory;

  Classification(ClassTable table, TrainingOptions training, CommandSpec spec, Path out) {
    this.table = table;
    this.training = training;
    this.learning = training.learning();
    this.spec = spec;
    List<String> names = List.of(MODEL, HISTORY, PREDICTIONS, PICTURE);
    this.directory = OutputDirectory.open(out, names);
    FormerRun.warn(out, names);
  }

  /** What it reads, learns and finds, in lines. */
  void run() {
    Ids ids = training.readsIds() ? Ids.of(table) : null;
    Tensor trainX = x(table.train(), ids);
    Sequential network = network(trainX, ids);
    reading(ids).forEach(System.out::println);
    network.compile(
        learning.optimizer(trainX.dim(0)), Loss.SPARSE_CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    Tensor testX = x(table.test(), ids);
    NetworkTraining run = new NetworkTraining(learning, spec);
    FitOptions.Builder fit = run.measuring(testX, table.y(table.test()));
    History history = run.run(network, trainX, table.y(table.train()), fit);
    Tensor shares = network.predict(testX);
    int[] predicted = Labels.largest(shares).toIntArray();
    ConfusionMatrix matrix =
        ConfusionMatrix.of(table.labels(table.test()), predicted, table.classes());
    directory.write(files(network, history, shares, predicted, matrix));
    System.out.println(network.summary());
    run.lines().forEach(System.out::println);
    System.out.println(matrix.text());
    System.out.println(outcome(matrix));
  }

  /** The sequences of some rows: (rows, steps, features), or (rows, steps) of ids. */
  private Tensor x(int[] rows, @Nullable Ids ids) {
    Tensor x = table.x(rows);
    return ids == null ? x : x.reshape(rows.length, ids.steps());
  }

  private Sequential network(Tensor trainX, @Nullable Ids ids) {
    List<Layer> layers = training.classifier(table.classes().size(), ids);
    if (ids != null) {
      return Sequential.of(layers).build(learning.seed());
    }
    List<Layer> all = new ArrayList<>();
    all.add(MinMaxScaling.fit(trainX).normalization()); // so that it takes the table's own numbers
    all.addAll(layers);
    return Sequential.of(all).build((int) trainX.dim(1), (int) trainX.dim(2), learning.seed());
  }

  private List<String> reading(@Nullable Ids ids) {
    List<String> classes = table.classes();
    List<String> shown = classes.subList(0, Math.min(classes.size(), MOST_SHOWN));
    return List.of(
        classes.size()
            + " classes: "
            + CsvLine.join(shown)
            + (shown.size() < classes.size() ? ",.." : ""),
        table.labels().length
            + " rows, each a sequence of "
            + table.x().dim(1)
            + (ids == null
                ? " steps of " + table.x().dim(2) + " features; "
                : " ids below " + ids.vocabulary() + "; ")
            + table.test().length
            + " held back");
  }

  private Map<String, AtomicFile.Contents> files(
      Sequential network, History history, Tensor shares, int[] predicted, ConfusionMatrix matrix) {
    Map<String, String> metadata =
        new Classes(
                table.column(),
                table.classes(),
                table.features(),
                Math.toIntExact(table.x().dim(1)))
            .metadata();
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(MODEL, ModelFile.contents(network, metadata));
    files.put(HISTORY, history(history).contents());
    files.put(PREDICTIONS, predictions(shares, predicted).contents());
    files.put(PICTURE, ConfusionPicture.of("Classes of the rows held back", matrix));
    return files;
  }

  private static CsvTable history(History history) {
    double[][] columns = {
      history.loss(),
      history.metric(Metric.ACCURACY),
      history.validationLoss(),
      history.validationMetric(Metric.ACCURACY)
    };
    List<List<String>> rows = new ArrayList<>();
    for (int epoch = 0; epoch < columns[0].length; epoch++) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(epoch + 1)));
      for (double[] column : columns) {
        row.add(Double.toString(column[epoch]));
      }
      rows.add(row);
    }
    List<String> names =
        List.of("epoch", "loss", "accuracy", "validation_loss", "validation_accuracy");
    return CsvTable.of(names, rows);
  }

  /** A row for each that was held back. */
  private CsvTable predictions(Tensor shares, int[] predicted) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < predicted.length; i++) {
      int row = table.test()[i];
      rows.add(
          List.of(
              Integer.toString(row + 1),
              table.classes().get(table.labels()[row]),
              table.classes().get(predicted[i]),
              Float.toString(shares.get(i, predicted[i]))));
    }
    return CsvTable.of(List.of("row", "class", "predicted", "probability"), rows);
  }

  private String outcome(ConfusionMatrix matrix) {
    int[] trained = new int[table.classes().size()];
    IntStream.of(table.labels(table.train())).forEach(label -> trained[label]++);
    int most =
        IntStream.range(0, trained.length).reduce(0, (a, b) -> trained[b] > trained[a] ? b : a);
    long same = IntStream.of(table.labels(table.test())).filter(label -> label == most).count();
    return String.format(
        Locale.ROOT,
        "test accuracy %.1f %% of %d rows; always the most frequent class, %s: %.1f %%",
        100 * matrix.accuracy(),
        matrix.samples(),
        table.classes().get(most),
        100.0 * same / matrix.samples());
  }
}

package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Labels;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --classify}. */
class ClassifyTest {
  private static final int ROWS = 240;

  @TempDir private Path directory;
  private Path data = Path.of("");

  /** Six steps of two features: up or down, where the second feature says at which step. */
  @BeforeEach
  void writeTable() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("kind"));
    for (int step = 0; step < 6; step++) {
      head.add("a" + step);
      head.add("b" + step);
    }
    lines.add(String.join(",", head));
    for (int row = 0; row < ROWS; row++) {
      String kind = List.of("up", "down", "still").get(row % 3);
      int marked = random.nextInt(6);
      List<String> cells = new ArrayList<>(List.of(kind));
      for (int step = 0; step < 6; step++) {
        double change =
            step != marked ? random.nextDouble(-1, 1) : row % 3 == 2 ? 0 : 1 - 2 * (row % 3);
        cells.add(String.format("%.3f", 100 + 30 * change));
        cells.add(step == marked ? "1" : "0");
      }
      lines.add(String.join(",", cells));
    }
    data = Files.write(directory.resolve("moves.csv"), lines);
  }

  private Terminal classify(String out, String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--data", data.toString()));
    line.addAll(List.of("--classify", "kind", "--steps", "6"));
    line.addAll(List.of("--out", directory.resolve(out).toString()));
    line.addAll(List.of(more));
    return Terminal.run(line.toArray(String[]::new));
  }

  private static double accuracy(Terminal run) {
    Matcher said = Pattern.compile("test accuracy ([0-9.]+) % of (\\d+) rows").matcher(run.out());
    assertTrue(said.find(), run.out());
    assertEquals("72", said.group(2)); // 24 of each class
    return Double.parseDouble(said.group(1)) / 100;
  }

  private byte[] file(String out, String name) throws IOException {
    return Files.readAllBytes(directory.resolve(out).resolve(name));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void learnsAndSaysHowWell() throws IOException {
    String[] options = {"--epochs", "60", "--lr", "0.01", "--layers", "lstm:24,dense:3:softmax"};
    Terminal run = classify("out", options);
    assertEquals(0, run.exit(), run.err());
    assertTrue(accuracy(run) > 0.9, run.out());
    assertTrue(run.out().contains("3 classes: down,still,up\n"), run.out());
    assertTrue(
        run.out().contains("240 rows, each a sequence of 6 steps of 2 features; 72 held back"),
        run.out());
    assertTrue(
        run.out().contains("wanted \\ predicted   down  still     up  total  recall\n"), run.out());
    assertTrue(run.out().contains("always the most frequent class, down: 33.3 %"), run.out());
    assertEquals(
        List.of("confusion.png", "history.csv", "model.safetensors", "predictions.csv"),
        names(directory.resolve("out")));
    assertEquals(0, classify("again", options).exit());
    for (String name : names(directory.resolve("out"))) {
      assertArrayEquals(file("out", name), file("again", name), name);
    }
  }

  /** The model takes the numbers of the table, and gives what predictions.csv says. */
  @Test
  void leavesAModelThatTakesTheTable() {
    assertEquals(0, classify("out", "--epochs", "3").exit());
    Path out = directory.resolve("out");
    ModelFile model = ModelFile.read(out.resolve("model.safetensors"));
    assertEquals("down,still,up", model.metadata().get("classes"));
    CsvTable table = CsvTable.read(data);
    List<String> features = table.columns().subList(1, 13);
    Tensor x = table.numbers(features).reshape(ROWS, 6, 2);
    int[] predicted = Labels.largest(model.sequential().predict(x)).toIntArray();
    CsvTable said = CsvTable.read(out.resolve("predictions.csv"));
    assertEquals(72, said.rows());
    for (int i = 0; i < 72; i++) {
      int row = Integer.parseInt(said.cell(i, "row")) - 1;
      assertEquals(table.cell(row, "kind"), said.cell(i, "class"));
      assertEquals(List.of("down", "still", "up").get(predicted[row]), said.cell(i, "predicted"));
    }
    Path csv = directory.resolve("said.csv");
    String[] predict = {
      "predict", "--model", "" + out.resolve("model.safetensors"), "--input", "" + data, "--out"
    };
    List<String> line = new ArrayList<>(List.of(predict));
    line.add(csv.toString());
    Terminal run = Terminal.run(line.toArray(String[]::new));
    assertEquals(0, run.exit(), run.err());
    CsvTable named = CsvTable.read(csv);
    assertEquals(List.of("kind", "kind=down", "kind=still", "kind=up"), named.columns());
    for (int row = 0; row < ROWS; row++) {
      assertEquals(List.of("down", "still", "up").get(predicted[row]), named.cell(row, "kind"));
    }
    CsvTable history = CsvTable.read(out.resolve("history.csv"));
    assertEquals(
        List.of("epoch", "loss", "accuracy", "validation_loss", "validation_accuracy"),
        history.columns());
  }

  @Test
  void stopsInTime() {
    Terminal run = classify("out", "--epochs", "300", "--lr", "0.05", "--patience", "3");
    assertEquals(0, run.exit(), run.err());
    assertTrue(
        Pattern.compile(
                "stopped after \\d+ epochs; the weights are those of epoch \\d+, the best on the last"
                    + " fifth of the samples trained on")
            .matcher(run.out())
            .find(),
        run.out());
  }

  @Test
  void goesOnFromACheckpoint() throws IOException {
    String kept = directory.resolve("kept.safetensors").toString();
    assertEquals(0, classify("whole", "--epochs", "5").exit());
    assertEquals(0, classify("first", "--epochs", "2", "--checkpoint", kept).exit());
    Terminal rest = classify("rest", "--epochs", "5", "--checkpoint", kept, "--resume");
    assertEquals(0, rest.exit(), rest.err());
    for (String name : List.of("model.safetensors", "predictions.csv", "confusion.png")) {
      assertArrayEquals(file("whole", name), file("rest", name), name);
    }
    Terminal other =
        classify("x", "--seed", "3", "--epochs", "5", "--checkpoint", kept, "--resume");
    assertEquals(2, other.exit());
    assertTrue(other.err().contains("was made with --seed 0, now 3; other data"), other.err());
    assertTrue(rest.err().isEmpty() || !rest.err().contains("replaced"), rest.err());
    assertTrue(
        classify("rest", "--epochs", "1").err().contains("replaced when the training is done"));
  }

  /** Rows of words as numbers: the class says whether word 3 comes before word 7. */
  private void writeIds(String... cells) throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    List<String> lines = new ArrayList<>(List.of("kind,w1,w2,w3,w4,w5"));
    for (int row = 0; row < ROWS; row++) {
      int first = random.nextInt(2);
      int second = random.nextInt(3, 5);
      int[] words = random.ints(5, 8, 12).toArray();
      words[first] = row % 2 == 0 ? 3 : 7;
      words[second] = row % 2 == 0 ? 7 : 3;
      List<String> line = new ArrayList<>(List.of(row % 2 == 0 ? "before" : "after"));
      IntStream.of(words).forEach(word -> line.add(Integer.toString(word)));
      lines.add(String.join(",", line));
    }
    lines.addAll(List.of(cells));
    data = Files.write(directory.resolve("words.csv"), lines);
  }

  private Terminal learnIds(String... more) {
    List<String> line = new ArrayList<>(List.of("train", "--data", data.toString()));
    line.addAll(List.of("--classify", "kind", "--out", directory.resolve("ids").toString()));
    line.addAll(List.of("--layers", "embedding:6,lstm:12,dense:2:softmax"));
    line.addAll(List.of(more));
    return Terminal.run(line.toArray(String[]::new));
  }

  @Test
  void learnsFromIds() throws IOException {
    writeIds();
    Terminal run = learnIds("--epochs", "30", "--lr", "0.02");
    assertEquals(0, run.exit(), run.err());
    assertEquals(1, accuracy(run), run.out());
    assertTrue(
        run.out().contains("240 rows, each a sequence of 5 ids below 12; 72 held back"), run.out());
    Path csv = directory.resolve("ids.csv");
    String model = directory.resolve("ids").resolve("model.safetensors").toString();
    String[] predict = {"predict", "--model", model, "--input", "" + data, "--out", "" + csv};
    Terminal predicted = Terminal.run(predict);
    assertEquals(0, predicted.exit(), predicted.err());
    assertEquals(CsvTable.read(data).text("kind"), CsvTable.read(csv).text("kind"));
    Files.writeString(data, "w1,w2,w3,w4,w5\n3,7,8,12,9\n");
    Terminal unknown = Terminal.run(predict);
    assertEquals(2, unknown.exit());
    assertTrue(
        unknown.err().contains("index 12 at [0, 3]; vocabulary 12: ids go from 0 to 11"),
        unknown.err());
  }

  @Test
  void refusesWhatIsNoId() throws IOException {
    writeIds("before,3,7,8.5,9,9");
    String expected =
        "--layers embedding:DIM: expected one id a step, a whole number from 0 to 16777215, got ";
    Terminal run = learnIds();
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.err().contains(expected + "8.5 in row 241, column w3; numbers"), run.err());
    writeIds("before,3,7,-1,9,9");
    assertTrue(learnIds().err().contains(expected + "-1.0 in row 241, column w3"));
    writeIds("before,3,7,16777216,9,9");
    assertTrue(learnIds().err().contains(expected + "1.6777216E7 in row 241, column w3"));
    writeIds();
    assertTrue(
        learnIds("--steps", "1")
            .err()
            .contains(expected + "steps of 5 features; leave --steps out"));
  }

  private void refuses(String message, String... more) {
    Terminal run = classify("out", more);
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void refusesWhatDoesNotGoTogether() throws IOException {
    refuses("--window: a forecast takes it, got --classify too", "--window", "3");
    refuses(
        "--loss: got --classify too, which has a loss of its own; leave --loss out",
        "--loss",
        "mae");
    refuses("--target: a forecast takes it, got --classify too", "--target", "a0");
    refuses("--test 1.0: expected a fraction between 0 and 1", "--test", "1");
    refuses(
        "expected a probability for each of the 3 classes at the end; end the list with"
            + " dense:3:softmax",
        "--layers",
        "lstm:4,dense:3");
    refuses("end the list with dense:3:softmax", "--layers", "lstm:4,dense:2:softmax");
    data = Files.writeString(directory.resolve("one.csv"), "kind,a,b\nx,1,2\nx,3,4\n");
    refuses("--classify kind: the column has one value, expected 2 to 1000 classes");
    data = Files.writeString(directory.resolve("odd.csv"), "kind,a,b\nx,1,2\ny,3,4\n");
    refuses("--steps 6: a row has 2 features, which 6 steps of as many each do not divide");
    data = Files.writeString(directory.resolve("other.csv"), "sort,a,b\nx,1,2\ny,3,4\n");
    refuses("has no such column, it has sort,a,b");
    assertTrue(
        Terminal.run("train", "--data", data.toString(), "--out", "o")
            .err()
            .contains("--target: expected the column"),
        "neither");
    assertTrue(
        Terminal.run(
                "train", "--data", data.toString(), "--out", "o", "--target", "a", "--steps", "2")
            .err()
            .contains("--steps: expected --classify COL beside it"),
        "steps alone");
  }
}

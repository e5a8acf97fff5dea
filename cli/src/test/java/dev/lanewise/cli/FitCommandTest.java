package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.CosineDecay;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.EarlyStopping;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitCommandTest {
  @TempDir private Path folder;
  private final Tensor x = random(1, 20, 6, 3);
  private final Tensor y = x.slice(1, 5, 6).slice(2, 0, 1).copy().reshape(20, 1); // to be learned

  private static Tensor random(long seed, int... dims) {
    Random random = new Random(seed);
    long[] all = new long[dims.length];
    int size = 1;
    for (int i = 0; i < dims.length; i++) {
      all[i] = dims[i];
      size *= dims[i];
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(values, all);
  }

  private static Sequential chain() {
    return Sequential.of(Lstm.of(4), Dense.of(1)).build(3, 7);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeEach
  void save() {
    ModelFile.save(chain(), folder.resolve("model.safetensors"));
    Npy.write(folder.resolve("x.npy"), x);
    Npy.write(folder.resolve("y.npy"), y);
  }

  private Terminal fit(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "fit",
                "--model",
                path("model.safetensors"),
                "--x",
                path("x.npy"),
                "--y",
                path("y.npy"),
                "--out",
                path("out.safetensors")));
    all.addAll(List.of(more));
    return Terminal.run(all.toArray(String[]::new));
  }

  private byte[] expected(FitOptions options) throws IOException {
    return expected(0.01, options);
  }

  private byte[] expected(double learningRate, FitOptions options) throws IOException {
    Sequential model = chain();
    model.compile(Adam.of(learningRate), Loss.MEAN_SQUARED_ERROR);
    model.fit(x, y, options);
    ModelFile.save(model, folder.resolve("expected.safetensors"));
    return Files.readAllBytes(folder.resolve("expected.safetensors"));
  }

  @Test
  void trainsAsTheLibraryDoes() throws IOException {
    Terminal ran =
        fit("--lr", "0.01", "--batch", "8", "--epochs", "3", "--history", path("history.csv"));
    assertEquals(0, ran.exit(), ran.err());
    assertArrayEquals(
        expected(FitOptions.builder().batchSize(8).epochs(3).build()),
        Files.readAllBytes(folder.resolve("out.safetensors")));
    List<String> rows = Files.readAllLines(folder.resolve("history.csv"));
    assertEquals("step,loss", rows.getFirst());
    assertEquals(10, rows.size());
    assertTrue(rows.get(9).startsWith("8,0."), rows.get(9));
    assertTrue(ran.out().contains(", 9 steps, loss "), ran.out());
  }

  @Test
  void goesOnFromItsCheckpoint() throws IOException {
    String[] options = {
      "--lr", "0.01", "--batch", "8", "--checkpoint", path("last.safetensors"), "--resume"
    };
    assertEquals(0, fit(with(options, "--epochs", "2")).exit());
    assertEquals(0, fit(with(options, "--epochs", "5")).exit());
    assertArrayEquals(
        expected(FitOptions.builder().batchSize(8).epochs(5).build()),
        Files.readAllBytes(folder.resolve("out.safetensors")));
    Terminal none = fit(with(options, "--epochs", "5"));
    assertEquals(0, none.exit(), none.err());
    assertTrue(none.out().contains("no epoch was left"), none.out());
  }

  /** The last fifth of the samples says when to stop, and which epoch's weights to keep. */
  @Test
  void stopsInTimeWithTheBestWeights() throws IOException {
    Terminal ran = fit("--lr", "0.01", "--batch", "4", "--epochs", "200", "--patience", "3");
    assertEquals(0, ran.exit(), ran.err());
    EarlyStopping stopping = EarlyStopping.of(3);
    byte[] kept =
        expected(
            0.01,
            FitOptions.builder()
                .batchSize(4)
                .epochs(200)
                .validationSplit(0.2)
                .callback(stopping)
                .build());
    assertTrue(stopping.stopped());
    assertArrayEquals(kept, Files.readAllBytes(folder.resolve("out.safetensors")));
    int best = stopping.bestEpoch() + 1;
    assertTrue(best > 2, ran.out());
    assertTrue(
        ran.out()
            .contains(
                "stopped after "
                    + (best + 3)
                    + " epochs; the weights are those of epoch "
                    + best
                    + ", the best on the last fifth of the samples trained on\n"),
        ran.out());
  }

  /** Cut off and gone on, it stops where it would have stopped. */
  @Test
  void keepsItsPatienceInACheckpoint() throws IOException {
    String[] options = {"--lr", "0.01", "--batch", "4", "--patience", "3"};
    Terminal whole = fit(with(options, "--epochs", "200"));
    assertEquals(0, whole.exit(), whole.err());
    byte[] kept = Files.readAllBytes(folder.resolve("out.safetensors"));
    String[] going = with(options, "--checkpoint", path("last.safetensors"), "--resume");
    assertEquals(0, fit(with(going, "--epochs", "2")).exit());
    Terminal rest = fit(with(going, "--epochs", "200"));
    assertEquals(0, rest.exit(), rest.err());
    assertArrayEquals(kept, Files.readAllBytes(folder.resolve("out.safetensors")));
    assertEquals(lastLine(whole), lastLine(rest));
  }

  private static String lastLine(Terminal run) {
    return run.out().lines().toList().getLast();
  }

  /** A schedule counts the updates of what is learned from: 4 a batch of 16 samples. */
  @Test
  void takesASchedule() throws IOException {
    String[] options = {"--lr", "0.1", "--batch", "4", "--epochs", "3", "--clip", "1"};
    Terminal ran = fit(with(options, "--schedule", "cosine", "--patience", "9"));
    assertEquals(0, ran.exit(), ran.err());
    Sequential model = chain();
    model.compile(
        Adam.builder().learningRate(CosineDecay.of(0.1, 12)).globalClipNorm(1).build(),
        Loss.MEAN_SQUARED_ERROR);
    model.fit(
        x,
        y,
        FitOptions.builder()
            .batchSize(4)
            .epochs(3)
            .validationSplit(0.2)
            .callback(EarlyStopping.of(9))
            .build());
    ModelFile.save(model, folder.resolve("expected.safetensors"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("expected.safetensors")),
        Files.readAllBytes(folder.resolve("out.safetensors")));
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  @Test
  void skipsPadding() throws IOException {
    Files.writeString(folder.resolve("lengths.csv"), "n\n" + "4\n".repeat(20));
    assertEquals(0, fit("--lr", "0.01", "--lengths", path("lengths.csv")).exit());
    Sequential model = chain();
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    int[] lengths = new int[20];
    Arrays.fill(lengths, 4);
    model.fit(x, Mask.ofLengths(6, lengths), y, FitOptions.of());
    ModelFile.save(model, folder.resolve("expected.safetensors"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("expected.safetensors")),
        Files.readAllBytes(folder.resolve("out.safetensors")));
  }

  @Test
  void takesSeveralInputsByName() throws IOException {
    Value a = Input.rows("a", 2);
    Value b = Input.rows("b", 2);
    Value sum = Add.of().apply(a, b);
    Model model = Model.of(List.of(a, b), List.of(Dense.of(1).apply(sum).named("c"))).build(1);
    ModelFile.save(model, folder.resolve("model.safetensors"));
    Npy.write(folder.resolve("a.npy"), random(4, 20, 2));
    Npy.write(folder.resolve("b.npy"), random(5, 20, 2));
    Terminal ran =
        Terminal.run(
            "fit",
            "--model",
            path("model.safetensors"),
            "--x",
            "a=" + path("a.npy"),
            "--x",
            "b=" + path("b.npy"),
            "--y",
            "c=" + path("y.npy"),
            "--out",
            path("out.safetensors"));
    assertEquals(0, ran.exit(), ran.err());
    model.compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR);
    model.fit(
        Map.of("a", random(4, 20, 2), "b", random(5, 20, 2)), Map.of("c", y), FitOptions.of());
    ModelFile.save(model, folder.resolve("expected.safetensors"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("expected.safetensors")),
        Files.readAllBytes(folder.resolve("out.safetensors")));
  }

  @Test
  void refusesWhatItCannotDo() {
    refuses("--loss huber:x: \"x\" is no number", "--loss", "huber:x");
    refuses("--loss mae:1: mae takes no number", "--loss", "mae:1");
    refuses("--loss pinball:2: Loss.pinball: quantile 2.0", "--loss", "pinball:2");
    refuses(
        "--loss square: expected one of mse, mae, huber, binary_crossentropy", "--loss", "square");
    refuses("--optimizer lion: expected one of adam", "--optimizer", "lion");
    refuses("--momentum: expected --optimizer sgd, got adam", "--momentum", "0.9");
    refuses("--patience -1: expected 1 epoch or more, such as 5", "--patience", "-1");
    refuses("--resume: expected --checkpoint too, which it goes on from", "--resume");
    refuses("--epochs 0: expected 1 or more", "--epochs", "0");
    refuses("expected a name that ends in .safetensors", "--checkpoint", path("last.h5"));
    refuses("y is (20, 6, 3), but for x (20, 6, 3) the model gives (20, 1)");
    assertFalse(Files.exists(folder.resolve("out.safetensors")));
  }

  private void refuses(String message, String... more) {
    if (more.length == 0) {
      Npy.write(folder.resolve("y.npy"), x);
    }
    Terminal ran = fit(more);
    assertEquals(2, ran.exit());
    assertTrue(ran.err().contains(message), ran.err());
  }
}

package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.kernels.Kernels;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The projects of examples/projects are compiled against the modules of this build, on the class
 * path, on the module path and by jlink, and run. With Maven, {@code .ci/artefacts} does so.
 */
class ProjectsTest {
  private static final Path PROJECTS = Checked.MODULE.resolve("projects");
  private static final Path KERAS =
      Checked.MODULE.resolve("src/main/resources/dev/lanewise/examples/keras");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private static final String VECTOR = "--add-modules jdk.incubator.vector";
  private static final String NATIVE_ALL = "--enable-native-access=ALL-UNNAMED";
  private static final String NATIVE_KERNELS = "--enable-native-access=dev.lanewise.kernels";

  @TempDir private Path directory;

  /** The module that a project depends on, and all that it requires, as a user has them. */
  private static String libraries() {
    Configuration resolved =
        Configuration.empty()
            .resolve(
                ClassPathModules.explicit(),
                ModuleFinder.ofSystem(),
                Set.of("dev.lanewise.formats"));
    return resolved.modules().stream()
        .map(module -> module.reference().location().orElseThrow())
        .filter(location -> location.getScheme().equals("file"))
        .map(location -> Path.of(location).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The classes of a project, compiled with the warnings that a careful user has. */
  private Path compiled(String project, String path) throws IOException {
    Path classes = directory.resolve(project + "-classes");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xlint:all,-incubating", "-Werror", "-d", classes.toString(), path, libraries()));
    try (Stream<Path> sources = Files.walk(PROJECTS.resolve(project).resolve("src/main/java"))) {
      sources.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    }
    tool("javac", arguments);
    return classes;
  }

  private static void tool(String name, List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    int exit = tool.run(out, out, arguments.toArray(String[]::new));
    assertEquals(0, exit, () -> name + " " + arguments + ": " + said);
  }

  private List<String> run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertEquals(0, process.waitFor(), () -> builder.command() + ": " + Checked.read(err));
    String warnings = Checked.read(err);
    assertFalse(warnings.contains("restricted"), warnings);
    return Checked.read(out).lines().toList();
  }

  /** What each runs as, where this JVM has the flags too. */
  private static void assertImplementation(String printed) {
    assertEquals(Kernels.implementation(), printed);
  }

  /** What modulepath trains, by the code of this build in this JVM. */
  private static Sequential sine(Tensor series) {
    Windows.Samples samples = Windows.length(20).of(series);
    Sequential model = Sequential.of(Lstm.of(16), Dense.of(1)).build(1, 42);
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    model.fit(samples.x(), samples.y(), FitOptions.builder().epochs(30).seed(42).build());
    return model;
  }

  private static Tensor series() {
    Tensor series = Tensor.zeros(200, 1);
    for (int i = 0; i < 200; i++) {
      series.set((float) StrictMath.sin(0.1 * i), i, 0);
    }
    return series;
  }

  /** Keras's own answers are the witness. */
  @Test
  void theClassPathAnswersAsKerasDid() throws IOException, InterruptedException {
    Path classes = compiled("classpath", "-cp");
    List<String> printed =
        run(
            new ProcessBuilder(
                JAVA.toString(),
                VECTOR.replace(' ', '='),
                NATIVE_ALL,
                "-cp",
                classes + File.pathSeparator + libraries(),
                "example.answers.Answers",
                KERAS.resolve("weights.h5").toString(),
                KERAS.resolve("config.json").toString(),
                KERAS.resolve("x.npy").toString()));
    assertImplementation(printed.getFirst());
    Tensor expected = Npy.read(KERAS.resolve("expected.npy"));
    assertEquals(expected.size(), printed.size() - 1);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), Float.parseFloat(printed.get(i + 1)), 1e-6f);
    }
  }

  /** A file of the model, and its forecast: the bits that this JVM trains and predicts. */
  @Test
  void theModulePathTrainsToTheSameBits() throws IOException, InterruptedException {
    Path file = directory.resolve("sine.safetensors");
    Path classes = compiled("modulepath", "-p");
    List<String> printed =
        run(
            new ProcessBuilder(
                JAVA.toString(),
                NATIVE_KERNELS,
                "-p",
                classes + File.pathSeparator + libraries(),
                "-m",
                "example.sine/example.sine.Sine",
                file.toString()));
    assertImplementation(printed.get(0));
    Tensor series = series();
    Sequential model = sine(series);
    Tensor last = Sequences.rows(series.slice(0, 180, 200));
    float next = model.predict(last).get(0, 0);
    assertEquals(next, Float.parseFloat(printed.get(1).replaceFirst(" .*", "")));
    assertEquals(StrictMath.sin(20), next, 0.05);
    assertArrayEquals(model.predict(last).toArray(), ModelFile.load(file).predict(last).toArray());
  }

  /** The image's launcher, with no other Java in sight. */
  @Test
  void theImageScoresEachStep() throws IOException, InterruptedException {
    Path classes = compiled("jlinked", "-p");
    Path image = directory.resolve("image");
    tool(
        "jlink",
        List.of(
            "-p",
            classes + File.pathSeparator + libraries(),
            "--add-modules",
            "example.score",
            "--launcher",
            "score=example.score/example.score.Score",
            "--add-options=" + NATIVE_KERNELS,
            "--no-header-files",
            "--no-man-pages",
            "--output",
            image.toString()));
    Tensor series = series();
    Predictor predictor = sine(series).predictor();
    Path file = directory.resolve("model.safetensors");
    ModelFile.save(sine(series), file);
    Path rows = directory.resolve("rows");
    Files.writeString(
        rows,
        Stream.iterate(0, i -> i < 30, i -> i + 1)
            .map(i -> series.get(i, 0) + "\n")
            .collect(Collectors.joining()));

    Path launcher = image.resolve("bin").resolve(WINDOWS ? "score.bat" : "score");
    ProcessBuilder score =
        new ProcessBuilder(launcher.toString(), file.toString()).redirectInput(rows.toFile());
    score.environment().remove("JAVA_HOME");
    score.environment().put("PATH", pathWithoutJava());
    List<String> printed = run(score);
    assertEquals(30, printed.size());
    for (int i = 0; i < printed.size(); i++) {
      Tensor sofar = Sequences.rows(series.slice(0, 0, i + 1));
      assertEquals(predictor.predict(sofar).get(0, 0), Float.parseFloat(printed.get(i)));
    }

    Files.writeString(rows, "0.5\nNaN\n");
    Path err = directory.resolve("refused");
    assertEquals(1, score.redirectError(err.toFile()).start().waitFor());
    String refused = Checked.read(err);
    assertTrue(refused.contains("line 2: expected a number, got \"NaN\""), refused);
  }

  /** The launcher is a script that calls {@code dirname}. */
  private String pathWithoutJava() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("bin"));
    if (!WINDOWS) {
      Path dirname =
          Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
              .map(entry -> Path.of(entry, "dirname"))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(folder.resolve("dirname"), dirname);
    }
    return folder.toString();
  }

  @Test
  void theReadmeNamesTheFlags() {
    String readme = Checked.read(PROJECTS.resolve("README.md"));
    for (String flag : List.of(VECTOR, NATIVE_ALL, NATIVE_KERNELS)) {
      assertTrue(readme.contains(flag), flag);
    }
  }

  @Test
  void theirVersionIsThatOfTheBuild() throws IOException {
    Pattern version = Pattern.compile("-bom</artifactId>\\s*<version>([^<]+)</version>");
    String own = Checked.read(Checked.MODULE.resolve("pom.xml"));
    try (Stream<Path> projects = Files.list(PROJECTS).filter(Files::isDirectory)) {
      for (Path project : projects.toList()) {
        var of = version.matcher(Checked.read(project.resolve("pom.xml")));
        assertTrue(of.find(), project::toString);
        assertTrue(own.contains("<version>" + of.group(1) + "</version>"), project::toString);
      }
    }
  }
}

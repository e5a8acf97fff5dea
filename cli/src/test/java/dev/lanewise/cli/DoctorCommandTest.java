package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Kernels;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String ACCESS = "--enable-native-access=ALL-UNNAMED";

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }

  /** In a JVM of its own, which takes no flags of this one. */
  private static Terminal child(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("doctor", "--no-measure", "--json"));
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Terminal(process.waitFor(), out, "");
  }

  /** What is measured and what runs, in numbers that belong together. */
  @Test
  void measuresEachKindOfWork() {
    Terminal run = Terminal.run("doctor", "--json");
    JsonNode all = json(run.out());
    assertEquals(all.get("findings").isEmpty() ? 0 : 1, run.exit(), run.out());
    assertEquals(Kernels.implementation(), all.get("kernels").get("implementation").asString());
    JsonNode measured = all.get("measured");
    assertTrue(measured.get("productGflops").asDouble() > 1e-3, run.out());
    assertTrue(measured.get("multiplyAddGflops").asDouble() > 1e-3, run.out());
    for (JsonNode each : measured.get("reading")) {
      assertTrue(each.get("gigabytes").asDouble() > 1e-3, run.out());
    }
    List<String> shapes = new ArrayList<>();
    for (JsonNode row : measured.get("layers")) {
      shapes.add(row.get("shape").asString());
      assertTrue(row.get("share").asDouble() > 0, row.toString());
    }
    assertEquals(
        List.of("step-h64", "step-h64-gru", "seed-torch", "seed-torch-gru", "train-sine"), shapes);
  }

  @Test
  void saysItToPeople() {
    Terminal run = Terminal.run("doctor", "--no-measure");
    assertTrue(run.out().startsWith("Kernels         " + Kernels.implementation()), run.out());
    assertTrue(!run.out().contains("Measured"), run.out());
    assertEquals(run.out().contains("\nNothing is wrong.") ? 0 : 1, run.exit(), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "-Xshare:auto, NO_VECTOR_MODULE, scalar",
    MODULE + " --illegal-native-access=deny, NO_NATIVE_ACCESS, scalar",
    MODULE + " " + ACCESS + " -XX:-UseFMA, NO_FMA, scalar",
    MODULE + " " + ACCESS + " -XX:TieredStopAtLevel=1, FIRST_COMPILER_ALONE, scalar",
    MODULE + " " + ACCESS + " -XX:TieredStopAtLevel=3, FIRST_COMPILER_ALONE, ",
    MODULE + " " + ACCESS + " -XX:TieredStopAtLevel=0, INTERPRETER, ",
    MODULE + " " + ACCESS + " -Xint, INTERPRETER, scalar",
    MODULE + " " + ACCESS + " -Ddev.lanewise.kernels=scalar, SCALAR_WANTED, scalar",
    MODULE + " " + ACCESS + " -Ddev.lanewise.kernels=fast, REFUSED, null",
  })
  void findsWhatAFlagDoes(String flags, String kind, String kernels)
      throws IOException, InterruptedException {
    Terminal run = child(Arrays.asList(flags.split(" ")));
    assertEquals(1, run.exit(), run.out());
    JsonNode all = json(run.out());
    if (kernels != null) {
      assertEquals(kernels, all.get("kernels").get("implementation").asString("null"));
    }
    assertEquals(kind, all.get("findings").get(0).get("kind").asString());
  }

  @Test
  void findsVectorsThatAPropertyMakesNarrow() throws IOException, InterruptedException {
    Terminal run = child(List.of(MODULE, ACCESS, "-Ddev.lanewise.kernels.bits=128"));
    JsonNode all = json(run.out());
    boolean wider = all.get("jvm").get("vectorBits").asInt() > 128;
    List<String> kinds = new ArrayList<>();
    all.get("findings").forEach(finding -> kinds.add(finding.get("kind").asString()));
    assertEquals(wider, kinds.contains("NARROW_VECTORS"), run.out());
    assertEquals(128, all.get("kernels").get("bits").asInt());
  }

  /** The comparison itself is in the module of the laws, at each width. */
  @Test
  void comparesNoBitsWhereNoKernelMayRun() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Ddev.lanewise.kernels=fast",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "doctor",
            "--bits");
    Process process = new ProcessBuilder(command).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor());
    assertEquals("lanewise: -Ddev.lanewise.kernels=fast: expected vector or scalar", err.strip());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Terminal run = Terminal.run("doctor", "--no-mesure");
    assertEquals(2, run.exit());
    assertEquals(
        "lanewise: no option --no-mesure; did you mean --no-measure?\nUsage: lanewise doctor --help\n",
        run.err().replace("\r\n", "\n"));
  }
}

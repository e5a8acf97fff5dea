package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String BUILDING =
      "lanewise: building (first use, or the sources changed) ...\n";
  private static final int TERMINATED = 143;
  private static final int NOBODY = 65534;

  @TempDir private Path directory;
  private Checkout checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Checkout.in(directory.resolve("checkout"));
  }

  @Test
  void buildsOnFirstUseAndNotAgain() throws Exception {
    Checkout.Ended first = checkout.run(Map.of(), "a", "b");
    assertEquals(BUILDING, first.err());
    assertEquals(0, first.exit());
    assertTrue(first.out().startsWith("arguments 2\n"), first.out());
    Checkout.Ended second = checkout.run(Map.of());
    assertEquals("", second.err());
    assertEquals(1, checkout.builds());
    assertEquals(
        List.of("launcher-build", "launcher-lock"), checkout.names("cli/target", "launcher"));
  }

  @Test
  void buildsOnceForTwoFirstRunsAtOnce() throws Exception {
    checkout.maven("sleep 1");
    String launcher = checkout.path("lanewise").toString();
    Process one = checkout.start("one", Map.of(), launcher, "a");
    Process two = checkout.start("two", Map.of(), launcher, "b", "c");
    Checkout.Ended first = checkout.end(one, "one");
    Checkout.Ended second = checkout.end(two, "two");
    assertEquals(0, first.exit(), first.err());
    assertEquals(0, second.exit(), second.err());
    assertTrue(first.out().startsWith("arguments 1\n"), first.out());
    assertTrue(second.out().startsWith("arguments 2\n"), second.out());
    assertEquals(1, checkout.builds());
    String both = first.err() + second.err();
    assertEquals(both.indexOf(BUILDING), both.lastIndexOf(BUILDING), both);
  }

  @Test
  void aBuildThatIsEndedDoesNotCount() throws Exception {
    checkout.maven("cp probe.jar cli/target/lanewise-cli.jar\nexec sleep 300");
    Process run = checkout.start("run", Map.of(), checkout.path("lanewise").toString());
    while (checkout.builds() == 0
        || Files.notExists(checkout.path("cli/target/lanewise-cli.jar"))) {
      assertTrue(run.isAlive());
      Thread.sleep(20);
    }
    run.destroy();
    assertEquals(TERMINATED, checkout.end(run, "run").exit());
    assertEquals(List.of("launcher-lock"), checkout.names("cli/target", "launcher"));
    assertFalse(Files.exists(checkout.path("cli/target/classes")), "half a class is left");
    checkout.maven("");
    assertEquals(BUILDING, checkout.run(Map.of()).err());
    assertEquals(2, checkout.builds());
  }

  @Test
  void aBuildThatWasKilledBeginsAgainFromNothing() throws Exception {
    Files.createDirectories(checkout.path("lstm/target/classes"));
    Files.createFile(checkout.path("lstm/target/classes/Half.class"));
    Files.createDirectories(checkout.path("cli/target"));
    Files.createFile(checkout.path("cli/target/launcher-build.started"));
    assertEquals(0, checkout.run(Map.of()).exit());
    assertFalse(Files.exists(checkout.path("lstm/target/classes")), "half a class is left");
  }

  @Test
  void aBuildThatFailsShowsWhy() throws Exception {
    checkout.maven("echo '[ERROR] no semicolon'\nexit 1");
    Checkout.Ended run = checkout.run(Map.of());
    assertEquals(
        BUILDING + "[ERROR] no semicolon\nlanewise: the build failed (its output is above)\n",
        run.err());
    assertEquals(1, run.exit());
    assertEquals(List.of("launcher-lock"), checkout.names("cli/target", "launcher"));
  }

  /** Root may write anywhere, so the launcher is run as nobody where the tests are root's. */
  private Checkout.Ended runWhereNothingCanBeWritten(Map<String, String> environment)
      throws Exception {
    List<String> command = new ArrayList<>();
    if (Files.getAttribute(directory, "unix:uid").equals(0)) {
      assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "root, and no way to be somebody else");
      command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--clear-groups"));
    }
    command.add(checkout.path("lanewise").toString());
    Path root = checkout.path("");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Path> closed = List.of(root.resolve("cli"), root.resolve("cli/target"));
    try {
      for (Path path : closed) {
        if (Files.exists(path)) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
      }
      Process run = checkout.start("run", environment, command.toArray(String[]::new));
      return checkout.end(run, "run");
    } finally {
      for (Path path : closed) {
        if (Files.exists(path)) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }

  @Test
  void runsTheJarOfACheckoutThatCannotBeWritten() throws Exception {
    Files.createDirectories(checkout.path("cli/target"));
    Files.copy(checkout.path("probe.jar"), checkout.path("cli/target/lanewise-cli.jar"));
    Checkout.Ended run = runWhereNothingCanBeWritten(Map.of());
    assertEquals(
        "lanewise: "
            + checkout.path("").toRealPath()
            + " cannot be written, so it is not built; running what was built there before\n",
        run.err());
    assertEquals(0, run.exit());
    assertTrue(run.out().startsWith("arguments 0\n"), run.out());
    assertEquals(0, checkout.builds());
  }

  @Test
  void makesNoArchiveInACheckoutThatCannotBeWritten() throws Exception {
    checkout.build();
    Checkout.Ended run = runWhereNothingCanBeWritten(Map.of("LANEWISE_ARCHIVE", "yes"));
    assertEquals("", run.err());
    assertEquals(0, run.exit());
    assertEquals(List.of("launcher-build"), checkout.names("cli/target", "launcher"));
  }

  @Test
  void saysThatACheckoutCannotBeWrittenWhereNothingIsBuilt() throws Exception {
    Checkout.Ended run = runWhereNothingCanBeWritten(Map.of());
    assertEquals(
        "lanewise: "
            + checkout.path("").toRealPath()
            + " cannot be written, and nothing was built there before; build it as a user who may"
            + " write to it\n",
        run.err());
    assertEquals(1, run.exit());
  }

  @ParameterizedTest
  @CsvSource({
    "LANEWISE_JAVA_OPTS, '', Copy",
    "LANEWISE_JAVA_OPTS, -Xmx99m, Copy",
    "LANEWISE_JAVA_OPTS, -XX:+UseSerialGC, Copy",
    "LANEWISE_JAVA_OPTS, -XX:+UseG1GC, G1",
    "LANEWISE_JAVA_OPTS, -Xmx99m -XX:+UseParallelGC -Xss1m, PS",
    "LANEWISE_JAVA_OPTS, -XX:+UseZGC, ZGC",
    "JDK_JAVA_OPTIONS, -XX:+UseG1GC, G1",
    "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC, PS"
  })
  void letsTheUserChooseACollector(String variable, String options, String collector)
      throws Exception {
    checkout.build();
    Checkout.Ended run = checkout.run(Map.of(variable, options));
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\ncollector " + collector), run.out());
  }

  /** The name comes from a script, for this JVM itself may know ASCII alone. */
  @ParameterizedTest
  @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_CTYPE=C", "LANG=C", "X=X"})
  void findsAFileWhoseNameIsNotAsciiInTheLocaleC(String setting) throws Exception {
    checkout.build();
    Files.writeString(
        checkout.path("script"), ": >'wetter-märz-三月.csv'\nexec ./lanewise 'wetter-märz-三月.csv'\n");
    int equals = setting.indexOf('=');
    Process process =
        checkout.start(
            "run",
            Map.of(setting.substring(0, equals), setting.substring(equals + 1)),
            "/bin/sh",
            "script");
    Checkout.Ended run = checkout.end(process, "run");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\nthere true wetter-märz-三月.csv\n"), run.out());
  }

  @Test
  void theZipsLauncherFindsItselfAsTheClonesDoes() throws IOException {
    List<String> clone = untilHome(Path.of("../lanewise"));
    List<String> zip = untilHome(Path.of("../dist/src/bin/lanewise"));
    assertEquals(clone, zip);
    assertTrue(clone.size() > 5, clone.toString());
  }

  /** The lines that follow links, up to that which says where everything is. */
  private static List<String> untilHome(Path script) throws IOException {
    return Files.readAllLines(script).stream()
        .dropWhile(line -> !line.startsWith("# The directory of this script"))
        .takeWhile(line -> !line.startsWith("home="))
        .toList();
  }

  @Test
  void explainsTheReportBeforeAnythingIsBuilt() throws Exception {
    Process process = checkout.start("run", Map.of(), checkout.path("bench/report") + "", "--help");
    Checkout.Ended run = checkout.end(process, "run");
    assertEquals("", run.err());
    assertEquals(0, run.exit());
    assertTrue(run.out().startsWith("bench/report [options]\n  --rounds N "), run.out());
    assertEquals(0, checkout.builds());
  }
}

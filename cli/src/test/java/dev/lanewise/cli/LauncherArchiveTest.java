package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the launcher makes, and that later starts read. */
@DisabledOnOs(OS.WINDOWS)
class LauncherArchiveTest {
  private static final String MAKING =
      "lanewise: making the archive that later starts are faster with ...\n";
  private static final Path JAR = Path.of("cli/target/lanewise-cli.jar");
  private static final Path ARCHIVE = Path.of("cli/target/launcher-classes.jsa");

  @TempDir private Path directory;
  private Checkout checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Checkout.in(directory.resolve("checkout"));
    checkout.build();
  }

  private Checkout.Ended run(Map<String, String> environment) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("LANEWISE_ARCHIVE", "yes"));
    all.putAll(environment);
    Checkout.Ended run = checkout.run(all);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().startsWith("arguments 0\n"), run.out());
    return run;
  }

  /** Whether a start without a word on stderr reads the program's class from the archive. */
  private boolean isRead(String options) throws Exception {
    Path log = directory.resolve("classes.log");
    String logging = "-Xlog:class+load:file=" + log;
    assertEquals("", run(Map.of("LANEWISE_JAVA_OPTS", (options + " " + logging).strip())).err());
    String line =
        Files.readAllLines(log).stream()
            .filter(each -> each.contains(LauncherProbe.class.getName() + " source:"))
            .findFirst()
            .orElseThrow();
    return line.contains("shared objects file (top)");
  }

  @Test
  void isMadeOnceAndRead() throws Exception {
    assertEquals(MAKING, run(Map.of()).err());
    assertTrue(isRead(""));
    assertEquals(
        List.of("launcher-build", "launcher-classes.jdk", "launcher-classes.jsa", "launcher-lock"),
        checkout.names("cli/target", "launcher"));
    assertEquals(0, checkout.builds());
  }

  @Test
  void isMadeWithTheBuild() throws Exception {
    Files.delete(checkout.path("cli/target/launcher-build"));
    String err = run(Map.of()).err();
    assertTrue(err.startsWith("lanewise: building (") && !err.contains(MAKING), err);
    assertTrue(isRead(""));
  }

  @Test
  void isMadeAgainForAnotherJar() throws Exception {
    run(Map.of());
    Path jar = checkout.path(JAR.toString());
    FileTime made = Files.getLastModifiedTime(checkout.path(ARCHIVE.toString()));
    Files.copy(checkout.path("probe.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(made.toMillis() + 10_000));
    assertEquals(MAKING, run(Map.of()).err());
  }

  @Test
  void isMadeAgainForAnotherJdk() throws Exception {
    run(Map.of());
    Path other = directory.resolve("jdk");
    Files.createSymbolicLink(other, Path.of(System.getProperty("java.home")));
    assertEquals(MAKING, run(Map.of("JAVA_HOME", other.toString())).err());
    assertEquals("", run(Map.of("JAVA_HOME", other.toString())).err());
    Files.delete(other);
  }

  @Test
  void isLeftAsideInSilenceWhereItDoesNotFit() throws Exception {
    run(Map.of());
    for (String options :
        List.of(
            "-XX:+UseZGC",
            "-XX:-UseCompressedOops",
            "-Xshare:off",
            "-XX:AOTMode=off",
            "-XX:SharedArchiveFile=none.jsa -Xlog:cds=off -Xlog:aot=off")) {
      assertFalse(isRead(options), options);
    }
    for (String options : List.of("-Xmx99m", "-Dx=y", "-XX:+UseG1GC")) {
      assertTrue(isRead(options), options);
    }
  }

  @Test
  void isNoLongerReadWhereNoneIsWanted() throws Exception {
    run(Map.of());
    Path log = directory.resolve("classes.log");
    Map<String, String> none =
        Map.of("LANEWISE_ARCHIVE", "no", "LANEWISE_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    assertEquals("", run(none).err());
    assertFalse(Files.readString(log).contains("(top)"));
  }

  @Test
  void thatIsCutOffIsLeftAsideInSilence() throws Exception {
    run(Map.of());
    Path archive = checkout.path(ARCHIVE.toString());
    byte[] bytes = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
    assertFalse(isRead(""));
    Files.write(archive, new byte[0]);
    assertFalse(isRead(""));
  }

  @Test
  void thatCannotBeMadeIsNotTriedAgain() throws Exception {
    Files.createFile(checkout.path("no-rehearsal"));
    assertEquals(MAKING, run(Map.of()).err());
    assertFalse(Files.exists(checkout.path(ARCHIVE.toString())));
    assertFalse(isRead(""));
    assertEquals(
        List.of("launcher-build", "launcher-classes.jdk", "launcher-lock"),
        checkout.names("cli/target", "launcher"));
  }
}

package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {

  private static final String FALLS_BACK =
      "The module jdk.incubator.vector is not there, so the scalar kernels run: right, and many"
          + " times slower. Add --add-modules jdk.incubator.vector to the java command, or silence"
          + " this with -Ddev.lanewise.kernels=scalar";

  private static ChildJvm.Result child(String... flags) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.add("--enable-native-access=ALL-UNNAMED");
    Collections.addAll(all, flags);
    return ChildJvm.onClassPath(all, KernelBits.class);
  }

  private static String[] here() {
    List<String> lines = new ArrayList<>();
    for (Entry entry : Entry.all()) {
      lines.add(entry.name() + " " + KernelBits.hash(entry));
    }
    return lines.toArray(String[]::new);
  }

  private static void assertRan(String implementation, ChildJvm.Result child) {
    assertEquals(0, child.exit(), child.err());
    List<String> lines = child.out().lines().toList();
    assertEquals(implementation, lines.get(0));
    assertEquals(String.join("\n", here()), String.join("\n", lines.subList(1, lines.size())));
  }

  @Test
  void whereNativeAccessIsDeniedTheScalarKernelsRunAfterOneWarning() throws Exception {
    ChildJvm.Result child =
        ChildJvm.onClassPath(
            List.of("--add-modules=jdk.incubator.vector", "--illegal-native-access=deny"),
            KernelBits.class);
    assertRan("scalar", child);
    assertEquals(2, warnings(child), "one is the JVM's own, of the module: " + child.err());
    assertTrue(
        child
            .err()
            .contains(
                "Native access is denied to ALL-UNNAMED, so the scalar kernels run: right, and"
                    + " many times slower. Add --enable-native-access=ALL-UNNAMED to the java"
                    + " command, or silence this with -Ddev.lanewise.kernels=scalar"),
        child.err());
  }

  @Test
  void onTheModulePathTheModuleIsNamedThatIsDeniedAccess() throws Exception {
    ChildJvm.Result child =
        ChildJvm.onModulePath(List.of("--illegal-native-access=deny"), KernelBits.class);
    assertRan("scalar", child);
    assertTrue(
        child.err().contains("Add --enable-native-access=dev.lanewise.kernels to the java command"),
        child.err());
  }

  @Test
  void vectorWhereNativeAccessIsDeniedIsRefused() throws Exception {
    ChildJvm.Result child =
        ChildJvm.onClassPath(
            List.of(
                "--add-modules=jdk.incubator.vector",
                "--illegal-native-access=deny",
                "-Ddev.lanewise.kernels=vector"),
            KernelBits.class);
    assertNotEquals(0, child.exit());
    assertTrue(
        child
            .err()
            .contains(
                "IllegalStateException: -Ddev.lanewise.kernels=vector, but native access is denied"
                    + " to ALL-UNNAMED, and the vector kernels address memory without a check: add"
                    + " --enable-native-access=ALL-UNNAMED to the java command"),
        child.err());
  }

  @Test
  void aRefusalIsTheSameAtEachEntry() throws Exception {
    ChildJvm.Result child =
        child("--add-modules=jdk.incubator.vector", "-Ddev.lanewise.kernels=foo");
    assertNotEquals(0, child.exit());
    ChildJvm.Result each =
        ChildJvm.onClassPath(
            List.of(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Ddev.lanewise.kernels=foo"),
            RefusedEntries.class);
    assertEquals(0, each.exit(), each.err());
    List<String> lines = each.out().lines().toList();
    assertEquals(Entry.all().size(), lines.size());
    for (String line : lines) {
      assertEquals(
          "java.lang.IllegalStateException: -Ddev.lanewise.kernels=foo: expected vector or scalar",
          line);
    }
  }

  private static int warnings(ChildJvm.Result child) {
    return child.err().split("WARNING", -1).length - 1;
  }

  @Test
  void theTestsRunTheVectorKernels() {
    assertTrue(Kernels.implementation().matches("vector, (128|256|512) bits"));
  }

  @Test
  void withoutTheVectorModuleTheScalarKernelsRunAfterOneWarning() throws Exception {
    ChildJvm.Result child = child();
    assertRan("scalar", child);
    assertEquals(1, warnings(child), child.err());
    assertTrue(child.err().contains(FALLS_BACK), child.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:-UseFMA", "-XX:UseAVX=0"})
  void withoutAnFmaInstructionTheScalarKernelsRunAfterOneWarning(String flag) throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "flags of x86");
    ChildJvm.Result child = child("--add-modules=jdk.incubator.vector", flag);
    assertRan("scalar", child);
    assertTrue(child.err().contains("A fused multiply-add is no instruction here"), child.err());
    assertEquals(2, warnings(child), "one is the JVM's own: " + child.err());
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:TieredStopAtLevel=1, This JVM compiles with C1 alone",
    "-Xint, This JVM only interprets"
  })
  void whereVectorsAreNotCompiledTheScalarKernelsRunAfterOneWarning(String flag, String found)
      throws Exception {
    ChildJvm.Result child = child("--add-modules=jdk.incubator.vector", flag);
    assertRan("scalar", child);
    assertTrue(child.err().contains(found), child.err());
    assertEquals(2, warnings(child), "one is the JVM's own: " + child.err());
  }

  @Test
  void scalarIsSilent() throws Exception {
    ChildJvm.Result child = child("-Ddev.lanewise.kernels=scalar");
    assertRan("scalar", child);
    assertEquals("", child.err());
  }

  @Test
  void scalarWinsOverTheModule() throws Exception {
    assertRan(
        "scalar", child("--add-modules=jdk.incubator.vector", "-Ddev.lanewise.kernels=SCALAR"));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyWidthGivesTheSameBits(int bits) throws Exception {
    ChildJvm.Result child =
        child(
            "--add-modules=jdk.incubator.vector",
            "-Ddev.lanewise.kernels=vector",
            "-Ddev.lanewise.kernels.bits=" + bits);
    assertRan("vector, " + bits + " bits", child);
    assertEquals(1, warnings(child), "the JVM's own, of the incubator module: " + child.err());
  }

  /** Scalar bodies over the strips of each width answer first, then the vector kernels. */
  @ParameterizedTest
  @ValueSource(ints = {128, 512})
  void theBitsAreTheSameBeforeAndAfterTheVectorKernelsTakeOver(int bits) throws Exception {
    ChildJvm.Result child =
        ChildJvm.onClassPath(
            List.of(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Ddev.lanewise.kernels.bits=" + bits),
            KernelBits.class,
            "settle");
    assertEquals(0, child.exit(), child.err());
    List<String> bitsOfAll = new ArrayList<>(List.of("vector, " + bits + " bits"));
    Collections.addAll(bitsOfAll, here());
    List<String> all = new ArrayList<>(bitsOfAll);
    all.addAll(List.of("1 rehearsing", "0 rehearsing"));
    all.addAll(bitsOfAll);
    assertEquals(String.join("\n", all), child.out().strip());
  }

  @Test
  void theModulePathNeedsNoFlag() throws Exception {
    ChildJvm.Result child =
        ChildJvm.onModulePath(
            List.of("--enable-native-access=dev.lanewise.kernels"), KernelBits.class);
    assertRan(Kernels.implementation(), child);
    assertFalse(child.err().contains(FALLS_BACK), child.err());
  }

  private static void assertRefused(String message, String... flags) throws Exception {
    ChildJvm.Result child = child(flags);
    assertNotEquals(0, child.exit());
    assertTrue(child.err().contains(message), child.err());
    assertFalse(child.err().contains("Caused by"), child.err());
    assertEquals("", child.out());
  }

  @Test
  void vectorWithoutTheModuleIsRefused() throws Exception {
    assertRefused(
        "IllegalStateException: -Ddev.lanewise.kernels=vector, but the module jdk.incubator.vector"
            + " is not there: add --add-modules jdk.incubator.vector to the java command",
        "-Ddev.lanewise.kernels=vector");
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    assertRefused(
        "IllegalStateException: -Ddev.lanewise.kernels=nonsense: expected vector or scalar",
        "--add-modules=jdk.incubator.vector",
        "-Ddev.lanewise.kernels=nonsense");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "100", "1024"})
  void aWidthThatIsNotOneIsRefused(String bits) throws Exception {
    assertRefused(
        String.format(
            Locale.ROOT, "-Ddev.lanewise.kernels.bits=%s: expected 128, 256 or 512", bits),
        "--add-modules=jdk.incubator.vector",
        "-Ddev.lanewise.kernels.bits=" + bits);
  }

  @Test
  void aWidthThatIsNoNumberIsRefused() throws Exception {
    assertRefused(
        "-Ddev.lanewise.kernels.bits=wide: expected 128, 256 or 512",
        "--add-modules=jdk.incubator.vector",
        "-Ddev.lanewise.kernels.bits=wide");
  }
}

package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.KernelFinding.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelChoiceTest {

  private static final String HOTSPOT = "OpenJDK 64-Bit Server VM";
  private static final String MIXED = "mixed mode, sharing";

  private static Jvm jvm(String name, String info) {
    return new Jvm(name, info, true, true, true, "", "");
  }

  private static List<Kind> kinds(Jvm jvm) {
    return KernelChoice.of(jvm).findings().stream().map(KernelFinding::kind).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenJDK 64-Bit Server VM | mixed mode, sharing",
        "OpenJDK 64-Bit Server VM | mixed mode",
        "OpenJDK 64-Bit Server VM | compiled mode, sharing",
        "Java HotSpot(TM) 64-Bit Server VM | mixed mode, sharing, jvmci",
      })
  void vectorWhereTheJvmCompilesThem(String name, String info) {
    KernelChoice choice = KernelChoice.of(jvm(name, info));
    assertTrue(choice.vector());
    assertFalse(choice.forced());
    assertEquals(List.of(), choice.findings());
    assertTrue(choice.refusal().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OpenJDK 64-Bit Server VM | interpreted mode, sharing | INTERPRETER",
        "OpenJDK 64-Bit Zero VM | interpreted mode | INTERPRETER",
        "OpenJDK 64-Bit Server VM | mixed mode, emulated-client, sharing | FIRST_COMPILER_ALONE",
        "OpenJDK Client VM | mixed mode | FIRST_COMPILER_ALONE",
        "Eclipse OpenJ9 VM | JRE 25 Linux amd64-64-Bit Compressed References | OTHER_JVM",
        "Substrate VM | static mode | OTHER_JVM",
      })
  void scalarWhereItDoesNot(String name, String info, Kind kind) {
    KernelChoice choice = KernelChoice.of(jvm(name, info));
    assertFalse(choice.vector());
    assertFalse(choice.forced());
    assertEquals(List.of(kind), kinds(jvm(name, info)));
  }

  @Test
  void scalarWithoutFma() {
    Jvm jvm = new Jvm(HOTSPOT, MIXED, true, true, false, "", "");
    assertFalse(KernelChoice.of(jvm).vector());
    assertEquals(
        "A fused multiply-add is no instruction here: the processor has none, or -XX:-UseFMA or"
            + " -XX:UseAVX=0 keeps the JVM from it, so the scalar kernels run: right, and about 50"
            + " times slower. Leave such flags out, or take a processor with FMA3 or AVX2, or"
            + " silence this with -Ddev.lanewise.kernels=scalar",
        KernelChoice.of(jvm).findings().getFirst().toString());
  }

  @Test
  void everythingThatIsFoundIsTold() {
    Jvm worst = new Jvm(HOTSPOT, "interpreted mode", false, false, false, "", "");
    assertEquals(List.of(Kind.NO_VECTOR_MODULE, Kind.NO_FMA, Kind.INTERPRETER), kinds(worst));
    Jvm denied = new Jvm(HOTSPOT, "mixed mode, emulated-client", true, false, true, "", "");
    assertEquals(List.of(Kind.NO_NATIVE_ACCESS, Kind.FIRST_COMPILER_ALONE), kinds(denied));
  }

  @Test
  void vectorIsForcedWhereItCanRunAtAll() {
    KernelChoice slow =
        KernelChoice.of(new Jvm(HOTSPOT, "interpreted mode", true, true, false, "vector", "256"));
    assertTrue(slow.vector());
    assertTrue(slow.forced());
    assertEquals(2, slow.findings().size());
    KernelChoice missing =
        KernelChoice.of(new Jvm(HOTSPOT, MIXED, false, false, true, "vector", ""));
    assertEquals(KernelErrors.vectorModuleMissing(), missing.refusal().orElseThrow());
    KernelChoice denied = KernelChoice.of(new Jvm(HOTSPOT, MIXED, true, false, true, "vector", ""));
    assertEquals(KernelErrors.nativeAccessDenied(), denied.refusal().orElseThrow());
  }

  @Test
  void scalarIsForcedAnywhere() {
    KernelChoice choice =
        KernelChoice.of(new Jvm(HOTSPOT, MIXED, true, false, true, "scalar", "7"));
    assertFalse(choice.vector());
    assertTrue(choice.forced());
    assertEquals(List.of(), choice.findings());
    assertTrue(choice.refusal().isEmpty());
  }

  @Test
  void whatIsNoneIsRefused() {
    assertEquals(
        KernelErrors.unknownImplementation("fast"),
        KernelChoice.of(new Jvm(HOTSPOT, MIXED, true, true, true, "fast", ""))
            .refusal()
            .orElseThrow());
    assertEquals(
        KernelErrors.unknownBits("64"),
        KernelChoice.of(new Jvm(HOTSPOT, MIXED, true, true, true, "", "64"))
            .refusal()
            .orElseThrow());
  }

  @Test
  void anErrorInTheBackgroundIsTold() {
    KernelChoice found = KernelChoice.of(jvm(HOTSPOT, MIXED)).ended("OutOfMemoryError: heap");
    assertTrue(found.vector());
    assertEquals(
        "Running the vector kernels in the background ended with OutOfMemoryError: heap, so the"
            + " scalar kernels run: right, and many times slower. Where it is memory or threads,"
            + " give the JVM more; else report it, or silence this with"
            + " -Ddev.lanewise.kernels=scalar",
        found.findings().getFirst().toString());
    assertEquals(Kind.REHEARSAL_ENDED, found.findings().getFirst().kind());
  }
}

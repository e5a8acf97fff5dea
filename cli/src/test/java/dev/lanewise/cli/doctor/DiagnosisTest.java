package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.cli.doctor.ControlGroup.Quota;
import dev.lanewise.kernels.KernelChoice;
import dev.lanewise.kernels.KernelFinding.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {
  private static final String HALF_COST =
      "with one thread busy, every thread stands still for 50 of 100 ms, and a call that waits takes as much longer;"
          + " compilers are threads too, so it starts slowly";

  private static Finding only(Facts facts) {
    List<Finding> found = Diagnosis.of(facts);
    assertEquals(1, found.size(), found.toString());
    return found.getFirst();
  }

  private static List<Finding> none() {
    return List.of();
  }

  @Test
  void findsNothingWhereAllIsWell() {
    assertEquals(none(), Diagnosis.of(SomeFacts.well()));
  }

  /**
   * No module, no native access, no multiply-add, no compiler, the first one alone and the rest.
   */
  @ParameterizedTest
  @EnumSource
  void saysWhatKeepsTheVectorKernelsFromRunning(Kind kind) {
    assertEquals(
        new Finding(kind.name(), "What", "the cost", "The way out"), only(SomeFacts.scalar(kind)));
  }

  /** HotSpot tells the kernels of -Xint and of level 1 alone. */
  @ParameterizedTest
  @CsvSource({
    "none: it only interprets, INTERPRETER, This JVM only interprets",
    "C1 alone, FIRST_COMPILER_ALONE, 'C1 alone compiles, and makes calls of vector operations'",
  })
  void findsThatTheVectorKernelsRunWithoutTheirCompiler(
      String compilers, String kind, String what) {
    JvmFacts well = SomeFacts.well().jvm();
    JvmFacts jvm =
        new JvmFacts(
            well.name(),
            well.vendor(),
            well.version(),
            compilers,
            well.flags(),
            true,
            well.nativeAccess(),
            true,
            512,
            "",
            well.collector(),
            well.heapBytes());
    Facts facts = SomeFacts.with(jvm, 512, "");
    Finding found = only(facts);
    assertEquals(kind, found.kind());
    assertEquals(what, found.what());
    assertEquals(kind.equals("FIRST_COMPILER_ALONE"), Measurement.isWorthwhile(facts));
  }

  @Test
  void saysThatScalarKernelsWereAskedFor() {
    Facts facts = SomeFacts.scalar(new KernelChoice(false, true, List.of(), Optional.empty()));
    assertEquals(
        new Finding(
            "SCALAR_WANTED",
            "-Ddev.lanewise.kernels=scalar chooses the scalar kernels",
            "many times slower",
            "Leave it out"),
        only(facts));
  }

  @Test
  void saysThatNothingMayRun() {
    KernelChoice refused = new KernelChoice(false, true, List.of(), Optional.of("refusal"));
    assertEquals(
        new Finding(
            "REFUSED",
            "No kernel may run: refusal",
            "every call ends with this error",
            "Give -Ddev.lanewise.kernels another value, or leave it out"),
        only(SomeFacts.scalar(refused)));
  }

  @ParameterizedTest
  @CsvSource({
    "128, 512, -XX:UseAVX=1, '', -XX:UseAVX=1, 512, 4",
    "128, 256, -XX:UseAVX=1, '', -XX:UseAVX=1, 512, 4", // floats alone have 256 bits
    "256, 256, -XX:UseAVX=2, '', -XX:UseAVX=2, 512, 2",
    "128, 512, '', 128, -Ddev.lanewise.kernels.bits=128, 512, 4",
    "128, 256, -XX:UseAVX=2, 128, -Ddev.lanewise.kernels.bits=128, 256, 2",
  })
  void namesTheFlagThatMakesVectorsNarrow(
      int bits, int jvm, String given, String wanted, String flag, int possible, int times) {
    Facts facts = SomeFacts.with(SomeFacts.jvm("25.0.3", "Serial", jvm, given), bits, wanted);
    assertEquals(
        new Finding(
            "NARROW_VECTORS",
            flag + " makes vectors of " + bits + " bits where " + possible + " are there",
            "products take up to " + times + " times as long",
            "Leave it out"),
        only(facts));
  }

  /** As on processors whose clock falls with wide vectors. */
  @Test
  void leavesTheWidthToTheJvmWhereNoFlagIsGiven() {
    Facts facts = SomeFacts.with(SomeFacts.jvm("25.0.3", "Serial", 256, ""), 256, "");
    assertEquals(none(), Diagnosis.of(facts));
  }

  @Test
  void namesTheCostOfHalfAProcessor() {
    assertEquals(
        new Finding(
            "TOO_FEW_PROCESSORS",
            "The container has 0.50 processors, and the JVM takes it for 1",
            HALF_COST,
            "Give the container 1 whole processor (--cpus of docker, limits.cpu of Kubernetes)"),
        only(SomeFacts.with(SomeFacts.machine(1, new Quota(50_000, 100_000)))));
  }

  @Test
  void namesTheCostOfOneProcessorAndAHalf() {
    Finding found = only(SomeFacts.with(SomeFacts.machine(2, new Quota(150_000, 100_000))));
    assertEquals("The container has 1.50 processors, and the JVM takes it for 2", found.what());
    assertEquals(
        "with 2 threads busy, every thread stands still for 25 of 100 ms",
        found.cost().replaceFirst(", and.*", ""));
    assertEquals(
        "Give the container 2 whole processors (--cpus of docker, limits.cpu of Kubernetes), or say"
            + " -XX:ActiveProcessorCount=1",
        found.wayOut());
  }

  @ParameterizedTest
  @CsvSource({"200000, 2", "300000, 2"})
  void findsNothingInAContainerOfWholeProcessors(long micros, int processors) {
    Quota quota = new Quota(micros, 100_000);
    assertEquals(none(), Diagnosis.of(SomeFacts.with(SomeFacts.machine(processors, quota))));
  }

  @ParameterizedTest
  @CsvSource({
    "25, G1, true",
    "25.0.2+10-LTS, G1, true",
    "25.0.2, Serial, false",
    "25.0.3-ea, G1, true",
    "25.0.3+9, G1, false",
    "25.0.10, G1, false",
    "26, G1, false",
  })
  void warnsOfAnOldJdkWhereItsCollectorMovesWhatIsHeld(
      String version, String collector, boolean isWrong) {
    List<Finding> found =
        Diagnosis.of(SomeFacts.with(SomeFacts.jvm(version, collector, 512, ""), 512, ""));
    assertEquals(
        isWrong
            ? List.of(
                new Finding(
                    "OLD_JDK",
                    "JDK " + version + " is older than 25.0.3, and its collector is G1",
                    "G1 may move an array that native code holds: .npz and .keras files may be read wrongly, rarely",
                    "Take JDK 25.0.3 or later, or -XX:+UseSerialGC"))
            : none(),
        found);
  }

  /** What costs most comes first, and nothing hides another. */
  @Test
  void findsSeveralThingsAtOnce() {
    Facts scalar = SomeFacts.scalar(Kind.NO_VECTOR_MODULE);
    Facts facts =
        new Facts(
            scalar.choice(),
            "scalar",
            0,
            "",
            SomeFacts.jvm("25.0.1", "G1", 512, ""),
            SomeFacts.machine(1, new Quota(10_000, 100_000)));
    assertEquals(
        List.of("NO_VECTOR_MODULE", "TOO_FEW_PROCESSORS", "OLD_JDK"),
        Diagnosis.of(facts).stream().map(Finding::kind).toList());
  }
}

package dev.lanewise.kernels;

import dev.lanewise.kernels.KernelFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which kernels run in a JVM, and why. {@link Kernels#choice()} has that of this one.
 *
 * @param vector whether the vector kernels run, else the scalar ones
 * @param forced whether {@link Kernels#IMPLEMENTATION_PROPERTY} said so
 * @param findings what keeps the vector kernels from running, or from running well, the first first
 * @param refusal why nothing may run: a property asks for what can't be; empty where all is well
 */
public record KernelChoice(
    boolean vector, boolean forced, List<KernelFinding> findings, Optional<String> refusal) {

  static final String SCALAR = "scalar";
  private static final String VECTOR = "vector";
  private static final List<String> WIDTHS = List.of("", "128", "256", "512");

  private static final String MANY_TIMES = "many times slower";

  /**
   * Copies the list.
   *
   * @param vector whether the vector kernels run
   * @param forced whether a property said so
   * @param findings what keeps the vector kernels from running
   * @param refusal why nothing may run
   */
  public KernelChoice {
    findings = List.copyOf(findings);
  }

  static KernelChoice of(Jvm jvm) {
    boolean forced = jvm.wanted().equals(VECTOR);
    if (!forced && !jvm.wanted().isEmpty() && !jvm.wanted().equals(SCALAR)) {
      return refused(KernelErrors.unknownImplementation(jvm.wanted()));
    } else if (jvm.wanted().equals(SCALAR)) {
      return new KernelChoice(false, true, findings(jvm), Optional.empty());
    } else if (forced && !jvm.vectorModule()) {
      return refused(KernelErrors.vectorModuleMissing());
    } else if (jvm.vectorModule() && !WIDTHS.contains(jvm.bits())) {
      return refused(KernelErrors.unknownBits(jvm.bits()));
    } else if (forced && !jvm.nativeAccess()) {
      return refused(KernelErrors.nativeAccessDenied());
    }
    List<KernelFinding> findings = findings(jvm);
    return new KernelChoice(forced || findings.isEmpty(), forced, findings, Optional.empty());
  }

  /** This, where a vector kernel was run for a minute and stayed slow. */
  KernelChoice slow() {
    return with(
        new KernelFinding(
            Kind.VECTORS_STAY_SLOW,
            "This JVM has the vector operations, and does not compile them to instructions",
            MANY_TIMES,
            "Take a HotSpot JVM with C2, and leave -XX:TieredStopAtLevel and"
                + " -XX:-EnableVectorSupport out"));
  }

  /** This, where running the vector kernels in the background ended with an error. */
  KernelChoice ended(String error) {
    return with(
        new KernelFinding(
            Kind.REHEARSAL_ENDED,
            "Running the vector kernels in the background ended with " + error,
            MANY_TIMES,
            "Where it is memory or threads, give the JVM more; else report it"));
  }

  private KernelChoice with(KernelFinding found) {
    List<KernelFinding> all = new ArrayList<>(findings);
    all.add(found);
    return new KernelChoice(vector, forced, all, refusal);
  }

  private static KernelChoice refused(String why) {
    return new KernelChoice(false, true, List.of(), Optional.of(why));
  }

  private static List<KernelFinding> findings(Jvm jvm) {
    List<KernelFinding> found = new ArrayList<>();
    if (!jvm.vectorModule()) {
      found.add(
          new KernelFinding(
              Kind.NO_VECTOR_MODULE,
              "The module jdk.incubator.vector is not there",
              MANY_TIMES,
              "Add --add-modules jdk.incubator.vector to the java command"));
    } else if (!jvm.nativeAccess() && !jvm.wanted().equals(SCALAR)) {
      found.add(
          new KernelFinding(
              Kind.NO_NATIVE_ACCESS,
              "Native access is denied to " + KernelErrors.module(),
              MANY_TIMES,
              "Add --enable-native-access=" + KernelErrors.module() + " to the java command"));
    }
    if (!jvm.fma()) {
      found.add(
          new KernelFinding(
              Kind.NO_FMA,
              "A fused multiply-add is no instruction here: the processor has none, or"
                  + " -XX:-UseFMA or -XX:UseAVX=0 keeps the JVM from it",
              "about 50 times slower",
              "Leave such flags out, or take a processor with FMA3 or AVX2"));
    }
    if (jvm.interprets()) {
      found.add(
          new KernelFinding(
              Kind.INTERPRETER,
              "This JVM only interprets",
              "thousands of times slower",
              "Leave -Xint out"));
    } else if (jvm.compilesQuicklyAlone()) {
      found.add(
          new KernelFinding(
              Kind.FIRST_COMPILER_ALONE,
              "This JVM compiles with C1 alone, which makes no vector instructions",
              "about 50 times slower",
              "Leave -XX:TieredStopAtLevel or -client out"));
    } else if (!jvm.compilesVectors()) {
      found.add(
          new KernelFinding(
              Kind.OTHER_JVM,
              jvm.name() + " is not known to make vector instructions of vector operations",
              MANY_TIMES,
              "Take a HotSpot JVM, or try -D" + Kernels.IMPLEMENTATION_PROPERTY + "=vector"));
    }
    return found;
  }
}

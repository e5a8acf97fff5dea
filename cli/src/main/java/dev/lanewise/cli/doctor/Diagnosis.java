package dev.lanewise.cli.doctor;

import dev.lanewise.cli.bench.ThisMachine;
import dev.lanewise.kernels.KernelChoice;
import dev.lanewise.kernels.KernelFinding.Kind;
import dev.lanewise.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong, by what was found alone. */
public final class Diagnosis {
  /** The first that leaves an array where it is while native code holds it. */
  private static final Runtime.Version MENDED = Runtime.Version.parse("25.0.3");

  private static final String MANY_TIMES = "many times slower";

  private Diagnosis() {}

  /** All that is wrong, what costs most first; none where all is well. */
  public static List<Finding> of(Facts facts) {
    List<Finding> found = new ArrayList<>();
    refused(facts.choice()).ifPresent(found::add);
    kernels(facts.choice(), found);
    compilers(facts).ifPresent(found::add);
    if (facts.choice().vector()) {
      width(facts).ifPresent(found::add);
    }
    quota(facts.machine()).ifPresent(found::add);
    oldJdk(facts.jvm()).ifPresent(found::add);
    return found;
  }

  private static Optional<Finding> refused(KernelChoice choice) {
    return choice
        .refusal()
        .map(
            refusal ->
                new Finding(
                    "REFUSED",
                    "No kernel may run: " + refusal,
                    "every call ends with this error",
                    "Give -D"
                        + Kernels.IMPLEMENTATION_PROPERTY
                        + " another value, or leave it out"));
  }

  /** What keeps the vector kernels from running, or from running well. */
  private static void kernels(KernelChoice choice, List<Finding> found) {
    if (choice.refusal().isEmpty() && choice.forced() && !choice.vector()) {
      found.add(
          new Finding(
              "SCALAR_WANTED",
              "-D" + Kernels.IMPLEMENTATION_PROPERTY + "=scalar chooses the scalar kernels",
              MANY_TIMES,
              "Leave it out"));
    }
    choice
        .findings()
        .forEach(
            finding ->
                found.add(
                    new Finding(
                        finding.kind().name(), finding.what(), finding.cost(), finding.wayOut())));
  }

  /** The kernels find so too where HotSpot tells it by a system property, and then are scalar. */
  private static Optional<Finding> compilers(Facts facts) {
    String compilers = facts.jvm().compilers();
    if (facts.choice().vector() && compilers.equals(HotSpot.NONE)) {
      return Optional.of(
          withoutC2(Kind.INTERPRETER, "This JVM only interprets", "thousands of times slower"));
    }
    return facts.choice().vector() && compilers.equals(HotSpot.C1_ALONE)
        ? Optional.of(
            withoutC2(
                Kind.FIRST_COMPILER_ALONE,
                "C1 alone compiles, and makes calls of vector operations",
                "hundreds of times slower"))
        : Optional.empty();
  }

  private static Finding withoutC2(Kind kind, String what, String cost) {
    return new Finding(kind.name(), what, cost, "Leave -XX:TieredStopAtLevel out");
  }

  /**
   * HotSpot itself takes 256 bits on some processors of 512, and is right: only flags are wrong.
   */
  private static Optional<Finding> width(Facts facts) {
    int bits = facts.kernelBits();
    if (!facts.wantedBits().isEmpty() && bits < facts.jvm().vectorBits()) {
      String flag = "-D" + Kernels.BITS_PROPERTY + "=" + facts.wantedBits();
      return Optional.of(narrow(flag, bits, facts.jvm().vectorBits()));
    }
    return !facts.jvm().narrowing().isEmpty() && bits < facts.machine().vectorBits()
        ? Optional.of(narrow(facts.jvm().narrowing(), bits, facts.machine().vectorBits()))
        : Optional.empty();
  }

  private static Finding narrow(String flag, int bits, int possible) {
    return new Finding(
        "NARROW_VECTORS",
        flag + " makes vectors of " + bits + " bits where " + possible + " are there",
        "products take up to " + possible / bits + " times as long",
        "Leave it out");
  }

  /** The JVM rounds a limit up to whole processors. */
  private static Optional<Finding> quota(MachineFacts machine) {
    return machine
        .quota()
        .filter(quota -> quota.processors() < machine.processors())
        .map(quota -> tooFew(quota, machine.processors()));
  }

  private static Finding tooFew(ControlGroup.Quota quota, int processors) {
    String limit = String.format(Locale.ROOT, "%.2f", quota.processors());
    double busy = (double) quota.micros() / processors / 1000;
    double stopped = quota.period() / 1000.0 - busy;
    return new Finding(
        "TOO_FEW_PROCESSORS",
        "The container has " + limit + " processors, and the JVM takes it for " + processors,
        String.format(
            Locale.ROOT,
            "with %s busy, every thread stands still for %.0f of %.0f ms, and a call that waits takes as much longer;"
                + " compilers are threads too, so it starts slowly",
            processors == 1 ? "one thread" : processors + " threads",
            stopped,
            quota.period() / 1000.0),
        "Give the container "
            + ThisMachine.counted(processors, "whole processor")
            + " (--cpus of docker, limits.cpu of Kubernetes)"
            + (quota.processors() < 1
                ? ""
                : ", or say -XX:ActiveProcessorCount=" + (int) quota.processors()));
  }

  /** With other collectors nothing moves. */
  private static Optional<Finding> oldJdk(JvmFacts jvm) {
    return isOld(jvm) && jvm.collector().equals("G1")
        ? Optional.of(
            new Finding(
                "OLD_JDK",
                "JDK " + jvm.version() + " is older than " + MENDED + ", and its collector is G1",
                "G1 may move an array that native code holds: .npz and .keras files may be read wrongly, rarely",
                "Take JDK " + MENDED + " or later, or -XX:+UseSerialGC"))
        : Optional.empty();
  }

  static boolean isOld(JvmFacts jvm) {
    return jvm.version().compareToIgnoreOptional(MENDED) < 0;
  }
}

package dev.lanewise.cli.doctor;

import dev.lanewise.cli.doctor.ControlGroup.Quota;
import dev.lanewise.cli.doctor.JvmFacts.NativeAccess;
import dev.lanewise.kernels.KernelChoice;
import dev.lanewise.kernels.KernelFinding;
import dev.lanewise.kernels.KernelFinding.Kind;
import java.util.List;
import java.util.Optional;

/** Facts of a machine where all is well, and of such where one thing is not. */
final class SomeFacts {
  private static final KernelChoice VECTOR =
      new KernelChoice(true, false, List.of(), Optional.empty());

  private SomeFacts() {}

  /** 512 bits on two processors. */
  static Facts well() {
    return new Facts(
        VECTOR, "vector, 512 bits", 512, "", jvm("25.0.3+9", "Serial", 512, ""), machine(2, null));
  }

  static JvmFacts jvm(String version, String collector, int vectorBits, String narrowing) {
    return new JvmFacts(
        "OpenJDK 64-Bit Server VM",
        "Somebody",
        Runtime.Version.parse(version),
        "C1 and C2",
        List.of("-Xmx1g"),
        true,
        NativeAccess.GIVEN,
        true,
        vectorBits,
        narrowing,
        collector,
        1L << 30);
  }

  static MachineFacts machine(int processors, Quota quota) {
    return new MachineFacts(
        "Linux amd64",
        "A Processor",
        processors,
        512,
        List.of(new Cache(1, 48 << 10), new Cache(2, 1 << 20), new Cache(3, 32 << 20)),
        Optional.ofNullable(quota),
        4L << 30);
  }

  /** Where the scalar kernels run for a reason. */
  static Facts scalar(Kind kind) {
    KernelFinding finding = new KernelFinding(kind, "What", "the cost", "The way out");
    return scalar(new KernelChoice(false, false, List.of(finding), Optional.empty()));
  }

  static Facts scalar(KernelChoice choice) {
    return new Facts(choice, "scalar", 0, "", well().jvm(), well().machine());
  }

  static Facts with(JvmFacts jvm, int kernelBits, String wantedBits) {
    String name = "vector, " + kernelBits + " bits";
    return new Facts(VECTOR, name, kernelBits, wantedBits, jvm, well().machine());
  }

  static Facts with(MachineFacts machine) {
    return new Facts(VECTOR, "vector, 512 bits", 512, "", well().jvm(), machine);
  }
}

package dev.lanewise.cli.doctor;

import dev.lanewise.kernels.KernelChoice;
import dev.lanewise.kernels.Kernels;
import dev.lanewise.kernels.Sgemm;
import java.nio.file.Path;

/**
 * What was found, without a judgement.
 *
 * @param choice which kernels run, and why
 * @param implementation the same in words; empty where none may run
 * @param kernelBits width of the vector kernels; 0 of the scalar ones, and where none may run
 * @param wantedBits the width that {@link Kernels#BITS_PROPERTY} asks for; empty where it does not
 * @param jvm the JVM
 * @param machine what it runs on
 */
public record Facts(
    KernelChoice choice,
    String implementation,
    int kernelBits,
    String wantedBits,
    JvmFacts jvm,
    MachineFacts machine) {

  /** Of this JVM and this machine. */
  public static Facts here() {
    JvmFacts jvm = JvmFacts.here(); // before the kernels: their first call may give native access
    KernelChoice choice = Kernels.choice();
    boolean runs = choice.refusal().isEmpty();
    return new Facts(
        choice,
        runs ? Kernels.implementation() : "",
        runs && choice.vector() ? Sgemm.vectorColumns() * Float.SIZE : 0,
        System.getProperty(Kernels.BITS_PROPERTY, ""),
        jvm,
        MachineFacts.read(Path.of("/")));
  }
}

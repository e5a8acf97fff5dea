package dev.lanewise.cli.doctor;

import dev.lanewise.kernels.Kernels;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * A JVM.
 *
 * @param name as {@code java.vm.name} has it
 * @param vendor who built it
 * @param version of the JDK
 * @param compilers in words
 * @param flags that it was started with, those of environment variables and files too
 * @param vectorModule whether {@code jdk.incubator.vector} is there
 * @param nativeAccess of the kernels
 * @param fma whether a fused multiply-add is an instruction
 * @param vectorBits width of the widest vectors that it uses; 0 where it does not tell
 * @param narrowing the flag that makes these vectors narrow; empty where none was given
 * @param collector in one word
 * @param heapBytes the most that its heap takes
 */
public record JvmFacts(
    String name,
    String vendor,
    Runtime.Version version,
    String compilers,
    List<String> flags,
    boolean vectorModule,
    NativeAccess nativeAccess,
    boolean fma,
    int vectorBits,
    String narrowing,
    String collector,
    long heapBytes) {

  /** Whether the kernels may address memory without a check. */
  public enum NativeAccess {
    /** A flag or a manifest says so. */
    GIVEN,
    /** Nobody said so: the JVM warns. */
    WITH_A_WARNING,
    /** A flag denies it. */
    DENIED
  }

  /** Copies the list. */
  public JvmFacts {
    flags = List.copyOf(flags);
  }

  static JvmFacts here() {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return new JvmFacts(
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.vendor", ""),
        Runtime.version(),
        HotSpot.compilers(System.getProperty("java.vm.info", "")),
        flags,
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        nativeAccess(flags),
        HotSpot.value("UseFMA").equals("true"),
        HotSpot.vectorBits(),
        HotSpot.narrowing(),
        HotSpot.collector(),
        Runtime.getRuntime().maxMemory());
  }

  private static NativeAccess nativeAccess(List<String> flags) {
    if (Kernels.class.getModule().isNativeAccessEnabled()) {
      return NativeAccess.GIVEN;
    }
    return flags.contains("--illegal-native-access=deny")
        ? NativeAccess.DENIED
        : NativeAccess.WITH_A_WARNING;
  }
}

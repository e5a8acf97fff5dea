package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * A JVM, as far as the choice of kernels asks.
 *
 * @param name the system property {@code java.vm.name}
 * @param info {@code java.vm.info}, in which HotSpot tells how it compiles
 * @param vectorModule whether {@code jdk.incubator.vector} is in the boot layer
 * @param nativeAccess whether this module may address memory without a check; where the vector
 *     kernels can't run for another reason, or are not wanted, false
 * @param fma whether a fused multiply-add is an instruction
 * @param wanted {@link Kernels#IMPLEMENTATION_PROPERTY} in lower case, or empty
 * @param bits {@link Kernels#BITS_PROPERTY}, or empty
 */
record Jvm(
    String name,
    String info,
    boolean vectorModule,
    boolean nativeAccess,
    boolean fma,
    String wanted,
    String bits) {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  static Jvm here() {
    String wanted =
        System.getProperty(Kernels.IMPLEMENTATION_PROPERTY, "").toLowerCase(Locale.ROOT);
    boolean module = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return new Jvm(
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.info", ""),
        module,
        // Trying it costs a warning of the JVM's own, so only where it matters.
        module && !wanted.equals(KernelChoice.SCALAR) && hasNativeAccess(),
        Fma.IS_INSTRUCTION,
        wanted,
        System.getProperty(Kernels.BITS_PROPERTY, ""));
  }

  /** Without a compiler at all. */
  boolean interprets() {
    return info.contains("interpreted mode");
  }

  /** With the first compiler alone, which makes calls of vector operations. */
  boolean compilesQuicklyAlone() {
    return info.contains("emulated-client") || name.contains("Client VM");
  }

  /** Whether it is one whose compilers are known to make vector instructions. */
  boolean compilesVectors() {
    return !name.contains("OpenJ9") && !name.contains("Substrate") && !name.contains("Zero");
  }

  /** Tries it: {@code --illegal-native-access} decides about a module that was not named. */
  @SuppressWarnings("restricted")
  private static boolean hasNativeAccess() {
    try {
      return MemorySegment.NULL.reinterpret(1).byteSize() == 1;
    } catch (IllegalCallerException denied) {
      return false;
    }
  }
}

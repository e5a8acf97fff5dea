package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the properties, the modules and the flags of this JVM come to.
 *
 * @param kernels what runs
 * @param byAddress whether it takes addresses, or checked segments
 * @param refusal why nothing may run; then {@code kernels} is there for no one
 */
record KernelChoice(KernelSet kernels, boolean byAddress, @Nullable String refusal) {

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "dev.lanewise.kernels.vector.VectorKernels";

  static KernelChoice make() {
    String wanted =
        System.getProperty(Kernels.IMPLEMENTATION_PROPERTY, "").toLowerCase(Locale.ROOT);
    boolean forced = wanted.equals("vector");
    if (wanted.equals("scalar")) {
      return scalar();
    } else if (!wanted.isEmpty() && !forced) {
      return refused(KernelErrors.unknownImplementation(wanted));
    } else if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return forced
          ? refused(KernelErrors.vectorModuleMissing())
          : fallBack(KernelErrors.vectorModuleFallback());
    }
    String bits = System.getProperty(Kernels.BITS_PROPERTY, "512");
    if (!bits.equals("128") && !bits.equals("256") && !bits.equals("512")) {
      return refused(KernelErrors.unknownBits(bits));
    }
    if (nativeAccessIsDenied()) {
      return forced
          ? refused(KernelErrors.nativeAccessDenied())
          : fallBack(KernelErrors.nativeAccessFallback());
    }
    return new KernelChoice(vectorKernels(), true, null);
  }

  /** Tries it: {@code --illegal-native-access} decides about a module that was not named. */
  @SuppressWarnings("restricted")
  private static boolean nativeAccessIsDenied() {
    try {
      return MemorySegment.NULL.reinterpret(1).byteSize() != 1;
    } catch (IllegalCallerException denied) {
      return true;
    }
  }

  private static KernelChoice scalar() {
    return new KernelChoice(new ScalarKernels(), false, null);
  }

  private static KernelChoice refused(String why) {
    return new KernelChoice(new ScalarKernels(), false, why);
  }

  private static KernelChoice fallBack(String why) {
    System.getLogger("dev.lanewise.kernels").log(Level.WARNING, why);
    return scalar();
  }

  /** By name, so that this class loads where the vector module is not there. */
  private static KernelSet vectorKernels() {
    try {
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(KernelSet.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The vector kernels did not load", e);
    }
  }
}

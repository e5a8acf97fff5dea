package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * Which implementation of the kernels runs, chosen once when this class is initialised.
 *
 * <p>The vector kernels run where {@code jdk.incubator.vector} is in the boot layer, at the
 * machine's preferred width; the scalar kernels, after one warning, where it is not. {@code
 * -Ddev.lanewise.kernels=vector|scalar} forces either, {@code
 * -Ddev.lanewise.kernels.bits=128|256|512} forces the width. Every choice gives the same bits.
 */
public final class Kernels {

  /** {@code vector} or {@code scalar}; anything else is refused. */
  public static final String IMPLEMENTATION_PROPERTY = "dev.lanewise.kernels";

  /** Width of the vector kernels in bits. */
  public static final String BITS_PROPERTY = "dev.lanewise.kernels.bits";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "dev.lanewise.kernels.vector.VectorKernels";

  static final KernelSet SELECTED = select();

  private Kernels() {}

  /**
   * What runs, for people and logs.
   *
   * @return {@code "scalar"}, or {@code "vector, 256 bits"} with the width
   */
  public static String implementation() {
    return SELECTED.name();
  }

  private static KernelSet select() {
    String wanted = System.getProperty(IMPLEMENTATION_PROPERTY, "").toLowerCase(Locale.ROOT);
    boolean vectorModule = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return switch (wanted) {
      case "scalar" -> new ScalarKernels();
      case "vector" -> {
        if (!vectorModule) {
          throw new IllegalStateException(KernelErrors.vectorModuleMissing());
        }
        yield vectorKernels();
      }
      case "" -> vectorModule ? vectorKernels() : fallBack();
      default -> throw new IllegalArgumentException(KernelErrors.unknownImplementation(wanted));
    };
  }

  private static KernelSet fallBack() {
    System.getLogger("dev.lanewise.kernels").log(Level.WARNING, KernelErrors.fallsBackToScalar());
    return new ScalarKernels();
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

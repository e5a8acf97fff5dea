package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.SgemmKernel;
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

  private static final SgemmKernel SGEMM = SELECTED.sgemm();
  private static final SgemmKernel BFLOAT16_SGEMM = SELECTED.bfloat16Sgemm();
  private static final SgemmKernel INT8_SGEMM = SELECTED.int8Sgemm();
  private static final LstmCellKernel LSTM_CELL = SELECTED.lstmCell();
  private static final LstmCellKernel BFLOAT16_LSTM_CELL = SELECTED.bfloat16LstmCell();
  private static final LstmCellKernel INT8_LSTM_CELL = SELECTED.int8LstmCell();

  private Kernels() {}

  /**
   * What runs, for people and logs.
   *
   * @return {@code "scalar"}, or {@code "vector, 256 bits"} with the width
   */
  public static String implementation() {
    return SELECTED.name();
  }

  static SgemmKernel sgemm(WeightFormat format) {
    return switch (format) {
      case FLOAT32 -> SGEMM;
      case BFLOAT16 -> BFLOAT16_SGEMM;
      case INT8 -> INT8_SGEMM;
    };
  }

  static LstmCellKernel lstmCell(WeightFormat format) {
    return switch (format) {
      case FLOAT32 -> LSTM_CELL;
      case BFLOAT16 -> BFLOAT16_LSTM_CELL;
      case INT8 -> INT8_LSTM_CELL;
    };
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

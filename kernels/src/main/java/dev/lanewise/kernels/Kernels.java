package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.SgemmKernel;

/**
 * Which implementation of the kernels runs, chosen once when this class is initialised.
 *
 * <p>The vector kernels run where {@code jdk.incubator.vector} is in the boot layer, at the
 * machine's preferred width and native access is not denied. Else the scalar kernels run, after one
 * warning. {@code -Ddev.lanewise.kernels=vector|scalar} forces either, {@code
 * -Ddev.lanewise.kernels.bits=128|256|512} forces the width. Every choice gives the same bits.
 */
public final class Kernels {

  /** {@code vector} or {@code scalar}; anything else is refused. */
  public static final String IMPLEMENTATION_PROPERTY = "dev.lanewise.kernels";

  /** Width of the vector kernels in bits. */
  public static final String BITS_PROPERTY = "dev.lanewise.kernels.bits";

  private static final KernelChoice CHOICE = KernelChoice.make();

  static final KernelSet SELECTED = CHOICE.kernels();

  /**
   * Whether kernels take the addresses of segments, and no longer find out what becomes of them.
   */
  static final boolean BY_ADDRESS = CHOICE.byAddress();

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
   * @throws IllegalStateException if a property above asks for what can't run here
   */
  public static String implementation() {
    requireUsable();
    return SELECTED.name();
  }

  /**
   * Each entry comes by here. An exception in the initialiser of this class would reach its first
   * caller wrapped, and later ones as a NoClassDefFoundError.
   */
  static void requireUsable() {
    String refusal = CHOICE.refusal();
    if (refusal != null) {
      throw new IllegalStateException(refusal);
    }
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
}

package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.relay.RelayKernels;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.System.Logger.Level;

/**
 * Which implementation of the kernels runs, chosen once when this class is initialised.
 *
 * <p>The vector kernels run, at the machine's preferred width, where {@code jdk.incubator.vector}
 * is in the boot layer, native access is not denied, a fused multiply-add is an instruction and the
 * JVM compiles vector operations. Else the scalar kernels run, after one warning; {@link #choice()}
 * has the reasons. Where vector kernels run, scalar ones answer until they are compiled, but where
 * the property below forces them. {@code -Ddev.lanewise.kernels=vector|scalar} forces either,
 * {@code -Ddev.lanewise.kernels.bits=128|256|512} forces the width. Every choice gives the same
 * bits.
 */
public final class Kernels {

  /** {@code vector} or {@code scalar}; anything else is refused. */
  public static final String IMPLEMENTATION_PROPERTY = "dev.lanewise.kernels";

  /** Width of the vector kernels in bits. */
  public static final String BITS_PROPERTY = "dev.lanewise.kernels.bits";

  private static final KernelChoice CHOICE = KernelChoice.of(Jvm.here());

  static final KernelSet SELECTED = CHOICE.vector() ? vectorKernels() : scalarKernels();

  /**
   * Whether kernels take the addresses of segments, and no longer find out what becomes of them.
   */
  static final boolean BY_ADDRESS = CHOICE.vector();

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
   * Which kernels run, and why.
   *
   * @return the choice, where a property asks for what can't run here too
   */
  public static KernelChoice choice() {
    if (!(SELECTED instanceof RelayKernels) || !RelayKernels.gaveUp()) {
      return CHOICE;
    }
    String error = RelayKernels.error();
    return error == null ? CHOICE.slow() : CHOICE.ended(error);
  }

  /**
   * Whether all kernels that were called run as they will go on. The scalar ones do from the start;
   * a vector one is compiled in the background after its first call, and its scalar twin answers
   * until then.
   *
   * @return false for about a second after a first call
   */
  public static boolean areSettled() {
    return !(SELECTED instanceof RelayKernels) || RelayKernels.areSettled();
  }

  private static KernelSet scalarKernels() {
    if (!CHOICE.forced()) {
      System.getLogger("dev.lanewise.kernels")
          .log(Level.WARNING, CHOICE.findings().getFirst().toString());
    }
    return new ScalarKernels();
  }

  /** By name, so that this class loads where the vector module is not there. */
  private static KernelSet vectorKernels() {
    try {
      KernelSet vector =
          Class.forName("dev.lanewise.kernels.vector.VectorKernels")
              .asSubclass(KernelSet.class)
              .getConstructor()
              .newInstance();
      return CHOICE.forced()
          ? vector
          : new RelayKernels(new ScalarKernels(vector.sgemm().lanes()), vector);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The vector kernels did not load", e);
    }
  }

  /**
   * Each entry comes by here. An exception in the initialiser of this class would reach its first
   * caller wrapped, and later ones as a NoClassDefFoundError.
   */
  static void requireUsable() {
    if (CHOICE.refusal().isPresent()) {
      throw new IllegalStateException(CHOICE.refusal().get());
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

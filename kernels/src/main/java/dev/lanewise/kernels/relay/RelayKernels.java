package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.AdamKernel;
import dev.lanewise.kernels.contract.AddScaledKernel;
import dev.lanewise.kernels.contract.AddSignKernel;
import dev.lanewise.kernels.contract.CellStateKernel;
import dev.lanewise.kernels.contract.ClipKernel;
import dev.lanewise.kernels.contract.ColumnMomentsKernel;
import dev.lanewise.kernels.contract.ColumnSumsKernel;
import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.KernelSet;
import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.MaximumKernel;
import dev.lanewise.kernels.contract.MomentumKernel;
import dev.lanewise.kernels.contract.MultiplyKernel;
import dev.lanewise.kernels.contract.RmsPropKernel;
import dev.lanewise.kernels.contract.RowNormalizationKernel;
import dev.lanewise.kernels.contract.ScaleKernel;
import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.contract.SoftmaxKernel;
import dev.lanewise.kernels.contract.SumOfMagnitudesKernel;
import dev.lanewise.kernels.contract.SumOfSquaresKernel;
import dev.lanewise.kernels.contract.TransposeKernel;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Every kernel of {@code last}. Those that a prediction waits for are run by {@code first} until
 * they are compiled.
 */
public final class RelayKernels implements KernelSet {

  /** What is found where they are never compiled. */
  public static final String STAY_SLOW =
      "The vector kernels ran for a minute and were not compiled to vector instructions, so some"
          + " scalar kernels run on: right, and many times slower. `lanewise doctor` says more";

  /** What is found where running them ended with an error. */
  public static final String NOT_REHEARSED =
      "Running the vector kernels in the background ended with an error, so some scalar kernels run"
          + " on: right, and many times slower";

  private final KernelSet first;
  private final KernelSet last;
  private final SgemmKernel sgemm;
  private final SgemmKernel bfloat16Sgemm;
  private final SgemmKernel int8Sgemm;

  /**
   * Both, by the same strips.
   *
   * @param first the scalar kernels
   * @param last the vector kernels
   */
  public RelayKernels(KernelSet first, KernelSet last) {
    this.first = first;
    this.last = last;
    sgemm = new RelaySgemm(first.sgemm(), last.sgemm());
    bfloat16Sgemm = new RelaySgemm(first.bfloat16Sgemm(), last.bfloat16Sgemm());
    int8Sgemm = new RelaySgemm(first.int8Sgemm(), last.int8Sgemm());
    expectHeapSegments();
  }

  /**
   * Loads the class of them. The vector operations read arrays until they are compiled, and all
   * that was compiled for the one kind of segment that there was would be thrown away.
   */
  private static void expectHeapSegments() {
    if (MemorySegment.ofArray(new byte[1]).byteSize() != 1) {
      throw new AssertionError();
    }
  }

  /** Whether each kernel that was called runs as it will go on. */
  public static boolean areSettled() {
    return Rehearsals.areOver();
  }

  /** Whether a vector kernel stayed slow, so that its scalar twin runs for good. */
  public static boolean gaveUp() {
    return Rehearsals.gaveUp();
  }

  /** The error for which it gave up; null where it did not, or for time. */
  public static @Nullable String error() {
    return Rehearsals.error();
  }

  @Override
  public String name() {
    return last.name();
  }

  @Override
  public SgemmKernel sgemm() {
    return sgemm;
  }

  @Override
  public LstmCellKernel lstmCell() {
    return new RelayLstmCell(first.lstmCell(), last.lstmCell(), sgemm);
  }

  @Override
  public GruCellKernel gruCell() {
    return new RelayGruCell(first.gruCell(), last.gruCell(), sgemm);
  }

  @Override
  public SgemmKernel bfloat16Sgemm() {
    return bfloat16Sgemm;
  }

  @Override
  public LstmCellKernel bfloat16LstmCell() {
    return new RelayLstmCell(first.bfloat16LstmCell(), last.bfloat16LstmCell(), bfloat16Sgemm);
  }

  @Override
  public SgemmKernel int8Sgemm() {
    return int8Sgemm;
  }

  @Override
  public LstmCellKernel int8LstmCell() {
    return new RelayLstmCell(first.int8LstmCell(), last.int8LstmCell(), int8Sgemm);
  }

  @Override
  public ActivationKernel exp() {
    return new RelayActivation(first.exp(), last.exp());
  }

  @Override
  public ActivationKernel sigmoid() {
    return new RelayActivation(first.sigmoid(), last.sigmoid());
  }

  @Override
  public ActivationKernel tanh() {
    return new RelayActivation(first.tanh(), last.tanh());
  }

  @Override
  public ActivationKernel relu() {
    return new RelayActivation(first.relu(), last.relu());
  }

  @Override
  public ActivationKernel hardSigmoid() {
    return new RelayActivation(first.hardSigmoid(), last.hardSigmoid());
  }

  @Override
  public ActivationKernel hardSigmoidClassic() {
    return new RelayActivation(first.hardSigmoidClassic(), last.hardSigmoidClassic());
  }

  @Override
  public ActivationKernel leakyRelu(float slope) {
    return new RelayActivation(first.leakyRelu(slope), last.leakyRelu(slope));
  }

  @Override
  public ActivationKernel softsign() {
    return new RelayActivation(first.softsign(), last.softsign());
  }

  @Override
  public ActivationKernel elu(float scale, float low) {
    return new RelayActivation(first.elu(scale, low), last.elu(scale, low));
  }

  @Override
  public ActivationKernel clamp(float low, float high) {
    return new RelayActivation(first.clamp(low, high), last.clamp(low, high));
  }

  @Override
  public ActivationKernel sparseSigmoid() {
    return new RelayActivation(first.sparseSigmoid(), last.sparseSigmoid());
  }

  @Override
  public ActivationKernel sparsePlus() {
    return new RelayActivation(first.sparsePlus(), last.sparsePlus());
  }

  @Override
  public ActivationKernel shrink(float threshold, float shift) {
    return new RelayActivation(first.shrink(threshold, shift), last.shrink(threshold, shift));
  }

  @Override
  public ActivationKernel softplus() {
    return new RelayActivation(first.softplus(), last.softplus());
  }

  @Override
  public ActivationKernel logSigmoid() {
    return new RelayActivation(first.logSigmoid(), last.logSigmoid());
  }

  @Override
  public ActivationKernel squareplus() {
    return new RelayActivation(first.squareplus(), last.squareplus());
  }

  @Override
  public ActivationKernel tanhShrink() {
    return new RelayActivation(first.tanhShrink(), last.tanhShrink());
  }

  @Override
  public ActivationKernel silu() {
    return new RelayActivation(first.silu(), last.silu());
  }

  @Override
  public ActivationKernel hardSilu() {
    return new RelayActivation(first.hardSilu(), last.hardSilu());
  }

  @Override
  public ActivationKernel gelu() {
    return new RelayActivation(first.gelu(), last.gelu());
  }

  @Override
  public ActivationKernel geluTanh() {
    return new RelayActivation(first.geluTanh(), last.geluTanh());
  }

  @Override
  public ActivationKernel mish() {
    return new RelayActivation(first.mish(), last.mish());
  }

  @Override
  public TransposeKernel transpose() {
    return last.transpose();
  }

  @Override
  public AddScaledKernel addScaled() {
    return last.addScaled();
  }

  @Override
  public AddSignKernel addSign() {
    return last.addSign();
  }

  @Override
  public MultiplyKernel multiply() {
    return last.multiply();
  }

  @Override
  public CellStateKernel cellState() {
    return last.cellState();
  }

  @Override
  public ColumnSumsKernel columnSums() {
    return last.columnSums();
  }

  @Override
  public SumOfMagnitudesKernel sumOfMagnitudes() {
    return last.sumOfMagnitudes();
  }

  @Override
  public SumOfSquaresKernel sumOfSquares() {
    return last.sumOfSquares();
  }

  @Override
  public AdamKernel adam() {
    return last.adam();
  }

  @Override
  public MomentumKernel momentum() {
    return last.momentum();
  }

  @Override
  public ScaleKernel scale() {
    return last.scale();
  }

  @Override
  public SoftmaxKernel softmax() {
    return new RelaySoftmax(first.softmax(), last.softmax());
  }

  @Override
  public RmsPropKernel rmsProp() {
    return last.rmsProp();
  }

  @Override
  public ClipKernel clip() {
    return last.clip();
  }

  @Override
  public MaximumKernel maximum() {
    return last.maximum();
  }

  @Override
  public RowNormalizationKernel rowNormalization() {
    return last.rowNormalization();
  }

  @Override
  public ColumnMomentsKernel columnMoments() {
    return last.columnMoments();
  }
}

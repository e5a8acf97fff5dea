package dev.lanewise.kernels.scalar;

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

/** The scalar implementation of every kernel. */
public final class ScalarKernels implements KernelSet {

  /** Columns enough for C2 to make vectors of the loop over them. */
  private static final int LANES = 8;

  private final int lanes;

  /** By packed strips of its own. */
  public ScalarKernels() {
    this(LANES);
  }

  /** By packed strips of vectors of so many lanes. */
  public ScalarKernels(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public SgemmKernel sgemm() {
    return new ScalarSgemm(lanes);
  }

  @Override
  public LstmCellKernel lstmCell() {
    return new ScalarLstmCell();
  }

  @Override
  public GruCellKernel gruCell() {
    return new ScalarGruCell();
  }

  @Override
  public SgemmKernel bfloat16Sgemm() {
    return new ScalarBfloat16Sgemm(lanes);
  }

  @Override
  public LstmCellKernel bfloat16LstmCell() {
    return new ScalarLstmCell();
  }

  @Override
  public SgemmKernel int8Sgemm() {
    return new ScalarInt8Sgemm(lanes);
  }

  @Override
  public LstmCellKernel int8LstmCell() {
    return new ScalarLstmCell();
  }

  @Override
  public ActivationKernel exp() {
    return new ScalarExp();
  }

  @Override
  public ActivationKernel sigmoid() {
    return new ScalarSigmoid();
  }

  @Override
  public ActivationKernel tanh() {
    return new ScalarTanh();
  }

  @Override
  public ActivationKernel relu() {
    return new ScalarRelu();
  }

  @Override
  public ActivationKernel hardSigmoid() {
    return new ScalarHardSigmoid(1f / 6f);
  }

  @Override
  public ActivationKernel hardSigmoidClassic() {
    return new ScalarHardSigmoid(0.2f);
  }

  @Override
  public ActivationKernel leakyRelu(float slope) {
    return new ScalarLeakyRelu(slope);
  }

  @Override
  public ActivationKernel softsign() {
    return new ScalarSoftsign();
  }

  @Override
  public ActivationKernel elu(float scale, float low) {
    return new ScalarElu(scale, low);
  }

  @Override
  public ActivationKernel clamp(float low, float high) {
    return new ScalarClamp(low, high);
  }

  @Override
  public ActivationKernel sparseSigmoid() {
    return new ScalarHardSigmoid(0.5f);
  }

  @Override
  public ActivationKernel sparsePlus() {
    return new ScalarSparsePlus();
  }

  @Override
  public ActivationKernel shrink(float threshold, float shift) {
    return new ScalarShrink(threshold, shift);
  }

  @Override
  public ActivationKernel softplus() {
    return new ScalarSoftplus(1f);
  }

  @Override
  public ActivationKernel logSigmoid() {
    return new ScalarSoftplus(-1f);
  }

  @Override
  public ActivationKernel squareplus() {
    return new ScalarSquareplus();
  }

  @Override
  public ActivationKernel tanhShrink() {
    return new ScalarTanhShrink();
  }

  @Override
  public ActivationKernel silu() {
    return new ScalarSilu();
  }

  @Override
  public ActivationKernel hardSilu() {
    return new ScalarHardSilu();
  }

  @Override
  public ActivationKernel gelu() {
    return new ScalarGelu();
  }

  @Override
  public ActivationKernel geluTanh() {
    return new ScalarGeluTanh();
  }

  @Override
  public ActivationKernel mish() {
    return new ScalarMish();
  }

  @Override
  public TransposeKernel transpose() {
    return new ScalarTranspose();
  }

  @Override
  public AddScaledKernel addScaled() {
    return new ScalarAddScaled();
  }

  @Override
  public AddSignKernel addSign() {
    return new ScalarAddSign();
  }

  @Override
  public MultiplyKernel multiply() {
    return new ScalarMultiply();
  }

  @Override
  public CellStateKernel cellState() {
    return new ScalarCellState();
  }

  @Override
  public ColumnSumsKernel columnSums() {
    return new ScalarColumnSums();
  }

  @Override
  public SumOfMagnitudesKernel sumOfMagnitudes() {
    return new ScalarSumOfMagnitudes();
  }

  @Override
  public SumOfSquaresKernel sumOfSquares() {
    return new ScalarSumOfSquares();
  }

  @Override
  public AdamKernel adam() {
    return new ScalarAdam();
  }

  @Override
  public MomentumKernel momentum() {
    return new ScalarMomentum();
  }

  @Override
  public ScaleKernel scale() {
    return new ScalarScale();
  }

  @Override
  public SoftmaxKernel softmax() {
    return new ScalarSoftmax();
  }

  @Override
  public RmsPropKernel rmsProp() {
    return new ScalarRmsProp();
  }

  @Override
  public ClipKernel clip() {
    return new ScalarClip();
  }

  @Override
  public MaximumKernel maximum() {
    return new ScalarMaximum();
  }

  @Override
  public RowNormalizationKernel rowNormalization() {
    return new ScalarRowNormalization();
  }

  @Override
  public ColumnMomentsKernel columnMoments() {
    return new ScalarColumnMoments();
  }
}

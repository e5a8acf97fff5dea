package dev.lanewise.kernels.vector;

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

/** The vector implementation of every kernel. */
public final class VectorKernels implements KernelSet {

  @Override
  public String name() {
    return "vector, " + Lanes.FLOAT.vectorBitSize() + " bits";
  }

  @Override
  public SgemmKernel sgemm() {
    return new VectorSgemm();
  }

  @Override
  public LstmCellKernel lstmCell() {
    return new VectorLstmCell();
  }

  @Override
  public GruCellKernel gruCell() {
    return new VectorGruCell();
  }

  @Override
  public SgemmKernel bfloat16Sgemm() {
    return new VectorNarrowSgemm(new VectorBfloat16Strips());
  }

  @Override
  public LstmCellKernel bfloat16LstmCell() {
    return new VectorNarrowLstmCell(new VectorBfloat16Strips());
  }

  @Override
  public SgemmKernel int8Sgemm() {
    return new VectorNarrowSgemm(new VectorInt8Strips());
  }

  @Override
  public LstmCellKernel int8LstmCell() {
    return new VectorNarrowLstmCell(new VectorInt8Strips());
  }

  @Override
  public ActivationKernel exp() {
    return new VectorExp();
  }

  @Override
  public ActivationKernel sigmoid() {
    return new VectorSigmoid();
  }

  @Override
  public ActivationKernel tanh() {
    return new VectorTanh();
  }

  @Override
  public ActivationKernel relu() {
    return new VectorRelu();
  }

  @Override
  public ActivationKernel hardSigmoid() {
    return new VectorHardSigmoid(1f / 6f);
  }

  @Override
  public ActivationKernel hardSigmoidClassic() {
    return new VectorHardSigmoid(0.2f);
  }

  @Override
  public ActivationKernel leakyRelu(float slope) {
    return new VectorLeakyRelu(slope);
  }

  @Override
  public ActivationKernel softsign() {
    return new VectorSoftsign();
  }

  @Override
  public ActivationKernel elu(float scale, float low) {
    return new VectorElu(scale, low);
  }

  @Override
  public ActivationKernel clamp(float low, float high) {
    return new VectorClamp(low, high);
  }

  @Override
  public ActivationKernel sparseSigmoid() {
    return new VectorHardSigmoid(0.5f);
  }

  @Override
  public ActivationKernel sparsePlus() {
    return new VectorSparsePlus();
  }

  @Override
  public ActivationKernel shrink(float threshold, float shift) {
    return new VectorShrink(threshold, shift);
  }

  @Override
  public ActivationKernel softplus() {
    return new VectorSoftplus(1f);
  }

  @Override
  public ActivationKernel logSigmoid() {
    return new VectorSoftplus(-1f);
  }

  @Override
  public ActivationKernel squareplus() {
    return new VectorSquareplus();
  }

  @Override
  public ActivationKernel tanhShrink() {
    return new VectorTanhShrink();
  }

  @Override
  public ActivationKernel silu() {
    return new VectorSilu();
  }

  @Override
  public ActivationKernel hardSilu() {
    return new VectorHardSilu();
  }

  @Override
  public ActivationKernel gelu() {
    return new VectorGelu();
  }

  @Override
  public ActivationKernel geluTanh() {
    return new VectorGeluTanh();
  }

  @Override
  public ActivationKernel mish() {
    return new VectorMish();
  }

  @Override
  public TransposeKernel transpose() {
    return new VectorTranspose();
  }

  @Override
  public AddScaledKernel addScaled() {
    return new VectorAddScaled();
  }

  @Override
  public AddSignKernel addSign() {
    return new VectorAddSign();
  }

  @Override
  public MultiplyKernel multiply() {
    return new VectorMultiply();
  }

  @Override
  public CellStateKernel cellState() {
    return new VectorCellState();
  }

  @Override
  public ColumnSumsKernel columnSums() {
    return new VectorColumnSums();
  }

  @Override
  public SumOfMagnitudesKernel sumOfMagnitudes() {
    return new VectorSumOfMagnitudes();
  }

  @Override
  public SumOfSquaresKernel sumOfSquares() {
    return new VectorSumOfSquares();
  }

  @Override
  public AdamKernel adam() {
    return new VectorAdam();
  }

  @Override
  public MomentumKernel momentum() {
    return new VectorMomentum();
  }

  @Override
  public ScaleKernel scale() {
    return new VectorScale();
  }

  @Override
  public SoftmaxKernel softmax() {
    return new VectorSoftmax();
  }

  @Override
  public RmsPropKernel rmsProp() {
    return new VectorRmsProp();
  }

  @Override
  public ClipKernel clip() {
    return new VectorClip();
  }

  @Override
  public MaximumKernel maximum() {
    return new VectorMaximum();
  }

  @Override
  public RowNormalizationKernel rowNormalization() {
    return new VectorRowNormalization();
  }

  @Override
  public ColumnMomentsKernel columnMoments() {
    return new VectorColumnMoments();
  }
}

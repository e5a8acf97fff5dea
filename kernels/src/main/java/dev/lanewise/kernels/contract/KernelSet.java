package dev.lanewise.kernels.contract;

/** One implementation of every kernel. All of them give the same bits. */
public interface KernelSet {

  /** What runs, for people: {@code "scalar"}, or {@code "vector"} with its width in bits. */
  String name();

  SgemmKernel sgemm();

  LstmCellKernel lstmCell();

  GruCellKernel gruCell();

  /** The product by weights in bfloat16: see {@link Bfloat16Strips}. */
  SgemmKernel bfloat16Sgemm();

  LstmCellKernel bfloat16LstmCell();

  /** The product by weights in bytes: see {@link Int8Strips}. */
  SgemmKernel int8Sgemm();

  LstmCellKernel int8LstmCell();

  ActivationKernel exp();

  ActivationKernel sigmoid();

  ActivationKernel tanh();

  ActivationKernel relu();

  /** {@code clip(slope * x + 0.5, 0, 1)} with the slope 1/6 of Keras 3. */
  ActivationKernel hardSigmoid();

  /**
   * {@code clip(slope * x + 0.5, 0, 1)} with the slope 0.2 of Keras 1 and 2, TensorFlow.js and
   * ONNX.
   */
  ActivationKernel hardSigmoidClassic();

  /** {@code max(x, 0) + slope * min(x, 0)}. */
  ActivationKernel leakyRelu(float slope);

  /** {@code x / (1 + |x|)}. */
  ActivationKernel softsign();

  /** {@code scale * x} above 0, {@code low * (e^x - 1)} below. */
  ActivationKernel elu(float scale, float low);

  /** {@code clip(x, low, high)}. */
  ActivationKernel clamp(float low, float high);

  /** {@code clip(x / 2 + 0.5, 0, 1)}. */
  ActivationKernel sparseSigmoid();

  /** {@code (x + 1)^2 / 4} between -1 and 1, 0 below, x above. */
  ActivationKernel sparsePlus();

  /** 0 where {@code |x| <= threshold}, else x nearer to 0 by a shift. */
  ActivationKernel shrink(float threshold, float shift);

  /** {@code ln(1 + e^x)}. */
  ActivationKernel softplus();

  /** {@code -ln(1 + e^-x)}. */
  ActivationKernel logSigmoid();

  /** {@code (x + sqrt(x^2 + 4)) / 2}. */
  ActivationKernel squareplus();

  /** {@code x - tanh(x)}; its gradient takes x. */
  ActivationKernel tanhShrink();

  /** {@code x / (1 + e^-x)}; its gradient takes x. */
  ActivationKernel silu();

  /** {@code x * clip(x / 6 + 0.5, 0, 1)}; its gradient takes x. */
  ActivationKernel hardSilu();

  /** {@code x * Phi(x)} with the normal distribution Phi; its gradient takes x. */
  ActivationKernel gelu();

  /** The approximation of gelu by a tanh; its gradient takes x. */
  ActivationKernel geluTanh();

  /** {@code x * tanh(ln(1 + e^x))}; its gradient takes x. */
  ActivationKernel mish();

  TransposeKernel transpose();

  AddScaledKernel addScaled();

  AddSignKernel addSign();

  MultiplyKernel multiply();

  CellStateKernel cellState();

  ColumnSumsKernel columnSums();

  SumOfMagnitudesKernel sumOfMagnitudes();

  SumOfSquaresKernel sumOfSquares();

  AdamKernel adam();

  MomentumKernel momentum();

  ScaleKernel scale();

  SoftmaxKernel softmax();

  RmsPropKernel rmsProp();

  ClipKernel clip();

  MaximumKernel maximum();

  RowNormalizationKernel rowNormalization();

  ColumnMomentsKernel columnMoments();
}

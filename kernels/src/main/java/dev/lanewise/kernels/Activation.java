package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An elementwise activation and its gradient.
 *
 * <p>Each is computed in float, denormals included, and NaN stays NaN. Each constant says its
 * largest error against the exact function over all floats, as measured; where it says none, half a
 * ULP. A gradient is within 3.3e-7 of the exact one for dy = 1, or within as much of its size where
 * that is more.
 *
 * <p>Lengths and offsets in elements; thread-safe; allocates nothing.
 */
public enum Activation {
  /** {@code y = x}. */
  LINEAR(null),
  /** {@code y = 1 / (1 + e^-x)}. Largest error 2.5 ULP. */
  SIGMOID(Kernels.SELECTED.sigmoid()),
  /** {@code y = tanh(x)}. Largest error 2.5 ULP. */
  TANH(Kernels.SELECTED.tanh()),
  /** {@code y = max(x, 0)}. */
  RELU(Kernels.SELECTED.relu()),
  /** {@code y = clip(x / 6 + 0.5, 0, 1)}: the hard sigmoid of Keras 3. */
  HARD_SIGMOID(Kernels.SELECTED.hardSigmoid()),
  /**
   * {@code y = clip(0.2 * x + 0.5, 0, 1)}: the hard sigmoid of Keras 1 and 2, TensorFlow.js and
   * ONNX.
   */
  HARD_SIGMOID_CLASSIC(Kernels.SELECTED.hardSigmoidClassic()),
  /** {@code y = max(x, 0) + 0.2 * min(x, 0)}: Keras's leaky relu. */
  LEAKY_RELU(Kernels.SELECTED.leakyRelu(0.2f)),
  /** {@code y = x} above 0, {@code e^x - 1} below (Clevert et al., 2016). Largest error 3 ULP. */
  ELU(Kernels.SELECTED.elu(1f, 1f)),
  /**
   * {@code y = s * x} above 0, {@code s * a * (e^x - 1)} below, s = 1.05070099 and a = 1.67326324
   * (Klambauer et al., 2017). Largest error 3 ULP.
   */
  SELU(Kernels.SELECTED.elu(1.050701f, 1.7580993f)),
  /** {@code y = x / (1 + |x|)}. Largest error 1.5 ULP. */
  SOFTSIGN(Kernels.SELECTED.softsign()),
  /** {@code y = e^x}. Largest error 1.1 ULP. */
  EXPONENTIAL(Kernels.SELECTED.exp()),
  /** {@code y = clip(x, 0, 6)} (Krizhevsky, 2010). */
  RELU6(Kernels.SELECTED.clamp(0f, 6f)),
  /** {@code y = clip(x, -1, 1)} (Collobert, 2004). */
  HARD_TANH(Kernels.SELECTED.clamp(-1f, 1f)),
  /** {@code y = clip(x / 2 + 0.5, 0, 1)}: Keras's sparse sigmoid. */
  SPARSE_SIGMOID(Kernels.SELECTED.sparseSigmoid()),
  /**
   * {@code y = (x + 1)^2 / 4} between -1 and 1, 0 below, x above: Keras's sparse plus. Largest
   * error 2 ULP.
   */
  SPARSE_PLUS(Kernels.SELECTED.sparsePlus()),
  /** {@code y = x} where {@code |x| > 0.5}, else 0 (Donoho and Johnstone, 1994). */
  HARD_SHRINK(Kernels.SELECTED.shrink(0.5f, 0f)),
  /** {@code y = x - 0.5} above 0.5, {@code x + 0.5} below -0.5, else 0 (Donoho, 1995). */
  SOFT_SHRINK(Kernels.SELECTED.shrink(0.5f, 0.5f)),
  /** {@code y = ln(1 + e^x)} (Dugas et al., 2001). Largest error 2.8 ULP. */
  SOFTPLUS(Kernels.SELECTED.softplus()),
  /** {@code y = -ln(1 + e^-x)}, the logarithm of the sigmoid. Largest error 2.8 ULP. */
  LOG_SIGMOID(Kernels.SELECTED.logSigmoid()),
  /** {@code y = (x + sqrt(x^2 + 4)) / 2} (Barron, 2021). Largest error 2.8 ULP. */
  SQUAREPLUS(Kernels.SELECTED.squareplus()),
  /** {@code y = x - tanh(x)}. {@link #needsInput Needs its input}. Largest error 2.8 ULP. */
  TANH_SHRINK(Kernels.SELECTED.tanhShrink(), Of.INPUT),
  /**
   * {@code y = x / (1 + e^-x)}, also called swish (Ramachandran et al., 2017). {@link #needsInput
   * Needs its input}. Largest error 3.1 ULP.
   */
  SILU(Kernels.SELECTED.silu(), Of.INPUT),
  /**
   * {@code y = x * clip(x / 6 + 0.5, 0, 1)}, also called hard swish (Howard et al., 2019). {@link
   * #needsInput Needs its input}. Largest error 1.5 ULP.
   */
  HARD_SILU(Kernels.SELECTED.hardSilu(), Of.INPUT),
  /**
   * {@code y = x * Phi(x)} with the normal distribution {@code Phi(x) = (1 + erf(x / sqrt(2))) / 2}
   * (Hendrycks and Gimpel, 2016). {@link #needsInput Needs its input}. Largest error 6.1, far below
   * 0; above 0 1.5 ULP.
   */
  GELU(Kernels.SELECTED.gelu(), Of.INPUT),
  /**
   * {@code y = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))}: gelu as its authors
   * approximate it, within 4.8e-4. {@link #needsInput Needs its input}. Largest error 3.7 ULP.
   */
  GELU_TANH(Kernels.SELECTED.geluTanh(), Of.INPUT),
  /**
   * {@code y = x * tanh(ln(1 + e^x))} (Misra, 2019). {@link #needsInput Needs its input}. Largest
   * error 4.1 ULP.
   */
  MISH(Kernels.SELECTED.mish(), Of.INPUT);

  /** What a gradient is computed from. */
  private enum Of {
    OUTPUT,
    INPUT
  }

  /** Null for the identity, which only copies. */
  @SuppressWarnings("ImmutableEnumChecker") // kernels have no state
  private final @Nullable ActivationKernel kernel;

  private final Of gradientOf;

  Activation(@Nullable ActivationKernel kernel) {
    this(kernel, Of.OUTPUT);
  }

  Activation(@Nullable ActivationKernel kernel, Of gradientOf) {
    this.kernel = kernel;
    this.gradientOf = gradientOf;
  }

  /**
   * Whether the gradient takes x. Where two x give one y, or no formula leads from y to x, a
   * backward has to keep x: it calls {@link #inputGradient}. Else y is enough: it calls {@link
   * #gradient}.
   *
   * @return true for tanh shrink, silu, hard silu, both gelus and mish
   */
  public boolean needsInput() {
    return gradientOf == Of.INPUT;
  }

  /**
   * {@code y = a(x)}.
   *
   * @param n how many elements
   * @param x (n). Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param y (n). Overwritten; may be {@code x} itself, but must not overlap it otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if n is negative, a segment is on the heap, or operands
   *     overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Operands.size("Activation", "n", n);
    long xAt = Operands.input("Activation", "x", x, xOffset, n);
    long yAt = Operands.output("Activation", "y", y, yOffset, n);
    Operands.sameOrDisjoint("Activation", "x", xAt, "y", yAt, n);
    if (kernel == null) {
      MemorySegment.copy(x, xOffset * Float.BYTES, y, yOffset * Float.BYTES, n * Float.BYTES);
    } else if (Held.isNeeded(x, y)) {
      Held.run(() -> kernel.apply(n, x, xOffset, y, yOffset), x, y);
    } else {
      kernel.apply(n, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }

  /**
   * {@code dx = dy * a'(x)}, computed from {@code y = a(x)}, where the activation does not {@link
   * #needsInput need its input}.
   *
   * @param n how many elements
   * @param y (n), what {@link #apply} gave. Not modified unless it is {@code dx}.
   * @param yOffset its first element
   * @param dy (n), the gradient with respect to y. Not modified unless it is {@code dx}.
   * @param dyOffset its first element
   * @param dx (n), the gradient with respect to x. Overwritten; may be {@code dy} or {@code y}
   *     itself, but must not overlap them otherwise.
   * @param dxOffset its first element
   * @throws IllegalArgumentException if the activation needs its input, n is negative, a segment is
   *     on the heap, or operands overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void gradient(
      long n,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    if (gradientOf == Of.INPUT) {
      throw new IllegalArgumentException(KernelErrors.gradientOfInput(this));
    }
    gradient("y", n, y, yOffset, dy, dyOffset, dx, dxOffset);
  }

  /**
   * {@code dx = dy * a'(x)}, computed from x, where the activation {@link #needsInput needs its
   * input}.
   *
   * @param n how many elements
   * @param x (n), what {@link #apply} took. Not modified unless it is {@code dx}.
   * @param xOffset its first element
   * @param dy (n), the gradient with respect to y. Not modified unless it is {@code dx}.
   * @param dyOffset its first element
   * @param dx (n), the gradient with respect to x. Overwritten; may be {@code dy} or {@code x}
   *     itself, but must not overlap them otherwise.
   * @param dxOffset its first element
   * @throws IllegalArgumentException if the activation does not need its input, n is negative, a
   *     segment is on the heap, or operands overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void inputGradient(
      long n,
      MemorySegment x,
      long xOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    if (gradientOf == Of.OUTPUT) {
      throw new IllegalArgumentException(KernelErrors.gradientOfOutput(this));
    }
    gradient("x", n, x, xOffset, dy, dyOffset, dx, dxOffset);
  }

  private void gradient(
      String name,
      long n,
      MemorySegment of,
      long ofOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    Operands.size("Activation", "n", n);
    long ofAt = Operands.input("Activation", name, of, ofOffset, n);
    long dyAt = Operands.input("Activation", "dy", dy, dyOffset, n);
    long dxAt = Operands.output("Activation", "dx", dx, dxOffset, n);
    Operands.sameOrDisjoint("Activation", name, ofAt, "dx", dxAt, n);
    Operands.sameOrDisjoint("Activation", "dy", dyAt, "dx", dxAt, n);
    if (kernel == null) {
      MemorySegment.copy(dy, dyOffset * Float.BYTES, dx, dxOffset * Float.BYTES, n * Float.BYTES);
    } else if (Held.isNeeded(of, dy, dx)) {
      Held.run(() -> kernel.gradient(n, of, ofOffset, dy, dyOffset, dx, dxOffset), of, dy, dx);
    } else {
      kernel.gradient(n, of, ofOffset, dy, dyOffset, dx, dxOffset);
      Held.untilHere(of, dy, dx);
    }
  }
}

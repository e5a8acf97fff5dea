package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An elementwise activation and its gradient.
 *
 * <p>Largest errors against the exact function: sigmoid and tanh 2.5 ULP over their whole range,
 * elu and selu 3, exponential and softsign 1.1. The others: half a ULP. NaN stays NaN. Lengths and
 * offsets in elements; thread-safe; allocates nothing.
 */
public enum Activation {
  /** {@code y = x}. */
  LINEAR(null),
  /** {@code y = 1 / (1 + e^-x)}. */
  SIGMOID(Kernels.SELECTED.sigmoid()),
  /** {@code y = tanh(x)}. */
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
  /** {@code y = x} above 0, {@code e^x - 1} below (Clevert et al., 2016). */
  ELU(Kernels.SELECTED.elu(1f, 1f)),
  /**
   * {@code y = s * x} above 0, {@code s * a * (e^x - 1)} below, s = 1.05070099 and a = 1.67326324
   * (Klambauer et al., 2017).
   */
  SELU(Kernels.SELECTED.elu(1.050701f, 1.7580993f)),
  /** {@code y = x / (1 + |x|)}. */
  SOFTSIGN(Kernels.SELECTED.softsign()),
  /** {@code y = e^x}. */
  EXPONENTIAL(Kernels.SELECTED.exp());

  /** Null for the identity, which only copies. */
  @SuppressWarnings("ImmutableEnumChecker") // kernels have no state
  private final @Nullable ActivationKernel kernel;

  Activation(@Nullable ActivationKernel kernel) {
    this.kernel = kernel;
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
   * {@code dx = dy * a'(x)}, computed from {@code y = a(x)}.
   *
   * @param n how many elements
   * @param y (n), what {@link #apply} gave. Not modified.
   * @param yOffset its first element
   * @param dy (n), the gradient with respect to y. Not modified unless it is {@code dx}.
   * @param dyOffset its first element
   * @param dx (n), the gradient with respect to x. Overwritten; may be {@code dy} or {@code y}
   *     itself, but must not overlap them otherwise.
   * @param dxOffset its first element
   * @throws IllegalArgumentException if n is negative, a segment is on the heap, or operands
   *     overlap in part
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
    Operands.size("Activation", "n", n);
    long yAt = Operands.input("Activation", "y", y, yOffset, n);
    long dyAt = Operands.input("Activation", "dy", dy, dyOffset, n);
    long dxAt = Operands.output("Activation", "dx", dx, dxOffset, n);
    Operands.sameOrDisjoint("Activation", "y", yAt, "dx", dxAt, n);
    Operands.sameOrDisjoint("Activation", "dy", dyAt, "dx", dxAt, n);
    if (kernel == null) {
      MemorySegment.copy(dy, dyOffset * Float.BYTES, dx, dxOffset * Float.BYTES, n * Float.BYTES);
    } else if (Held.isNeeded(y, dy, dx)) {
      Held.run(() -> kernel.gradient(n, y, yOffset, dy, dyOffset, dx, dxOffset), y, dy, dx);
    } else {
      kernel.gradient(n, y, yOffset, dy, dyOffset, dx, dxOffset);
      Held.untilHere(y, dy, dx);
    }
  }
}

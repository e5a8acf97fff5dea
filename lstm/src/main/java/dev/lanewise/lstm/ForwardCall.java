package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call predicts, and where to. Mutable, so that it can be kept and the next call allocates
 * nothing; many threads read it while the call is under way.
 */
final class ForwardCall {
  private final @Nullable Tensor[] x;
  private final @Nullable Mask[] masks;
  private final @Nullable Tensor[] y;
  private @Nullable Extras extras;

  /** Of each input. */
  final int[] inputSteps;

  /** Of each value. */
  final int[] steps;

  ForwardCall(Plan plan) {
    this.x = new @Nullable Tensor[plan.ports().size()];
    this.masks = new @Nullable Mask[x.length];
    this.y = new @Nullable Tensor[plan.outputs().length];
    this.inputSteps = new int[x.length];
    this.steps = new int[plan.values()];
  }

  void input(int port, Tensor tensor, @Nullable Mask mask) {
    x[port] = tensor;
    masks[port] = mask;
  }

  void output(int output, Tensor tensor) {
    y[output] = tensor;
  }

  void extras(@Nullable Extras wanted) {
    extras = wanted;
  }

  Tensor x(int port) {
    return Objects.requireNonNull(x[port]);
  }

  @Nullable Mask mask(int port) {
    return masks[port];
  }

  Tensor y(int output) {
    return Objects.requireNonNull(y[output]);
  }

  /** What it keeps beside its outputs; null for nothing. */
  @Nullable Extras extras() {
    return extras;
  }

  int outputs() {
    return y.length;
  }

  int inputs() {
    return x.length;
  }

  long samples() {
    return x(0).dim(0);
  }

  /** The steps of its longest input. */
  int longest() {
    int longest = 1;
    for (int each : inputSteps) {
      longest = Math.max(longest, each);
    }
    return longest;
  }

  boolean isMasked() {
    for (Mask mask : masks) {
      if (mask != null) {
        return true;
      }
    }
    return false;
  }

  boolean isAccessibleBy(Thread thread) {
    for (int port = 0; port < x.length; port++) {
      if (!x(port).segment().isAccessibleBy(thread)) {
        return false;
      }
    }
    for (int output = 0; output < y.length; output++) {
      if (!y(output).segment().isAccessibleBy(thread)) {
        return false;
      }
    }
    return true;
  }

  /** Lets go of what the caller brought. */
  void clear() {
    Arrays.fill(x, null);
    Arrays.fill(masks, null);
    Arrays.fill(y, null);
    extras = null;
  }
}

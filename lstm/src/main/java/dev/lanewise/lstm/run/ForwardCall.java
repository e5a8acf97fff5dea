package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call predicts, and where to. Mutable, so that it can be kept and the next call allocates
 * nothing; many threads read it while the call is under way.
 */
public final class ForwardCall {
  private final @Nullable Tensor[] x;
  private final @Nullable LiveSteps[] masks;
  private final @Nullable Tensor[] y;
  private @Nullable Extras extras;

  /** Of each input. */
  public final int[] inputSteps;

  /** Of each value. */
  public final int[] steps;

  public ForwardCall(Wiring wiring) {
    this.x = new @Nullable Tensor[wiring.ports()];
    this.masks = new @Nullable LiveSteps[x.length];
    this.y = new @Nullable Tensor[wiring.outputs().length];
    this.inputSteps = new int[x.length];
    this.steps = new int[wiring.values()];
  }

  public void input(int port, Tensor tensor, @Nullable LiveSteps mask) {
    x[port] = tensor;
    masks[port] = mask;
  }

  public void output(int output, Tensor tensor) {
    y[output] = tensor;
  }

  public void extras(@Nullable Extras wanted) {
    extras = wanted;
  }

  public Tensor x(int port) {
    return Objects.requireNonNull(x[port]);
  }

  public @Nullable LiveSteps mask(int port) {
    return masks[port];
  }

  public Tensor y(int output) {
    return Objects.requireNonNull(y[output]);
  }

  /** What it keeps beside its outputs; null for nothing. */
  public @Nullable Extras extras() {
    return extras;
  }

  public int outputs() {
    return y.length;
  }

  public int inputs() {
    return x.length;
  }

  public long samples() {
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
    for (LiveSteps mask : masks) {
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

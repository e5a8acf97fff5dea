package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a prediction keeps beside its output. Threads fill different samples. */
public final class Extras {
  private final List<Tensor> h = new ArrayList<>();
  private final List<Tensor> c = new ArrayList<>();
  private final int[] firstH; // by call: the index of its first h
  private final int[] firstC;
  private final int[] outputSteps; // by output; none where padding is not kept
  private final byte[][] padding; // by output: (samples, output steps)
  private final @Nullable HeldStates initial; // a copy, which any thread may read

  private Extras(
      List<Wiring.Call> calls, long samples, int[] outputSteps, @Nullable HeldStates initial) {
    this.initial = initial;
    this.outputSteps = outputSteps;
    this.padding = new byte[outputSteps.length][];
    for (int i = 0; i < padding.length; i++) {
      padding[i] = new byte[Sizes.rows(outputSteps[i], samples)];
    }
    this.firstH = new int[calls.size()];
    this.firstC = new int[calls.size()];
    for (int layer = 0; layer < firstH.length; layer++) {
      firstH[layer] = h.size();
      firstC[layer] = c.size();
      add(calls.get(layer).h(), samples, h);
      add(calls.get(layer).c(), samples, c);
    }
  }

  private static void add(int[] units, long samples, List<Tensor> states) {
    for (int each : units) {
      states.add(Tensor.zeros(samples, each));
    }
  }

  /** The states of all layers, which begin from some, or from 0. */
  public static Extras states(Wiring wiring, long samples, @Nullable HeldStates from) {
    return new Extras(wiring.calls(), samples, new int[0], from == null ? null : from.copy());
  }

  /** Which steps of the outputs are padding, for the steps of each. */
  public static Extras padding(long samples, int[] outputSteps) {
    return new Extras(List.of(), samples, outputSteps, null);
  }

  /** Whether it keeps states that the layer of a call has. */
  boolean keepsState(int layer) {
    return layer < firstH.length;
  }

  /** The states that a layer begins from, for some samples; null for 0. */
  @Nullable HeldStates initial(int layer, long first, int rows) {
    HeldStates all = initial;
    if (all == null || !keepsState(layer)) {
      return null;
    }
    boolean last = layer == firstH.length - 1;
    int endH = last ? h.size() : firstH[layer + 1];
    int endC = last ? c.size() : firstC[layer + 1];
    return all.part(firstH[layer], endH, firstC[layer], endC, first, first + rows);
  }

  /** Keeps the states that a layer left for the samples from {@code first} on. */
  void keepState(int layer, HeldStates left, long first) {
    keep(left.h(), h, firstH[layer], first);
    keep(left.c(), c, firstC[layer], first);
  }

  private static void keep(List<Tensor> left, List<Tensor> all, int index, long first) {
    for (int i = 0; i < left.size(); i++) {
      Tensor from = left.get(i);
      all.get(index + i).slice(0, first, first + from.dim(0)).copyFrom(from);
    }
  }

  /** Keeps which steps of an output are padding for the samples from {@code first} on. */
  void keepPadding(int output, StepMask mask, int steps, int rows, long first) {
    if (output >= outputSteps.length || steps != outputSteps[output]) {
      return;
    }
    byte[] all = padding[output];
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < steps; step++) {
        all[(int) (first + row) * steps + step] = (byte) (mask.isPadded(step, row) ? 1 : 0);
      }
    }
  }

  public HeldStates state() {
    return new HeldStates(h, c);
  }

  public boolean isPadded(int output, int sample, int step) {
    return padding[output][sample * outputSteps[output] + step] != 0;
  }
}

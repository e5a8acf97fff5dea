package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a prediction keeps beside its output. Threads fill different samples. */
final class Extras {
  private final List<Tensor> h = new ArrayList<>();
  private final List<Tensor> c = new ArrayList<>();
  private final int[] firstH; // by call: the index of its first h
  private final int[] firstC;
  private final int[] outputSteps; // by output; none where padding is not kept
  private final byte[][] padding; // by output: (samples, output steps)
  private final @Nullable StreamState initial; // a copy, which any thread may read

  private Extras(
      List<Layer> layers, long samples, int[] outputSteps, @Nullable StreamState initial) {
    this.initial = initial;
    this.outputSteps = outputSteps;
    this.padding = new byte[outputSteps.length][];
    for (int i = 0; i < padding.length; i++) {
      padding[i] = new byte[Sizes.rows(outputSteps[i], samples)];
    }
    this.firstH = new int[layers.size()];
    this.firstC = new int[layers.size()];
    for (int layer = 0; layer < firstH.length; layer++) {
      firstH[layer] = h.size();
      firstC[layer] = c.size();
      layers.get(layer).stateUnits().forEach(units -> h.add(Tensor.zeros(samples, units)));
      layers.get(layer).cellUnits().forEach(units -> c.add(Tensor.zeros(samples, units)));
    }
  }

  /** The states of all layers, which begin from some, or from 0. */
  static Extras states(List<Layer> layers, long samples, @Nullable StreamState from) {
    return new Extras(layers, samples, new int[0], from == null ? null : from.copy());
  }

  /** Which steps of the outputs are padding, for the steps of each. */
  static Extras padding(long samples, int[] outputSteps) {
    return new Extras(List.of(), samples, outputSteps, null);
  }

  /** Whether it keeps states that the layer of a call has. */
  boolean keepsState(int layer) {
    return layer < firstH.length;
  }

  /** The states that a layer begins from, for some samples; null for 0. */
  @Nullable StreamState initial(int layer, long first, int rows) {
    StreamState all = initial;
    if (all == null || !keepsState(layer)) {
      return null;
    }
    boolean last = layer == firstH.length - 1;
    int endH = last ? h.size() : firstH[layer + 1];
    int endC = last ? c.size() : firstC[layer + 1];
    return all.part(firstH[layer], endH, firstC[layer], endC, first, first + rows);
  }

  /** Keeps the states that a layer left for the samples from {@code first} on. */
  void keepState(int layer, StreamState left, long first) {
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

  StreamState state() {
    return new StreamState(h, c);
  }

  boolean isPadded(int output, int sample, int step) {
    return padding[output][sample * outputSteps[output] + step] != 0;
  }
}

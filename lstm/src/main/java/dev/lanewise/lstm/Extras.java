package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What a prediction keeps beside its output. Threads fill different samples. */
final class Extras {
  private final ForwardLayer[] chain;
  private final List<Tensor> h = new ArrayList<>();
  private final List<Tensor> c = new ArrayList<>();
  private final int[] firstState; // by layer: the index of its first state
  private final int outputSteps;
  private final byte[] padding; // (samples, output steps)

  private Extras(ForwardLayer[] chain, long samples, int outputSteps) {
    this.chain = chain;
    this.outputSteps = outputSteps;
    this.padding = new byte[outputSteps == 0 ? 0 : Sizes.rows(outputSteps, samples)];
    this.firstState = new int[chain.length];
    for (int layer = 0; layer < chain.length; layer++) {
      firstState[layer] = h.size();
      for (LstmForward lstm : lstms(chain[layer])) {
        h.add(Tensor.zeros(samples, lstm.units()));
        c.add(Tensor.zeros(samples, lstm.units()));
      }
    }
  }

  /** The states of all LSTM layers. */
  static Extras states(ForwardLayer[] chain, long samples) {
    return new Extras(chain, samples, 0);
  }

  /** Which steps of the output are padding. */
  static Extras padding(long samples, int outputSteps) {
    return new Extras(ForwardLayer.NONE, samples, outputSteps);
  }

  private static List<LstmForward> lstms(ForwardLayer layer) {
    List<LstmForward> found = new ArrayList<>();
    if (layer instanceof LstmForward lstm) {
      found.add(lstm);
    }
    for (ForwardLayer inner : layer.inner()) {
      found.addAll(lstms(inner));
    }
    return found;
  }

  /** Keeps the states that a layer left for the samples from {@code first} on. */
  void keepState(int layer, int steps, int rows, long first, LayerScratch scratch) {
    if (layer >= chain.length) {
      return;
    }
    int state = firstState[layer];
    if (chain[layer] instanceof LstmForward lstm) {
      keep(state, lstm, steps, rows, first, scratch);
    } else if (chain[layer] instanceof BidirectionalForward both) {
      for (int i = 0; i < 2; i++) {
        LstmForward lstm = (LstmForward) both.inner()[i];
        keep(state + i, lstm, steps, rows, first, scratch.inner[i]);
      }
    }
  }

  private void keep(
      int state, LstmForward lstm, int steps, int rows, long first, LayerScratch scratch) {
    long from = first * lstm.units();
    long elements = (long) rows * lstm.units();
    long hAt = lstm.finalH(steps, rows, scratch);
    Blocks.copy(scratch.memory, hAt, h.get(state).segment(), from, elements);
    long cAt = lstm.finalC(rows, scratch);
    Blocks.copy(scratch.memory, cAt, c.get(state).segment(), from, elements);
  }

  /** Keeps which steps of the output are padding for the samples from {@code first} on. */
  void keepPadding(StepMask mask, int steps, int rows, long first) {
    for (int row = 0; row < rows && steps == outputSteps; row++) {
      for (int step = 0; step < steps; step++) {
        padding[(int) (first + row) * steps + step] = (byte) (mask.isPadded(step, row) ? 1 : 0);
      }
    }
  }

  StreamState state() {
    return new StreamState(h, c);
  }

  boolean isPadded(int sample, int step) {
    return padding[sample * outputSteps + step] != 0;
  }
}

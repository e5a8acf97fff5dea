package dev.lanewise.lstm.train;

import java.util.stream.IntStream;

/**
 * The forwards and backwards of all layers, in phases. A layer that needs the whole batch begins a
 * phase: all rows must have gone through the phase before. A model without such a layer has one
 * phase. The methods for rows touch no others, those for columns neither.
 */
final class LayerPhases {
  private final TrainingLayer[] layers;
  private final GradientSum[][] sums; // before the backward of each
  private final int[] starts; // the first layer of each phase, then how many layers there are

  LayerPhases(TrainingLayer[] layers, GradientSum[][] sums) {
    this.layers = layers;
    this.sums = sums;
    IntStream whole = IntStream.range(0, layers.length).filter(i -> layers[i].needsWholeBatch());
    int[] later = whole.toArray();
    this.starts = new int[later.length + 2];
    System.arraycopy(later, 0, starts, 1, later.length);
    starts[later.length + 1] = layers.length;
  }

  int count() {
    return starts.length - 1;
  }

  /** Before the forward of a phase after the first: a share of its first layer's columns. */
  void combine(int phase, int batch, int part, int parts) {
    layers[starts[phase]].combine(batch, part, parts);
  }

  void forward(int phase, int batch, int first, int rows, int part) {
    for (int i = starts[phase]; i < starts[phase + 1]; i++) {
      layers[i].forward(batch, first, rows, part);
    }
  }

  /**
   * Before the backward of a phase but the last: a share of the columns of the layer above it,
   * which begins the next.
   */
  void combineGradients(int phase, int batch, int part, int parts) {
    TrainingLayer above = layers[starts[phase + 1]];
    if (above.wantsGradient()) {
      above.combineGradients(batch, part, parts);
    }
  }

  /** Of a phase but the last it begins with the layer above, whose own gradients are whole now. */
  void backward(int phase, int batch, int first, int rows, int part) {
    int end = starts[phase + 1];
    if (end < layers.length && layers[end].wantsGradient()) {
      layers[end].backward(batch, first, rows, part);
    }
    for (int i = end - 1; i >= starts[phase]; i--) {
      if (layers[i].wantsGradient()) {
        for (GradientSum sum : sums[i]) {
          sum.apply(batch, first, rows);
        }
        boolean waits = phase > 0 && i == starts[phase];
        if (!waits) {
          layers[i].backward(batch, first, rows, part);
        }
      }
    }
  }

  /** One thread, once the batch is learnt from. */
  void accepted() {
    for (int phase = 1; phase < count(); phase++) {
      layers[starts[phase]].accepted();
    }
  }
}

package dev.lanewise.lstm.train;

import dev.lanewise.lstm.run.Elementwise;

/** A function of each element in training. */
public final class ElementwiseTraining extends WeightlessTraining {
  private final Elementwise function;

  public ElementwiseTraining(Elementwise function, TrainingPlace place) {
    super(place);
    this.function = function;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + first) * width();
      function.apply((long) rows * width(), below.values(), from + at, output, at);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      long at = ((long) step * batch + first) * width();
      function.gradient(
          (long) rows * width(),
          below.values(),
          from + at,
          output,
          at,
          dOutput,
          at,
          below.gradient(),
          at);
    }
  }
}

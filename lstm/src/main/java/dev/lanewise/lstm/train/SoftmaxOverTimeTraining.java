package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.run.SoftmaxOverTime;
import java.lang.foreign.MemorySegment;

/** A softmax over timesteps in training: {@code dx_i = y_i * (dy_i - sum of dy_j * y_j)}. */
public final class SoftmaxOverTimeTraining extends WeightlessTraining {
  private final SoftmaxOverTime layer;

  public SoftmaxOverTimeTraining(SoftmaxOverTime layer, TrainingPlace place) {
    super(place);
    this.layer = layer;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    layer.apply(steps(), batch, first, rows, below.values(), from, output, below.mask());
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int row = first; row < first + rows && below.wantsGradient(); row++) {
      for (int from = 0; from < width(); from += layer.together()) {
        backward(batch, row, from, below.gradient());
      }
    }
  }

  private void backward(int batch, int row, int from, MemorySegment dx) {
    double sum = 0;
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + row) * width();
      for (long i = at + from; i < at + from + layer.together(); i++) {
        double dy = dOutput.getAtIndex(JAVA_FLOAT, i);
        sum += dy * output.getAtIndex(JAVA_FLOAT, i);
      }
    }
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + row) * width();
      for (long i = at + from; i < at + from + layer.together(); i++) {
        double dy = dOutput.getAtIndex(JAVA_FLOAT, i);
        dx.setAtIndex(JAVA_FLOAT, i, (float) (output.getAtIndex(JAVA_FLOAT, i) * (dy - sum)));
      }
    }
  }
}

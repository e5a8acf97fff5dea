package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Softmax;
import java.lang.foreign.MemorySegment;

/** A softmax over features in training: {@code dx_i = y_i * (dy_i - sum of dy_j * y_j)}. */
public final class SoftmaxTraining extends WeightlessTraining {
  public SoftmaxTraining(TrainingPlace place) {
    super(place);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps(); step++) {
      long at = ((long) step * batch + first) * width();
      Softmax.apply(rows, width(), below.values(), below.valuesOffset(batch) + at, output, at);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    for (int step = 0; step < steps() && below.wantsGradient(); step++) {
      for (int row = first; row < first + rows; row++) {
        backwardRow(((long) step * batch + row) * width(), below.gradient());
      }
    }
  }

  private void backwardRow(long at, MemorySegment dx) {
    double sum = 0;
    for (long i = at; i < at + width(); i++) {
      double dy = dOutput.getAtIndex(JAVA_FLOAT, i);
      sum += dy * output.getAtIndex(JAVA_FLOAT, i);
    }
    for (long i = at; i < at + width(); i++) {
      double dy = dOutput.getAtIndex(JAVA_FLOAT, i);
      dx.setAtIndex(JAVA_FLOAT, i, (float) (output.getAtIndex(JAVA_FLOAT, i) * (dy - sum)));
    }
  }
}

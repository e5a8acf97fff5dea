package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;

/** Class labels in the form that {@link Loss#CATEGORICAL_CROSSENTROPY} takes, and back. */
public final class Labels {
  private Labels() {}

  /**
   * A 1 at each label's class and 0 elsewhere; Keras's {@code to_categorical}.
   *
   * @param labels (samples) or (samples, timesteps) of whole numbers from 0 to classes - 1, float32
   *     or int32. Not modified
   * @param classes how many there are, 1 or more
   * @return (samples, classes) or (samples, timesteps, classes)
   * @throws IllegalArgumentException when there are other axes, or a number is no class
   */
  public static Tensor oneHot(Tensor labels, int classes) {
    Settings.atLeast("Labels.oneHot", "classes", classes, 1);
    if (labels.rank() != 1 && labels.rank() != 2) {
      throw DataErrors.labelRank(labels.shape());
    }
    int[] ids = labels.type() == ElementType.INT32 ? labels.toIntArray() : whole(labels, classes);
    Tensor rows = Tensor.zeros(ids.length, classes);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= classes) {
        throw DataErrors.label(ids[i], i, classes);
      }
      rows.set(1, i, ids[i]);
    }
    return labels.rank() == 1 ? rows : rows.reshape(labels.dim(0), labels.dim(1), classes);
  }

  private static int[] whole(Tensor labels, int classes) {
    float[] values = labels.toArray();
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
      if (ids[i] != values[i]) {
        throw DataErrors.label(values[i], i, classes);
      }
    }
    return ids;
  }

  /**
   * Where the largest number of each row is: the class that a model predicts.
   *
   * @param probabilities (.., classes), any strides, 1 class or more. Not modified
   * @return int32, without the last axis; the first of equal numbers
   * @throws IllegalArgumentException when there is no axis, or no class
   */
  public static Tensor largest(Tensor probabilities) {
    if (probabilities.rank() == 0 || probabilities.dim(-1) == 0) {
      throw DataErrors.noClasses(probabilities.shape());
    }
    int classes = Sizes.length("Labels", "classes", probabilities.dim(-1));
    float[] values = probabilities.toArray();
    int[] ids = new int[values.length / classes];
    for (int row = 0; row < ids.length; row++) {
      for (int i = 1; i < classes; i++) {
        boolean larger = values[row * classes + i] > values[row * classes + ids[row]];
        ids[row] = larger ? i : ids[row];
      }
    }
    long[] dims = new long[probabilities.rank() - 1];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = probabilities.dim(axis);
    }
    return Tensor.ofInts(ids, dims);
  }
}

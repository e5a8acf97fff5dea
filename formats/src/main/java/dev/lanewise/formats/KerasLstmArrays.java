package dev.lanewise.formats;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The arrays of one LSTM, in any of Keras's layouts, as [kernel (features, 4 * units), recurrent
 * kernel (units, 4 * units), bias (4 * units)], gates in the order i, f, g, o. What fits no layout
 * is handed back as it is, for the check of shapes to refuse.
 *
 * <p>Source: {@code preprocess_weights_for_loading} in Keras's hdf5_format and legacy_h5_format.
 */
record KerasLstmArrays(int units) implements KerasArrays {
  private static final int GATES = 4;

  @Override
  public List<Shape> shapes(List<Shape> stored) {
    long width = (long) GATES * units;
    if (isPerGate(stored)) {
      return List.of(
          Shape.of(stored.get(0).dim(0), width), Shape.of(units, width), Shape.of(width));
    }
    return isCudnn(stored) ? List.of(stored.get(0), stored.get(1), Shape.of(width)) : stored;
  }

  @Override
  public List<Tensor> convert(List<Tensor> stored) {
    List<Shape> shapes = stored.stream().map(Tensor::shape).toList();
    if (isPerGate(shapes)) {
      return List.of(gates(stored, 0), gates(stored, 1), gates(stored, 2));
    }
    return isCudnn(shapes) ? cudnn(stored, units) : stored;
  }

  private boolean isPerGate(List<Shape> arrays) {
    if (arrays.size() != 3 * GATES || arrays.get(0).rank() != 2) {
      return false;
    }
    Shape[] shapes = {
      Shape.of(arrays.get(0).dim(0), units), Shape.of(units, units), Shape.of(units)
    };
    return IntStream.range(0, arrays.size())
        .allMatch(i -> arrays.get(i).equals(shapes[i % shapes.length]));
  }

  private boolean isCudnn(List<Shape> arrays) {
    long width = (long) GATES * units;
    return arrays.size() == 3
        && arrays.get(0).rank() == 2
        && arrays.get(0).dim(1) == width
        && arrays.get(1).equals(Shape.of(units, width))
        && arrays.get(2).equals(Shape.of(2 * width));
  }

  /** Keras 1: W, U and b of the input gate, the candidate, the forget and the output gate. */
  private static Tensor gates(List<Tensor> arrays, int kind) {
    Tensor i = arrays.get(kind);
    Tensor g = arrays.get(3 + kind);
    Tensor f = arrays.get(6 + kind);
    Tensor o = arrays.get(9 + kind);
    return Tensor.concat(-1, i, f, g, o);
  }

  /** CuDNN: each gate transposed, and two biases that are added. */
  private static List<Tensor> cudnn(List<Tensor> arrays, int units) {
    Tensor halves = arrays.get(2).reshape(2, GATES * (long) units);
    float[] bias = halves.select(0, 0).toArray();
    float[] other = halves.select(0, 1).toArray();
    for (int i = 0; i < bias.length; i++) {
      bias[i] += other[i];
    }
    return List.of(
        eachGate(arrays.get(0), units, KerasLstmArrays::refilled),
        eachGate(arrays.get(1), units, Tensor::transpose),
        Tensor.of(bias, bias.length));
  }

  private static Tensor eachGate(Tensor all, int units, UnaryOperator<Tensor> change) {
    Tensor[] gates = new Tensor[GATES];
    for (int gate = 0; gate < GATES; gate++) {
      gates[gate] = change.apply(all.slice(1, (long) gate * units, (gate + 1L) * units));
    }
    return Tensor.concat(1, gates);
  }

  /** NumPy's {@code k.T.reshape(k.shape, order="F")}: the rows of k become columns. */
  private static Tensor refilled(Tensor gate) {
    return gate.contiguous().reshape(gate.dim(1), gate.dim(0)).transpose();
  }
}

package dev.lanewise.formats.keras;

import dev.lanewise.formats.models.Biases;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The arrays of one LSTM or GRU, in any of Keras's layouts, as [kernel (features, gates * units),
 * recurrent kernel (units, gates * units), bias]. What fits no layout is handed back as it is, for
 * the check of shapes to refuse.
 *
 * <p>Source: {@code preprocess_weights_for_loading} in Keras's hdf5_format and legacy_h5_format.
 *
 * @param apart which of Keras 1's gates comes first, second, ...
 * @param oneBias whether the two biases of CuDNN become one, their sum, rather than two rows
 */
record KerasGateArrays(int units, List<Integer> apart, boolean oneBias) implements KerasArrays {

  /** Keras 1 has the input gate, the candidate, the forget and the output gate. */
  static KerasGateArrays lstm(int units) {
    return new KerasGateArrays(units, List.of(0, 2, 1, 3), true);
  }

  static KerasGateArrays gru(int units) {
    return new KerasGateArrays(units, List.of(0, 1, 2), false);
  }

  private int gates() {
    return apart.size();
  }

  private long width() {
    return (long) gates() * units;
  }

  @Override
  public List<Shape> shapes(List<Shape> stored) {
    if (isPerGate(stored)) {
      return List.of(
          Shape.of(stored.get(0).dim(0), width()), Shape.of(units, width()), Shape.of(width()));
    }
    Shape bias = oneBias ? Shape.of(width()) : Shape.of(2, width());
    return isCudnn(stored) ? List.of(stored.get(0), stored.get(1), bias) : stored;
  }

  @Override
  public List<Tensor> convert(List<Tensor> stored) {
    List<Shape> shapes = stored.stream().map(Tensor::shape).toList();
    if (isPerGate(shapes)) {
      return List.of(gates(stored, 0), gates(stored, 1), gates(stored, 2));
    }
    return isCudnn(shapes) ? cudnn(stored) : stored;
  }

  private boolean isPerGate(List<Shape> arrays) {
    if (arrays.size() != 3 * gates() || arrays.get(0).rank() != 2) {
      return false;
    }
    Shape[] shapes = {
      Shape.of(arrays.get(0).dim(0), units), Shape.of(units, units), Shape.of(units)
    };
    return IntStream.range(0, arrays.size())
        .allMatch(i -> arrays.get(i).equals(shapes[i % shapes.length]));
  }

  private boolean isCudnn(List<Shape> arrays) {
    return arrays.size() == 3
        && arrays.get(0).rank() == 2
        && arrays.get(0).dim(1) == width()
        && arrays.get(1).equals(Shape.of(units, width()))
        && arrays.get(2).equals(Shape.of(2 * width()));
  }

  /** Keras 1: W, U and b of each gate. */
  private Tensor gates(List<Tensor> arrays, int kind) {
    return Tensor.concat(
        -1, apart.stream().map(gate -> arrays.get(3 * gate + kind)).toArray(Tensor[]::new));
  }

  /** CuDNN: each gate transposed, and two biases that are added. */
  private List<Tensor> cudnn(List<Tensor> arrays) {
    Tensor biases = arrays.get(2).reshape(2, width());
    return List.of(
        eachGate(arrays.get(0), KerasGateArrays::refilled),
        eachGate(arrays.get(1), Tensor::transpose),
        oneBias ? Biases.sum(biases.select(0, 0), biases.select(0, 1)) : biases);
  }

  private Tensor eachGate(Tensor all, UnaryOperator<Tensor> change) {
    Tensor[] each = new Tensor[gates()];
    for (int gate = 0; gate < each.length; gate++) {
      each[gate] = change.apply(all.slice(1, (long) gate * units, (gate + 1L) * units));
    }
    return Tensor.concat(1, each);
  }

  /** NumPy's {@code k.T.reshape(k.shape, order="F")}: the rows of k become columns. */
  private static Tensor refilled(Tensor gate) {
    return gate.contiguous().reshape(gate.dim(1), gate.dim(0)).transpose();
  }
}

package dev.lanewise.formats.keras;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** How a layer's arrays in a file become its weights: first their shapes, then their elements. */
interface KerasArrays {
  /** The shapes that the arrays have as weights. */
  List<Shape> shapes(List<Shape> stored);

  /** The arrays as weights. */
  List<Tensor> convert(List<Tensor> stored);

  /** Most layers'. */
  record AsTheyAre() implements KerasArrays {
    @Override
    public List<Shape> shapes(List<Shape> stored) {
      return stored;
    }

    @Override
    public List<Tensor> convert(List<Tensor> stored) {
      return stored;
    }
  }

  /** Keras 1 has kernels (k, 1, in, filters). */
  record Squeezed() implements KerasArrays {
    private static boolean has(Shape shape) {
      return shape.rank() == 4 && shape.dim(1) == 1;
    }

    @Override
    public List<Shape> shapes(List<Shape> stored) {
      return stored.stream()
          .map(shape -> has(shape) ? Shape.of(shape.dim(0), shape.dim(2), shape.dim(3)) : shape)
          .toList();
    }

    @Override
    public List<Tensor> convert(List<Tensor> stored) {
      return stored.stream().map(array -> has(array.shape()) ? array.squeeze(1) : array).toList();
    }
  }

  /** Forward, then backward. */
  record Halves(KerasArrays each) implements KerasArrays {
    @Override
    public List<Shape> shapes(List<Shape> stored) {
      int half = stored.size() / 2;
      List<Shape> all = new ArrayList<>(each.shapes(stored.subList(0, half)));
      all.addAll(each.shapes(stored.subList(half, stored.size())));
      return all;
    }

    @Override
    public List<Tensor> convert(List<Tensor> stored) {
      int half = stored.size() / 2;
      List<Tensor> all = new ArrayList<>(each.convert(stored.subList(0, half)));
      all.addAll(each.convert(stored.subList(half, stored.size())));
      return all;
    }
  }
}

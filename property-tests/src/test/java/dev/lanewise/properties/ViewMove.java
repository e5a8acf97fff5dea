package dev.lanewise.properties;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** One step from a tensor to a view of it, on the tensor and on its scalar truth. */
sealed interface ViewMove {
  /** The longest rank that moves make. */
  int MAX_RANK = 4;

  Tensor on(Tensor tensor);

  TensorValues on(TensorValues values);

  /** Axis i of the result is axis {@code axes[i]}. */
  record Permute(List<Integer> axes) implements ViewMove {
    static Permute pick(int pick, int rank) {
      return new Permute(order(pick, rank));
    }

    Permute inverse() {
      List<Integer> inverse = new ArrayList<>();
      for (int axis = 0; axis < axes.size(); axis++) {
        inverse.add(axes.indexOf(axis));
      }
      return new Permute(inverse);
    }

    /** This first, then another. */
    Permute then(Permute other) {
      return new Permute(other.axes.stream().map(axes::get).toList());
    }

    private int[] array() {
      return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public Tensor on(Tensor tensor) {
      return tensor.permute(array());
    }

    @Override
    public TensorValues on(TensorValues values) {
      return values.permute(array());
    }

    @Override
    public String toString() {
      return axes.stream().map(String::valueOf).collect(Collectors.joining(", ", "permute(", ")"));
    }
  }

  /** A stretch of an axis, which may count from the end. */
  record Slice(int axis, long from, long to) implements ViewMove {
    static Slice pick(int axis, int from, int cut, long[] dims) {
      int along = signed(axis, dims.length);
      long length = dims[fromStart(along, dims.length)];
      long first = from % Math.max(1, length);
      boolean empty = cut % 16 == 15;
      long end = empty ? first : length - cut % Math.max(1, length - first);
      return new Slice(along, first, end);
    }

    @Override
    public Tensor on(Tensor tensor) {
      return tensor.slice(axis, from, to);
    }

    @Override
    public TensorValues on(TensorValues values) {
      return values.slice(fromStart(axis, values.rank()), from, to);
    }

    @Override
    public String toString() {
      return "slice(" + axis + ", " + from + ", " + to + ")";
    }
  }

  /** One index of an axis; both may count from the end. */
  record Select(int axis, long index) implements ViewMove {
    /** Where the axis has an element. */
    static Select pick(int axis, int index, long[] dims) {
      int along = signed(axis, dims.length);
      int length = Math.toIntExact(dims[fromStart(along, dims.length)]);
      return new Select(along, signed(index, length));
    }

    @Override
    public Tensor on(Tensor tensor) {
      return tensor.select(axis, index);
    }

    @Override
    public TensorValues on(TensorValues values) {
      int along = fromStart(axis, values.rank());
      return values.select(along, index < 0 ? index + values.dims()[along] : index);
    }

    @Override
    public String toString() {
      return "select(" + axis + ", " + index + ")";
    }
  }

  /** A new axis of length 1, which may count from the end of the result. */
  record ExpandDims(int axis) implements ViewMove {
    static ExpandDims pick(int axis, int rank) {
      return new ExpandDims(signed(axis, rank + 1));
    }

    @Override
    public Tensor on(Tensor tensor) {
      return tensor.expandDims(axis);
    }

    @Override
    public TensorValues on(TensorValues values) {
      return values.expandDims(fromStart(axis, values.rank() + 1));
    }

    @Override
    public String toString() {
      return "expandDims(" + axis + ")";
    }
  }

  /** Any move that a shape allows. */
  static ViewMove pick(int kind, int a, int b, int c, long[] dims) {
    if (kind == 1 && dims.length > 0) {
      return Slice.pick(a, b, c, dims);
    }
    if (kind == 2 && dims.length < MAX_RANK) {
      return ExpandDims.pick(a, dims.length);
    }
    if (kind == 3 && dims.length > 1 && dims[fromStart(signed(a, dims.length), dims.length)] > 0) {
      return Select.pick(a, b, dims);
    }
    return Permute.pick(a, dims.length);
  }

  /** One of the orders of so many axes; 0 is the order that they have. */
  static List<Integer> order(int pick, int rank) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      order.add(axis);
    }
    int left = pick;
    for (int axis = rank - 1; axis > 0; axis--) {
      Collections.swap(order, axis, axis - left % (axis + 1));
      left /= axis + 1;
    }
    return order;
  }

  /** 0 .. count - 1, then -count .. -1. */
  static int signed(int pick, int count) {
    int index = pick % (2 * count);
    return index < count ? index : index - 2 * count;
  }

  static int fromStart(int axis, int rank) {
    return axis < 0 ? axis + rank : axis;
  }
}

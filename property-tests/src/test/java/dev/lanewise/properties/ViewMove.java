package dev.lanewise.properties;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** One step from a tensor to a view of it, on the tensor and on its scalar truth. */
sealed interface ViewMove {
  /** The longest rank that moves make. */
  int MAX_RANK = 5;

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

  /** An axis in reverse. */
  record Flip(int axis) implements ViewMove {
    @Override
    public Tensor on(Tensor tensor) {
      return tensor.flip(axis);
    }

    @Override
    public TensorValues on(TensorValues values) {
      int along = fromStart(axis, values.rank());
      return values.slice(along, values.dims()[along] - 1, values.dims()[along], -1);
    }

    @Override
    public String toString() {
      return "flip(" + axis + ")";
    }
  }

  /** A walk along an axis, up or down, in steps. */
  record Step(int axis, long from, long to, long step) implements ViewMove {
    /** Where the axis has an element. */
    static Step pick(int axis, int from, int walk, long[] dims) {
      int along = signed(axis, dims.length);
      long length = dims[fromStart(along, dims.length)];
      long first = from % length;
      long step = 1L + walk % 3;
      boolean down = walk / 3 % 2 == 1;
      long far = walk / 6 % (down ? first + 2 : length - first + 1);
      // Before index 0 is -length - 1, for -1 is the last index.
      long end = down ? (first == far - 1 ? -length - 1 : first - far) : first + far;
      long start = from / length % 2 == 1 ? first - length : first;
      return new Step(along, start, end, down ? -step : step);
    }

    @Override
    public Tensor on(Tensor tensor) {
      return tensor.slice(axis, from, to, step);
    }

    @Override
    public TensorValues on(TensorValues values) {
      int along = fromStart(axis, values.rank());
      long length = values.dims()[along];
      long first = from < 0 ? from + length : from;
      long end = to < 0 ? to + length : to;
      return values.slice(along, first, Math.ceilDiv(Math.abs(end - first), Math.abs(step)), step);
    }

    @Override
    public String toString() {
      return "slice(" + axis + ", " + from + ", " + to + ", " + step + ")";
    }
  }

  /** Axes of length 1 stretched, and new ones before the first; its elements are shared. */
  record Broadcast(List<Long> dims) implements ViewMove {
    static Broadcast pick(int pick, int newAxes, long[] dims) {
      List<Long> target = new ArrayList<>();
      int left = pick;
      for (int axis = newAxes % (MAX_RANK - dims.length + 1); axis > 0; axis--) {
        target.add(left % 4L);
        left /= 4;
      }
      for (long length : dims) {
        target.add(length == 1 ? (left + 1) % 4 : length);
        left = length == 1 ? left / 4 : left;
      }
      return new Broadcast(target);
    }

    @Override
    public Tensor on(Tensor tensor) {
      return tensor.broadcastTo(TensorValues.dims(dims));
    }

    @Override
    public TensorValues on(TensorValues values) {
      long[] source = values.dims();
      int more = dims.size() - source.length;
      return values.gather(
          TensorValues.dims(dims),
          index -> {
            long[] at = new long[source.length];
            for (int axis = 0; axis < at.length; axis++) {
              at[axis] = source[axis] == 1 ? 0 : index[axis + more];
            }
            return at;
          });
    }

    @Override
    public String toString() {
      return dims.stream()
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "broadcastTo(", ")"));
    }
  }

  /** Any move that a shape allows and that leaves the view writable. */
  static ViewMove pick(int kind, int a, int b, int c, long[] dims) {
    if (kind == 4 && dims.length > 0) {
      return new Flip(signed(a, dims.length));
    }
    if (kind == 5 && dims.length > 0 && dims[fromStart(signed(a, dims.length), dims.length)] > 0) {
      return Step.pick(a, b, c, dims);
    }
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

package dev.lanewise.tensor;

/**
 * The axes of a pass over a source and a target of one shape, put in the order that is best to
 * walk: axes of length 1 dropped, the target's largest strides outermost, neighbours that are one
 * run in both merged. There are always two axes at least, so that the innermost body is a matrix.
 */
final class LoopNest {
  final int rank;
  final long[] lengths;
  final long[] sourceStrides;
  final long[] targetStrides;

  private LoopNest(Axes axes) {
    rank = Math.max(2, axes.count);
    lengths = new long[rank];
    sourceStrides = new long[rank];
    targetStrides = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      int from = axis - (rank - axes.count);
      lengths[axis] = from < 0 ? 1 : axes.lengths[from];
      sourceStrides[axis] = from < 0 ? 0 : axes.sources[from];
      targetStrides[axis] = from < 0 ? 0 : axes.targets[from];
    }
    if (axes.count == 0) {
      sourceStrides[rank - 1] = 1;
      targetStrides[rank - 1] = 1;
    }
  }

  static LoopNest of(Layout source, Layout target) {
    Axes axes = new Axes(source, target);
    axes.sort();
    axes.merge();
    axes.sourceInnermostSecond();
    return new LoopNest(axes);
  }

  /** The axes while they are being ordered; the first {@code count} entries are in use. */
  private static final class Axes {
    final long[] lengths;
    final long[] sources;
    final long[] targets;
    int count;

    Axes(Layout source, Layout target) {
      int most = source.shape().rank();
      lengths = new long[most];
      sources = new long[most];
      targets = new long[most];
      for (int axis = 0; axis < most; axis++) {
        if (source.shape().dim(axis) > 1) {
          lengths[count] = source.shape().dim(axis);
          sources[count] = source.stride(axis);
          targets[count] = target.stride(axis);
          count++;
        }
      }
    }

    /**
     * By how far the target's stride goes, farthest first; an insertion sort, there are few axes.
     */
    void sort() {
      for (int next = 1; next < count; next++) {
        for (int at = next; at > 0 && distance(targets[at - 1]) < distance(targets[at]); at--) {
          swap(at - 1, at);
        }
      }
    }

    void merge() {
      int last = 0;
      for (int axis = 1; axis < count; axis++) {
        boolean oneRun =
            sources[last] == lengths[axis] * sources[axis]
                && targets[last] == lengths[axis] * targets[axis];
        if (oneRun) {
          lengths[last] *= lengths[axis];
        } else {
          last++;
          lengths[last] = lengths[axis];
        }
        sources[last] = sources[axis];
        targets[last] = targets[axis];
      }
      count = Math.min(count, last + 1);
    }

    /** Makes the innermost two axes the target's densest and the source's densest: one matrix. */
    void sourceInnermostSecond() {
      int densest = 0;
      for (int axis = 1; axis < count; axis++) {
        densest = distance(sources[axis]) <= distance(sources[densest]) ? axis : densest;
      }
      for (int axis = densest; axis < count - 2; axis++) {
        swap(axis, axis + 1);
      }
    }

    /** What stays in place is as good outermost as anywhere. */
    private static long distance(long stride) {
      return stride == 0 ? Long.MAX_VALUE : Math.abs(stride);
    }

    private void swap(int a, int b) {
      swap(lengths, a, b);
      swap(sources, a, b);
      swap(targets, a, b);
    }

    private static void swap(long[] values, int a, int b) {
      long value = values[a];
      values[a] = values[b];
      values[b] = value;
    }
  }
}

package dev.lanewise.tensor;

import java.util.Arrays;
import java.util.function.IntFunction;

/** Writes a tensor as NumPy does: nested brackets, long axes summarised by their ends. */
final class Printing {
  /** A tensor of more elements than this is summarised. */
  private static final int THRESHOLD = 1000;

  /** What a summarised axis shows of either end. */
  private static final int EDGE = 3;

  private static final int LINE = 75;
  private static final String GAP = "...";

  private final Tensor tensor;
  private final boolean summarised;

  /** From the bits of an element to its text. */
  private final IntFunction<String> format;

  private final long[] index;

  private Printing(Tensor tensor) {
    this.tensor = tensor;
    summarised = tensor.size() > THRESHOLD;
    index = new long[tensor.rank()];
    format = format(tensor.type(), visible(0));
  }

  private static IntFunction<String> format(ElementType type, int[] visible) {
    if (type == ElementType.INT32) {
      return IntFormat.of(visible)::format;
    }
    float[] values = new float[visible.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(visible[i]);
    }
    FloatFormat floats = FloatFormat.of(values);
    return bits -> floats.format(Float.intBitsToFloat(bits));
  }

  static String print(Tensor tensor) {
    if (tensor.size() == 0) {
      return "[] shape=" + tensor.shape();
    }
    Printing printing = new Printing(tensor);
    String text = printing.text(0);
    return printing.summarised ? text + " shape=" + tensor.shape() : text;
  }

  private String text(int axis) {
    if (axis == tensor.rank()) {
      return format.apply(tensor.bits("Tensor.toString", index));
    }
    return axis == tensor.rank() - 1 ? row(axis) : block(axis);
  }

  /** The last axis: words side by side, wrapped at the line's width. */
  private String row(int axis) {
    String indent = " ".repeat(axis + 1);
    int width = LINE - axis - 1;
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (long i : shown(axis)) {
      index[axis] = i;
      String word = i < 0 ? GAP : text(axis + 1);
      if (line.length() + word.length() > width && line.length() > indent.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(indent.length());
      }
      line.append(word).append(' ');
    }
    line.setLength(line.length() - 1);
    return "[" + text.append(line).substring(indent.length()) + "]";
  }

  /** An outer axis: blocks one below the other, with as many empty lines as axes inside. */
  private String block(int axis) {
    String separator = "\n".repeat(tensor.rank() - axis - 1) + " ".repeat(axis + 1);
    StringBuilder text = new StringBuilder();
    for (long i : shown(axis)) {
      index[axis] = i;
      text.append(text.isEmpty() ? "[" : separator).append(i < 0 ? GAP : text(axis + 1));
    }
    return text.append(']').toString();
  }

  /** The indices of an axis that are written, -1 for the gap. */
  private long[] shown(int axis) {
    long length = tensor.dim(axis);
    boolean gap = summarised && length > 2 * EDGE;
    long[] shown = new long[gap ? 2 * EDGE + 1 : Math.toIntExact(length)];
    Arrays.setAll(shown, i -> !gap || i < EDGE ? i : length - shown.length + i);
    if (gap) {
      shown[EDGE] = -1;
    }
    return shown;
  }

  /** The bits of the elements that are written. */
  private int[] visible(int axis) {
    if (axis == tensor.rank()) {
      return new int[] {tensor.bits("Tensor.toString", index)};
    }
    int[] all = new int[0];
    for (long i : shown(axis)) {
      if (i >= 0) {
        index[axis] = i;
        int[] inner = visible(axis + 1);
        int end = all.length;
        all = Arrays.copyOf(all, end + inner.length);
        System.arraycopy(inner, 0, all, end, inner.length);
      }
    }
    return all;
  }
}

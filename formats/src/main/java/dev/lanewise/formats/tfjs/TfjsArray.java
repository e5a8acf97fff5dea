package dev.lanewise.formats.tfjs;

import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.keras.KerasStore;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A weight in the shards of its group.
 *
 * @param shape of the weight
 * @param type of its numbers in the file
 * @param scale by which a number is multiplied
 * @param min what is added then
 * @param isWhole whether the result is rounded to a whole number
 * @param shards where it is
 * @param start where it begins in them, in bytes
 */
record TfjsArray(
    Shape shape,
    ElementType type,
    double scale,
    double min,
    boolean isWhole,
    TfjsShards shards,
    long start)
    implements KerasStore.Array {
  private static final int CHUNK = 1 << 18;

  long bytes() {
    return shape.size() * type.bytes();
  }

  @Override
  public Tensor read() {
    Tensor target = Tensor.zeros(shape.toArray());
    MemorySegment floats = target.segment();
    int most = CHUNK / type.bytes();
    for (long done = 0; done < shape.size(); done += most) {
      int count = (int) Math.min(most, shape.size() - done);
      byte[] bytes = shards.bytes(start + done * type.bytes(), count * type.bytes());
      long at = target.offset() + done;
      type.toFloats(MemorySegment.ofArray(bytes), ByteOrder.LITTLE_ENDIAN, count, floats, at);
      scale(floats, at, count);
    }
    return target;
  }

  /** In double, as JavaScript does. */
  private void scale(MemorySegment floats, long at, int count) {
    if (scale == 1 && min == 0) {
      return;
    }
    for (long i = at; i < at + count; i++) {
      double value = floats.getAtIndex(ValueLayout.JAVA_FLOAT, i) * scale + min;
      double rounded = isWhole ? Math.floor(value + 0.5) : value;
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) rounded);
    }
  }
}

package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies a tensor of one element type to one of the other. */
final class Convert {
  private static final double INT_BOUND = 0x1p31;

  private Convert() {}

  static Tensor toFloat(Tensor source) {
    Tensor target = copyAs(source, "Tensor.toFloat", ElementType.FLOAT32);
    MemorySegment elements = target.segment();
    for (long i = 0; i < target.size(); i++) {
      elements.setAtIndex(JAVA_FLOAT, i, (float) elements.getAtIndex(JAVA_INT, i));
    }
    return target;
  }

  static Tensor toInt(Tensor source) {
    Tensor target = copyAs(source, "Tensor.toInt", ElementType.INT32);
    MemorySegment elements = target.segment();
    for (long i = 0; i < target.size(); i++) {
      elements.setAtIndex(
          JAVA_INT, i, exact(elements.getAtIndex(JAVA_FLOAT, i), source.shape(), i));
    }
    return target;
  }

  /** The bits of the source under another type, to be converted in place. */
  private static Tensor copyAs(Tensor source, String operation, ElementType type) {
    source.requireReadable(operation);
    Tensor target = Tensor.allocate(operation, type, Arena.ofAuto(), source.shape());
    source.copyBitsTo(target);
    return target;
  }

  private static int exact(float value, Shape shape, long flat) {
    if (Float.isInfinite(value) || value < -INT_BOUND || value >= INT_BOUND) {
      throw TypeErrors.outsideInt(value, Shape.text(shape.index(flat)));
    }
    if (value != (int) value) {
      throw TypeErrors.notWhole(value, Shape.text(shape.index(flat)));
    }
    return (int) value;
  }
}

package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** What moves elements keeps every bit of them, of signalling and quiet NaNs too. */
@Tag("no-kernels")
class BitsProperties {
  /** All that moves elements, along axis 0 where it takes one. */
  @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
  enum Move {
    COPY(Tensor::copy),
    CONTIGUOUS(Tensor::contiguous),
    COPY_FROM(t -> like(t).copyFrom(t)),
    COPY_FROM_TURNED(t -> like(t.flip(0)).flip(0).copyFrom(t)),
    FLATTEN(t -> t.flatten(0)),
    GATHER(t -> t.gather(0, -1, 0, 0)),
    CONCAT(t -> Tensor.concat(0, t, t)),
    STACK(t -> Tensor.stack(-1, t, t)),
    TILE(t -> t.tile(repeats(t))),
    PAD(t -> t.pad(0, 1, 2, 0)),
    PAD_EDGE(t -> t.padEdge(0, 1, 2)),
    PAD_REFLECT(t -> t.padReflect(0, t.dim(0) - 1, 0)),
    UNFOLD(t -> t.unfold(0, 1, 1).copy());

    private final UnaryOperator<Tensor> action;

    Move(UnaryOperator<Tensor> action) {
      this.action = action;
    }

    private static Tensor like(Tensor tensor) {
      return tensor.copy().pad(0, 0, 0, 0);
    }

    private static long[] repeats(Tensor tensor) {
      long[] repeats = new long[tensor.rank()];
      Arrays.fill(repeats, 2);
      return repeats;
    }
  }

  /** Every fourth a plain number, the others NaNs of any sign and payload. */
  private static int[] bits(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] bits = new int[count];
    for (int i = 0; i < count; i++) {
      int any = random.nextInt();
      bits[i] = i % 4 == 0 ? any : any | 0x7f80_0001;
    }
    return bits;
  }

  private static int at(Tensor tensor, long[] index) {
    long position = tensor.offset();
    for (int axis = 0; axis < index.length; axis++) {
      position += index[axis] * tensor.stride(axis);
    }
    return tensor.segment().getAtIndex(JAVA_INT, position);
  }

  @Property(tries = 1000)
  void everyMoveKeepsEveryBit(
      @ForAll(supplier = ViewRecipe.ToRead.class) ViewRecipe view,
      @ForAll Move move,
      @ForAll long seed) {
    if (view.rank() == 0 || view.size() == 0) {
      return;
    }
    TensorValues places = view.baseValues(); // 1, 2, 3, ..
    Tensor numbers = move.action.apply(view.on(places.tensor()));
    int[] bits = bits(places.size(), seed);
    Tensor base = Tensor.zeros(places.dims());
    for (int i = 0; i < bits.length; i++) {
      base.segment().setAtIndex(JAVA_INT, i, bits[i]);
    }
    Tensor moved = move.action.apply(view.on(base));
    assertEquals(numbers.shape(), moved.shape());
    float[] array = moved.toArray();
    int[] next = {0};
    TensorValues.forEachIndex(
        numbers.shape().toArray(),
        index -> {
          int place = (int) numbers.get(index);
          int expected = place == 0 ? 0 : bits[place - 1];
          assertEquals(expected, at(moved, index));
          assertEquals(expected, Float.floatToRawIntBits(array[next[0]++]));
        });
  }
}

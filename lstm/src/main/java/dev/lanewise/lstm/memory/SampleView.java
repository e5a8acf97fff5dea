package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.kernels.SumOfSquares;
import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A caller's tensor seen as (samples, steps, features), whatever its strides. Also the transposing
 * copies between it and time-major blocks (steps, rows, features) of our own. The copies are
 * checked ones: the caller's arena may close at any moment, and that is then an error, not a crash.
 *
 * <p>Mutable, so that it can be kept and pointed at the next tensor without allocating.
 */
public final class SampleView {
  /** Below this many elements a loop is faster than a block copy. */
  private static final int SHORT_RUN = 16;

  private @Nullable MemorySegment segment;
  private long offset;
  private long sampleStride;
  private long stepStride;
  private long featureStride;
  private int first; // step that is read as the first
  private int steps;
  private int features;
  private boolean ids;
  private boolean int32;

  /**
   * Points it at a tensor.
   *
   * @param tensor (samples, steps, features); or without an axis whose length would be 1
   * @param sequence whether axis 1 of a tensor of two axes is the time
   */
  public SampleView of(Tensor tensor, boolean sequence, int steps, int features) {
    requireFloat32(tensor);
    this.ids = false;
    return point(tensor, sequence, steps, features);
  }

  /**
   * Points it at token ids, which {@link #read} makes int32.
   *
   * @param tensor (samples, steps) of whole numbers, float32 or int32
   */
  public SampleView ofIds(Tensor tensor) {
    this.ids = true;
    this.int32 = tensor.type() == ElementType.INT32;
    return point(tensor, true, (int) tensor.dim(1), 1);
  }

  private SampleView point(Tensor tensor, boolean sequence, int steps, int features) {
    this.segment = tensor.segment();
    this.first = 0;
    this.offset = tensor.offset();
    this.steps = steps;
    this.features = features;
    int rank = tensor.rank();
    this.sampleStride = tensor.stride(0);
    this.stepStride = rank == 3 || (rank == 2 && sequence) ? tensor.stride(1) : 0;
    this.featureStride =
        rank == 3 ? tensor.stride(2) : rank == 2 && !sequence ? tensor.stride(1) : 1;
    return this;
  }

  /** Refuses a tensor whose bits are no floats. */
  public static void requireFloat32(Tensor tensor) {
    if (tensor.type() != ElementType.FLOAT32) {
      throw MemoryErrors.notFloat32(tensor.shape(), tensor.type());
    }
  }

  /**
   * Sees so many steps of each sample and no more, the first ones until {@link #begin}. A tensor
   * without a time axis stays as it is.
   */
  public SampleView part(int count) {
    this.steps = Math.min(count, steps);
    return this;
  }

  /** The step of the samples that is the first of the part. */
  public void begin(int step) {
    this.first = step;
  }

  /** Drops the tensor, so that keeping the view does not keep its memory. */
  public void clear() {
    segment = null;
  }

  /** Whether another thread than this one may read and write the tensor. */
  public boolean isAccessibleBy(Thread thread) {
    return owner().isAccessibleBy(thread);
  }

  /** The elements of a sample. */
  long sampleSize() {
    return (long) steps * features;
  }

  private MemorySegment owner() {
    return Objects.requireNonNull(segment);
  }

  private boolean dense() {
    return featureStride == 1 && (stepStride == features || steps == 1);
  }

  /** Copies a sample to row {@code row} of (steps, rows, features). */
  public void read(long sample, MemorySegment block, int row, int rows) {
    MemorySegment from = owner();
    long at = offset + sample * sampleStride + first * stepStride;
    if (ids) {
      readIds(at, block, row, rows);
      return;
    }
    if (rows == 1 && dense()) {
      copy(from, at, block, 0, sampleSize());
      return;
    }
    for (int step = 0; step < steps; step++) {
      long source = at + step * stepStride;
      long target = ((long) step * rows + row) * features;
      if (featureStride == 1 && features >= SHORT_RUN) {
        copy(from, source, block, target, features);
      } else {
        for (int i = 0; i < features; i++) {
          float value = from.getAtIndex(JAVA_FLOAT, source + i * featureStride);
          block.setAtIndex(JAVA_FLOAT, target + i, value);
        }
      }
    }
  }

  private void readIds(long at, MemorySegment block, int row, int rows) {
    MemorySegment from = owner();
    for (int step = 0; step < steps; step++) {
      long source = at + step * stepStride;
      int id =
          int32 ? from.getAtIndex(JAVA_INT, source) : (int) from.getAtIndex(JAVA_FLOAT, source);
      block.setAtIndex(JAVA_INT, (long) step * rows + row, id);
    }
  }

  /** Copies row {@code row} of (steps, rows, features) to a sample. */
  public void write(long sample, MemorySegment block, long blockOffset, int row, int rows) {
    MemorySegment to = owner();
    long at = offset + sample * sampleStride;
    if (rows == 1 && dense()) {
      copy(block, blockOffset, to, at, sampleSize());
      return;
    }
    for (int step = 0; step < steps; step++) {
      long source = blockOffset + ((long) step * rows + row) * features;
      long target = at + step * stepStride;
      if (featureStride == 1 && features >= SHORT_RUN) {
        copy(block, source, to, target, features);
      } else {
        for (int i = 0; i < features; i++) {
          float value = block.getAtIndex(JAVA_FLOAT, source + i);
          to.setAtIndex(JAVA_FLOAT, target + i * featureStride, value);
        }
      }
    }
  }

  /** An element, checked. */
  public float get(long sample, int step, int feature) {
    long at = offset + sample * sampleStride + step * stepStride + feature * featureStride;
    return owner().getAtIndex(JAVA_FLOAT, at);
  }

  /** Whether all of the first samples are known to be finite; a no calls for a closer look. */
  public boolean isFinite(int samples) {
    MemorySegment from = owner();
    if (!from.isNative() || !dense()) {
      return false;
    }
    long size = sampleSize();
    boolean together = sampleStride == size;
    long runs = together ? 1 : samples;
    for (long run = 0; run < runs; run++) { // NaN and infinity would be in the sum
      float sum =
          SumOfSquares.apply(together ? samples * size : size, from, offset + run * sampleStride);
      if (!Float.isFinite(sum)) {
        return false;
      }
    }
    return true;
  }

  private static void copy(
      MemorySegment from, long source, MemorySegment to, long target, long elements) {
    MemorySegment.copy(
        from, source * Float.BYTES, to, target * Float.BYTES, elements * Float.BYTES);
  }
}

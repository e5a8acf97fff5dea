package dev.lanewise.lstm.memory;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/** One array of a model's weights, where it lies. */
public final class StoredWeight {
  private final String name;
  private final Tensor master;
  private final Tensor value;
  private final boolean trainable;
  private final Penalty penalty;
  private final long offset;
  private final Revision revision;

  /**
   * Over {@code shape.size()} elements of {@code memory} from {@code offset}, in elements.
   *
   * @param revision told of each change
   */
  StoredWeight(
      String name,
      Shape shape,
      boolean trainable,
      Penalty penalty,
      MemorySegment memory,
      long offset,
      Revision revision) {
    this.name = name;
    this.trainable = trainable;
    this.penalty = penalty;
    this.offset = offset;
    this.revision = revision;
    MemorySegment own = memory.asSlice(offset * Float.BYTES, shape.size() * Float.BYTES);
    this.master = Tensor.wrap(own, shape.toArray());
    this.value = Tensor.wrap(own.asReadOnly(), shape.toArray());
  }

  /** The layer's name, a slash, and which of its weights this is. */
  public String name() {
    return name;
  }

  public Shape shape() {
    return value.shape();
  }

  /** The weight's memory, to write its first values to. */
  public MemorySegment memory() {
    return master.segment();
  }

  /** A live view, read-only. */
  public Tensor value() {
    return value;
  }

  /** Changes the weight to numbers of its own shape. */
  public void set(Tensor values) {
    master.copyFrom(values);
    revision.next();
  }

  /** Changes as many numbers as there are, from one on in row-major order. */
  public void setPart(long from, Tensor values) {
    master.reshape(-1).slice(0, from, from + values.size()).copyFrom(values);
    revision.next();
  }

  /** Changes one number of the weight. */
  public void set(float number, long... index) {
    master.set(number, index);
    revision.next();
  }

  /** Whether training changes it. */
  public boolean trainable() {
    return trainable;
  }

  /** What it adds to the loss. */
  public Penalty penalty() {
    return penalty;
  }

  /** Where it begins in the model's memory, in elements. */
  public long offset() {
    return offset;
  }
}

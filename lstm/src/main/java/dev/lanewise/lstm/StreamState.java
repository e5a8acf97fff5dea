package dev.lanewise.lstm;

import dev.lanewise.lstm.run.HeldStates;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link Stream}: what it takes to go on from here, now or in another process.
 *
 * <p>One that a {@link Stream} or a {@link Predictor} gave knows its model, and so do the
 * {@linkplain #toBytes bytes} made of it: {@link Predictor#readState} takes them back. One that was
 * made of tensors belongs to nobody. A state does not change by itself, but its tensors may be
 * written to.
 */
public final class StreamState {
  private final List<Tensor> h;
  private final List<Tensor> c;
  private final @Nullable StateOwner owner;

  /**
   * A state of tensors, to begin from. Copies the lists, not the tensors.
   *
   * @param h the hidden state of each recurrent layer in order, (batch, units)
   * @param c the cell state of each {@link Lstm} in order, (batch, units)
   */
  public StreamState(List<Tensor> h, List<Tensor> c) {
    this(h, c, null);
  }

  StreamState(List<Tensor> h, List<Tensor> c, @Nullable StateOwner owner) {
    this.h = List.copyOf(h);
    this.c = List.copyOf(c);
    this.owner = owner;
  }

  /** What the rooms below hold. */
  static StreamState of(HeldStates held, StateOwner owner) {
    return new StreamState(held.h(), held.c(), owner);
  }

  HeldStates held() {
    return new HeldStates(h, c);
  }

  /**
   * The hidden state of each recurrent layer in order.
   *
   * @return (batch, units) each; unmodifiable
   */
  public List<Tensor> h() {
    return h;
  }

  /**
   * The cell state of each {@link Lstm} in order.
   *
   * @return (batch, units) each; unmodifiable
   */
  public List<Tensor> c() {
    return c;
  }

  /**
   * The state as bytes, for another process or another day. They are the numbers as they are, the
   * {@linkplain Predictor#fingerprint fingerprint} of the model and a checksum: 36 bytes, 4 for
   * each h and c, 4 for each number, and 4. {@code docs/streams.md} shows the layout. Any number of
   * threads may call it.
   *
   * @return a new array, for {@link Predictor#readState}
   * @throws IllegalStateException when the state was made of tensors, so that its model is not
   *     known, or an array cannot hold it
   * @throws ArithmeticException when a number is NaN or infinite: kept, it would spoil all that
   *     comes later
   */
  public byte[] toBytes() {
    if (owner == null) {
      throw StateBytesErrors.noOwner();
    }
    return StateBytes.write(this, owner);
  }

  /**
   * Takes the sequences of a batch apart, as each has a key of its own.
   *
   * @return a state for each sequence, (1, units) each, in new tensors; none of a model that keeps
   *     nothing
   */
  public List<StreamState> split() {
    return IntStream.range(0, batch()).mapToObj(this::sequence).toList();
  }

  private StreamState sequence(int index) {
    return new StreamState(rows(h, index), rows(c, index), owner);
  }

  private static List<Tensor> rows(List<Tensor> all, int index) {
    return all.stream().map(each -> each.slice(0, index, index + 1).copy()).toList();
  }

  private int batch() {
    return h.isEmpty() ? 0 : Math.toIntExact(h.getFirst().dim(0));
  }

  /**
   * Puts sequences side by side in one batch, in this order. Sequences beside each other do not
   * change each other's bits.
   *
   * @param parts one state or more, of one model. Not modified
   * @return the state of them all, in new tensors. It has a model where all parts have
   * @throws IllegalArgumentException when there is no part, or they are of different models
   */
  public static StreamState join(List<StreamState> parts) {
    if (parts.isEmpty()) {
      throw StateBytesErrors.noParts();
    }
    StreamState first = parts.getFirst();
    int known = 0; // the first part whose model is known
    while (known < parts.size() - 1 && parts.get(known).owner == null) {
      known++;
    }
    StateOwner owner = parts.get(known).owner;
    boolean all = true;
    for (int i = 0; i < parts.size(); i++) {
      StreamState part = parts.get(i);
      all &= part.owner != null;
      if (owner != null && part.owner != null && !owner.isSame(part.owner)) {
        throw StateBytesErrors.otherPart(known, owner, i, part.owner);
      }
      if (part.h.size() != first.h.size() || part.c.size() != first.c.size()) {
        throw StateBytesErrors.partCounts(i, first, part);
      }
    }
    List<List<Tensor>> eachH = parts.stream().map(StreamState::h).toList();
    List<List<Tensor>> eachC = parts.stream().map(StreamState::c).toList();
    return new StreamState(joined(eachH), joined(eachC), all ? owner : null);
  }

  private static List<Tensor> joined(List<List<Tensor>> parts) {
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < parts.getFirst().size(); i++) {
      int index = i;
      Tensor[] rows = parts.stream().map(part -> part.get(index)).toArray(Tensor[]::new);
      all.add(Tensor.concat(0, rows));
    }
    return all;
  }

  /** Refuses states that are not those of some layers for so many sequences. */
  void check(String operation, List<Layer> layers, long batch) {
    int ofH = 0;
    int ofC = 0;
    for (Layer layer : layers) {
      for (int units : layer.stateUnits()) {
        check(operation, layer, "h", h, ofH++, Shape.of(batch, units));
      }
      for (int units : layer.cellUnits()) {
        check(operation, layer, "c", c, ofC++, Shape.of(batch, units));
      }
    }
    if (h.size() != ofH || c.size() != ofC) {
      throw LstmErrors.states(operation, ofH, ofC, h.size(), c.size());
    }
  }

  private static void check(
      String operation, Layer layer, String name, List<Tensor> all, int index, Shape expected) {
    boolean counted = index < all.size(); // else the count is reported for all layers at once
    if (counted && !all.get(index).shape().equals(expected)) {
      throw LstmErrors.stateShape(operation, layer, name, all.get(index).shape(), expected);
    }
  }

  /**
   * The state in words.
   *
   * @return the shapes of its tensors and whose it is
   */
  @Override
  public String toString() {
    return "StreamState[h="
        + h.stream().map(Tensor::shape).toList()
        + ", c="
        + c.stream().map(Tensor::shape).toList()
        + (owner == null ? "" : ", model=" + owner.fingerprint())
        + "]";
  }
}

package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that takes its sequences step by step and keeps their state in between: made by {@link
 * Predictor#stream}, from the state 0.
 *
 * <p>Every LSTM hands on its h each step, whether it returns sequences or not; the other layers
 * apply to each step. A sequence whose step is padding (an {@link Embedding} with maskZero, a
 * {@link Masking}) keeps its state. So the y of the last step is that of {@link Predictor#predict}
 * on the whole sequence, bit for bit.
 *
 * <p>One thread at a time; a step allocates nothing. It stays on the calling thread, unless the
 * stream was made with more.
 */
public final class Stream {
  private final ForwardLayer[] chain;
  private final LayerShapes shapes;
  private final int batch;
  private final MemorySegment input; // (batch, features)
  private final LayerScratch[] scratch; // one a layer
  private final StepMask mask = new StepMask();
  private MemorySegment last; // where the output of the last step is
  private final SampleView view = new SampleView();
  private boolean odd;

  Stream(ForwardLayer[] chain, LayerShapes shapes, int batch) {
    if (batch < 1) {
      throw LstmErrors.setting("Predictor.stream", "batch", batch, "1 or more");
    }
    for (Layer layer : shapes.layers()) {
      if (!layer.streams()) {
        throw LstmErrors.notStreamed(layer);
      }
    }
    this.chain = chain;
    this.shapes = shapes;
    this.batch = batch;
    Arena arena = Arena.ofAuto();
    this.input = Blocks.allocate(arena, (long) batch * shapes.features());
    this.last = input;
    this.scratch = new LayerScratch[chain.length];
    for (int i = 0; i < chain.length; i++) {
      scratch[i] = new LayerScratch(arena, chain[i], 1, batch);
    }
  }

  /** Shares the steps out to a team of its own from now on. */
  void team(Workers own) {
    for (LayerScratch each : scratch) {
      each.team(own);
    }
  }

  /**
   * How many sequences run side by side.
   *
   * @return 1 or more
   */
  public int batch() {
    return batch;
  }

  /**
   * Takes one step of every sequence.
   *
   * @param x (batch, features), (batch, 1) of ids for an {@link Embedding}; any strides. Not
   *     modified
   * @param y (batch, units) of the last layer, any strides. Overwritten; may be x's memory
   * @throws IllegalArgumentException when a shape is another, or an id not in the vocabulary; the
   *     state is then as before
   * @throws IllegalStateException when an arena is closed
   */
  public void step(Tensor x, Tensor y) {
    checkShape("x", x.shape(), shapes.features());
    checkShape("y", y.shape(), shapes.outputFeatures());
    SampleView.requireFloat32(y);
    Embedding ids = shapes.ids();
    if (ids != null) {
      TokenIds.check(ids, x);
    }
    if (ids != null) {
      view.ofIds(x);
    } else {
      view.of(x, false, 1, shapes.features());
    }
    for (int row = 0; row < batch; row++) {
      view.read(row, input, row, batch);
    }
    long out = forward();
    view.of(y, false, 1, shapes.outputFeatures());
    for (int row = 0; row < batch; row++) {
      view.write(row, last, out, row, batch);
    }
    view.clear();
  }

  /**
   * Takes one step of every sequence, from and to dense memory, on or off the heap.
   *
   * @param x (batch, features), row-major. Not modified
   * @param xOffset its first element, in elements
   * @param y (batch, units) of the last layer, row-major. Overwritten; may be x's memory
   * @param yOffset its first element, in elements
   * @throws IndexOutOfBoundsException when x reaches outside its segment, the state then as before,
   *     or y does, the step then taken
   * @throws IllegalArgumentException when the model begins with an {@link Embedding}
   * @throws IllegalStateException when an arena is closed
   */
  public void step(MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long inputs = (long) batch * shapes.features() * Float.BYTES;
    long outputs = (long) batch * shapes.outputFeatures() * Float.BYTES;
    Embedding ids = shapes.ids();
    if (ids != null) {
      throw LayerErrors.streamIds(ids);
    }
    MemorySegment.copy(x, xOffset * Float.BYTES, input, 0, inputs);
    long out = forward() * Float.BYTES;
    MemorySegment.copy(last, out, y, yOffset * Float.BYTES, outputs);
  }

  private void checkShape(String name, Shape shape, int width) {
    if (shape.rank() != 2 || shape.dim(0) != batch || shape.dim(1) != width) {
      throw LstmErrors.streamShape(name, shape, batch, width);
    }
  }

  private long forward() {
    MemorySegment in = input;
    long offset = 0;
    mask.begin(1, batch);
    for (int layer = 0; layer < chain.length; layer++) {
      offset = chain[layer].step(batch, in, offset, odd, scratch[layer], mask);
      in = chain[layer].output(in, scratch[layer]);
    }
    last = in;
    odd = !odd;
    return offset;
  }

  /** Goes back to the state 0. */
  public void reset() {
    for (LayerScratch each : scratch) {
      each.memory.fill((byte) 0);
    }
    odd = false;
  }

  /**
   * A copy of the state.
   *
   * @return h and c of each LSTM layer, in new tensors
   */
  public StreamState save() {
    List<Tensor> h = new ArrayList<>();
    List<Tensor> c = new ArrayList<>();
    for (int i = 0; i < chain.length; i++) {
      if (chain[i] instanceof LstmForward lstm) {
        h.add(state(i, lstm.stateOffset(batch, odd)).copy());
        c.add(state(i, 0).copy());
      }
    }
    return new StreamState(h, c);
  }

  /**
   * Goes on from a state, which is copied.
   *
   * @param state h and c (batch, units) of each LSTM layer. Not modified
   * @throws IllegalArgumentException when it is not for this model and batch; the state is then as
   *     before
   */
  public void restore(StreamState state) {
    int index = 0;
    for (Layer layer : shapes.layers()) {
      if (layer instanceof Lstm lstm) {
        checkState(lstm, "h", state.h(), index);
        checkState(lstm, "c", state.c(), index);
        index++;
      }
    }
    if (state.h().size() != index || state.c().size() != index) {
      throw LstmErrors.stateLayers(index, state.h().size(), state.c().size());
    }
    index = 0;
    for (int i = 0; i < chain.length; i++) {
      if (chain[i] instanceof LstmForward lstm) {
        state(i, lstm.stateOffset(batch, odd)).copyFrom(state.h().get(index));
        state(i, 0).copyFrom(state.c().get(index));
        index++;
      }
    }
  }

  private void checkState(Lstm layer, String name, List<Tensor> states, int index) {
    if (index >= states.size()) {
      return; // the count is reported for all layers at once
    }
    Shape expected = Shape.of(batch, layer.units());
    if (!states.get(index).shape().equals(expected)) {
      throw LstmErrors.stateShape(layer, name, states.get(index).shape(), expected);
    }
  }

  private Tensor state(int layer, long offset) {
    int units = ((LstmForward) chain[layer]).units();
    long bytes = (long) batch * units * Float.BYTES;
    return Tensor.wrap(scratch[layer].memory.asSlice(offset * Float.BYTES, bytes), batch, units);
  }
}

package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that takes its sequences step by step and keeps their state in between: made by {@link
 * Predictor#stream}, from the state 0.
 *
 * <p>Every recurrent layer hands on its h each step, whether it returns sequences or not; the other
 * layers apply to each step. A sequence whose step is padding (an {@link Embedding} with maskZero,
 * a {@link Masking}) keeps its state. So the y of the last step is that of {@link
 * Predictor#predict} on the whole sequence, bit for bit.
 *
 * <p>One thread at a time: a second one gets an {@link IllegalStateException} that names the first.
 * A step allocates nothing. It stays on the calling thread, unless the stream was made with more.
 *
 * <p>Need not be closed: what is unreachable is freed, and its threads end. After {@link #close}
 * every call throws an {@link IllegalStateException}.
 */
public final class Stream implements AutoCloseable {
  private static final String STEP = "Stream.step";

  private final LayerShapes shapes;
  private final int batch;
  private ForwardLayer[] chain; // nothing once closed, as what follows
  private MemorySegment input; // (batch, features)
  private LayerScratch[] scratch; // one a layer
  private final StepMask mask = new StepMask();
  private MemorySegment last; // where the output of the last step is
  private final SampleView view = new SampleView();
  private final Exclusive use = new Exclusive("Stream", "Predictor.stream(batch)");
  private @Nullable Team team;
  private int threads = 1;
  private boolean ownThreads;
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

  /**
   * Shares the steps out from now on: to a team of its own, or to the process's where it is free.
   */
  void share(boolean own, int most) {
    if (most > 1) {
      threads = most;
      ownThreads = own;
      team = own ? new Team().endWith(this) : Team.shared();
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
   * @param y (batch, units) of the last layer, any strides. Overwritten; may be the very view x,
   *     but must not share memory with it otherwise
   * @throws IllegalArgumentException when a shape is another, an id not in the vocabulary, or y is
   *     read-only or overlaps x; the state is then as before
   * @throws IllegalStateException when an arena or the stream is closed, or another thread is using
   *     the stream
   */
  public void step(Tensor x, Tensor y) {
    use.enter(STEP);
    try {
      checkShape("x", x.shape(), shapes.features());
      checkShape("y", y.shape(), shapes.outputFeatures());
      SampleView.requireFloat32(y);
      Layer ids = shapes.ids();
      if (ids != null) {
        TokenIds.check(ids, x);
      }
      Outputs.check(STEP, x, y);
      read(x, ids != null);
      long out = forward();
      view.of(y, false, 1, shapes.outputFeatures());
      for (int row = 0; row < batch; row++) {
        view.write(row, last, out, row, batch);
      }
      view.clear();
    } finally {
      use.leave();
    }
  }

  private void read(Tensor x, boolean ids) {
    if (ids) {
      view.ofIds(x);
    } else {
      view.of(x, false, 1, shapes.features());
    }
    for (int row = 0; row < batch; row++) {
      view.read(row, input, row, batch);
    }
  }

  /**
   * Takes one step of every sequence, from and to dense memory, on or off the heap.
   *
   * @param x (batch, features), row-major. Not modified
   * @param xOffset its first element, in elements
   * @param y (batch, units) of the last layer, row-major. Overwritten; may begin where x does, but
   *     must not share memory with it otherwise
   * @param yOffset its first element, in elements
   * @throws IndexOutOfBoundsException when x or y reaches outside its segment; the state is then as
   *     before
   * @throws IllegalArgumentException when the model begins with an {@link Embedding}, or y is
   *     read-only or overlaps x; the state is then as before
   * @throws IllegalStateException when an arena or the stream is closed, or another thread is using
   *     the stream
   */
  public void step(MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    use.enter(STEP);
    try {
      long inputs = (long) batch * shapes.features();
      long outputs = (long) batch * shapes.outputFeatures();
      Layer ids = shapes.ids();
      if (ids != null) {
        throw LayerErrors.streamIds(ids);
      }
      checkExtent("x", x, xOffset, inputs);
      checkExtent("y", y, yOffset, outputs);
      Outputs.check(STEP, x, xOffset * 4, inputs * 4, y, yOffset * 4, outputs * 4);
      Blocks.copy(x, xOffset, input, 0, inputs);
      long out = forward();
      Blocks.copy(last, out, y, yOffset, outputs);
    } finally {
      use.leave();
    }
  }

  /** Without an offset's bytes, which may be more than a long holds. */
  private static void checkExtent(String name, MemorySegment segment, long offset, long elements) {
    long room = segment.byteSize() / Float.BYTES;
    if (offset < 0 || offset > room || elements > room - offset) {
      throw CallErrors.streamExtent(name, offset, elements, room);
    }
  }

  private void checkShape(String name, Shape shape, int width) {
    if (shape.rank() != 2 || shape.dim(0) != batch || shape.dim(1) != width) {
      throw LstmErrors.streamShape(name, shape, batch, width);
    }
  }

  private long forward() {
    Team lender = team;
    Workers helpers = lender == null ? null : lender.lend(threads);
    if (lender == null || helpers == null) {
      return layers();
    }
    try {
      team(helpers);
      return layers();
    } finally {
      team(null);
      lender.giveBack();
    }
  }

  private void team(@Nullable Workers lent) {
    for (LayerScratch each : scratch) {
      each.team(lent);
    }
  }

  private long layers() {
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
    use.enter("Stream.reset");
    try {
      for (LayerScratch each : scratch) {
        each.memory.fill((byte) 0);
      }
      odd = false;
    } finally {
      use.leave();
    }
  }

  /**
   * Lets go of the memory, which the collector then frees, and ends the stream's own threads. Need
   * not be called. A second call does nothing.
   *
   * @throws IllegalStateException when another thread is using the stream
   */
  @Override
  public void close() {
    if (!use.close()) {
      return;
    }
    chain = ForwardLayer.NONE;
    scratch = new LayerScratch[0];
    input = MemorySegment.NULL;
    last = input;
    Team own = team;
    if (ownThreads && own != null) {
      own.close();
    }
  }

  /**
   * A copy of the state.
   *
   * @return h of each recurrent layer and c of each LSTM, in new tensors
   */
  public StreamState save() {
    use.enter("Stream.save");
    try {
      return states().copy();
    } finally {
      use.leave();
    }
  }

  /**
   * Goes on from a state, which is copied.
   *
   * @param state h (batch, units) of each recurrent layer and c of each LSTM. Not modified
   * @throws IllegalArgumentException when it is not for this model and batch; the state is then as
   *     before
   */
  public void restore(StreamState state) {
    use.enter("Stream.restore");
    try {
      state.check("Stream.restore", shapes.layers(), batch);
      copyStates(state);
    } finally {
      use.leave();
    }
  }

  private void copyStates(StreamState state) {
    StreamState now = states();
    copyStates(state.h(), now.h());
    copyStates(state.c(), now.c());
  }

  private static void copyStates(List<Tensor> from, List<Tensor> to) {
    for (int i = 0; i < to.size(); i++) {
      to.get(i).copyFrom(from.get(i));
    }
  }

  /** Views of the states as they are now. */
  private StreamState states() {
    List<StreamState> all = new ArrayList<>();
    for (int layer = 0; layer < chain.length; layer++) {
      all.add(chain[layer].stepStates(batch, odd, scratch[layer]));
    }
    return StreamState.joined(all);
  }
}

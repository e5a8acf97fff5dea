package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Exclusive;
import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.run.ForwardNode;
import dev.lanewise.lstm.run.ForwardWorkspace;
import dev.lanewise.lstm.run.HeldStates;
import dev.lanewise.lstm.run.LayerScratch;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that takes its sequences step by step and keeps their state in between: made by {@link
 * Predictor#stream}, from the state 0, or from what a layer has learned ({@link
 * Recurrent#learnedInitialState}).
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

  private final Plan plan;
  private final StateOwner owner;
  private final int batch;
  private ForwardNode[] nodes; // none once closed
  private @Nullable ForwardWorkspace open; // null once closed
  private final SampleView view = new SampleView();
  private final Exclusive use = new Exclusive("Stream", "Predictor.stream(batch)");
  private @Nullable Team team;
  private int threads = 1;
  private boolean ownThreads;
  private boolean odd;

  Stream(ForwardNode[] nodes, Plan plan, StateOwner owner, int batch) {
    if (batch < 1) {
      throw LstmErrors.setting("Predictor.stream", "batch", batch, "1 or more");
    }
    for (Layer layer : plan.called()) {
      if (!layer.streams()) {
        throw LstmErrors.notStreamed(layer);
      }
    }
    plan.requireSingle("Predictor.stream");
    plan.requireOwnStates("Predictor.stream");
    this.nodes = nodes;
    this.plan = plan;
    this.owner = owner;
    this.batch = batch;
    this.open = new ForwardWorkspace(plan.wiring(), nodes, new int[] {1}, batch);
    beginSteps();
  }

  private void beginSteps() {
    for (ForwardNode node : nodes) {
      node.beginSteps(workspace(), batch);
    }
  }

  private ForwardWorkspace workspace() {
    return Objects.requireNonNull(open); // where its use was entered it is not closed
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
      checkShape("x", x.shape(), plan.features());
      checkShape("y", y.shape(), plan.outputFeatures());
      SampleView.requireFloat32(y);
      Layer ids = plan.ids();
      if (ids != null) {
        TokenIds.check(ids, x);
      }
      Outputs.check(STEP, x, y);
      read(x, ids != null);
      forward();
      int out = plan.outputs()[0];
      ForwardWorkspace workspace = workspace();
      view.of(y, false, 1, plan.outputFeatures());
      for (int row = 0; row < batch; row++) {
        view.write(row, workspace.memory[out], workspace.offset[out], row, batch);
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
      view.of(x, false, 1, plan.features());
    }
    for (int row = 0; row < batch; row++) {
      view.read(row, workspace().inputs[0], row, batch);
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
      long inputs = (long) batch * plan.features();
      long outputs = (long) batch * plan.outputFeatures();
      Layer ids = plan.ids();
      if (ids != null) {
        throw LayerErrors.streamIds(ids);
      }
      checkExtent("x", x, xOffset, inputs);
      checkExtent("y", y, yOffset, outputs);
      Outputs.check(STEP, x, xOffset * 4, inputs * 4, y, yOffset * 4, outputs * 4);
      ForwardWorkspace workspace = workspace();
      Blocks.copy(x, xOffset, workspace.inputs[0], 0, inputs);
      forward();
      int out = plan.outputs()[0];
      Blocks.copy(workspace.memory[out], workspace.offset[out], y, yOffset, outputs);
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

  private void forward() {
    Team lender = team;
    Workers helpers = lender == null ? null : lender.lend(threads);
    if (lender == null || helpers == null) {
      run();
      return;
    }
    try {
      workspace().team(helpers);
      run();
    } finally {
      workspace().team(null);
      lender.giveBack();
    }
  }

  private void run() {
    ForwardWorkspace workspace = workspace();
    workspace.masks[0].begin(1, batch);
    for (ForwardNode node : nodes) {
      node.step(workspace, batch, odd);
    }
    odd = !odd;
  }

  /** Goes back to the state that it began from: 0, or what a layer has learned. */
  public void reset() {
    use.enter("Stream.reset");
    try {
      for (LayerScratch each : workspace().scratch) {
        each.memory.fill((byte) 0);
      }
      odd = false;
      beginSteps();
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
    nodes = new ForwardNode[0];
    open = null;
    Team own = team;
    if (ownThreads && own != null) {
      own.close();
    }
  }

  /**
   * A copy of the state.
   *
   * @return h of each recurrent layer and c of each LSTM, in new tensors; {@link
   *     StreamState#toBytes} keeps it outside this process
   */
  public StreamState save() {
    use.enter("Stream.save");
    try {
      return StreamState.of(states().copy(), owner);
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
      state.check("Stream.restore", plan.called(), batch);
      copyStates(state);
    } finally {
      use.leave();
    }
  }

  private void copyStates(StreamState state) {
    HeldStates now = states();
    copyStates(state.h(), now.h());
    copyStates(state.c(), now.c());
  }

  private static void copyStates(List<Tensor> from, List<Tensor> to) {
    for (int i = 0; i < to.size(); i++) {
      to.get(i).copyFrom(from.get(i));
    }
  }

  /** Views of the states as they are now. */
  private HeldStates states() {
    List<HeldStates> all = new ArrayList<>();
    for (ForwardNode node : nodes) {
      all.add(node.stepStates(workspace(), batch, odd));
    }
    return HeldStates.joined(all);
  }
}

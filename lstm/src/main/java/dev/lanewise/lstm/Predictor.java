package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A model made ready to predict: the weights as they were when it was made, packed once.
 *
 * <p><b>Threads.</b> Immutable; any number of threads may call it at once. A large call shares its
 * samples out among the threads that the {@link PredictorOptions} allow; where another call has the
 * team already, it stays on its own thread.
 *
 * <p><b>Bits.</b> A sample's result does not depend on the samples beside it, on the number of
 * threads, or on whether its steps come at once or one by one through a {@link #stream}.
 *
 * <p><b>Memory.</b> The workspaces of earlier calls are kept for later ones, so that {@link
 * #predict(Tensor, Tensor)} allocates nothing once calls as large have been made. They go when the
 * predictor is unreachable.
 */
public final class Predictor {
  /**
   * Samples that run side by side: past these, weights are reused enough and caches are too small.
   */
  private static final int BLOCK_ROWS = 128;

  /** Multiply-adds a thread must get for waking it to pay: some 30 microseconds. */
  private static final long WORK_PER_THREAD = 1L << 20;

  /** With fewer samples a thread they stay together, and the units of a step are shared out. */
  private static final int ROWS_PER_THREAD = 4;

  private static final Cleaner CLEANER = Cleaner.create();

  private final LayerShapes shapes;
  private final ForwardLayer[] chain;
  private final long workPerStep;
  private final boolean largeWeights; // most of the work is by such
  private final boolean marksPadding;
  private final int threads;
  private final WorkspacePool pool;
  private final AtomicBoolean teamBusy = new AtomicBoolean();
  private final SharedCall sharedCall = new SharedCall();
  private final SharedRows sharedRows = new SharedRows();
  private @Nullable Workers team;

  Predictor(LayerShapes shapes, ModelWeights weights, PredictorOptions options) {
    List<Layer> layers = shapes.layers();
    this.shapes = shapes;
    this.threads = Workers.count(options.threads());
    this.chain = new ForwardLayer[layers.size()];
    long work = 0;
    long large = 0;
    boolean marks = false;
    for (int i = 0; i < chain.length; i++) {
      chain[i] = layers.get(i).forward(shapes.before(i), weights.layer(i).in(options.weights()));
      work += chain[i].work();
      large += chain[i].workOfLargeWeights();
      marks |= chain[i].marksPadding();
    }
    this.workPerStep = work;
    this.largeWeights = large > work / 10 * 9;
    this.marksPadding = marks;
    this.pool = new WorkspacePool(shapes, chain, 2 * this.threads + 2);
  }

  /** With a team of the caller's, which then makes one call at a time. */
  Predictor(LayerShapes shapes, ModelWeights weights, Workers team) {
    this(shapes, weights, PredictorOptions.builder().threads(team.threads()).build());
    this.team = team;
  }

  /**
   * Predicts into a new tensor.
   *
   * @param x (batch, timesteps, features); (batch, features) also where no layer needs timesteps;
   *     (batch, timesteps) of ids for an {@link Embedding}. Any strides. Not modified
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take x's shape, or an id is not in the
   *     vocabulary
   * @throws IllegalStateException when x's arena is closed
   */
  public Tensor predict(Tensor x) {
    check(x, null);
    return newOutput(x, null, null);
  }

  /**
   * Predicts sequences of which some steps are padding, which is skipped: a sample's result is the
   * same bits as without its padding.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps)
   * @return as for {@link #predict(Tensor)}
   * @throws IllegalArgumentException when the model does not take x's shape, the mask has another
   *     batch or other timesteps than x, or no layer would read it
   * @throws IllegalStateException when x's arena is closed
   */
  public Tensor predict(Tensor x, Mask mask) {
    check(x, mask);
    return newOutput(x, mask, null);
  }

  /** For an input that was checked. */
  private Tensor newOutput(Tensor x, @Nullable Mask mask, @Nullable Extras extras) {
    Tensor y = Tensor.zeros(shapes.output(x.shape()).toArray());
    run(x, mask, y, extras);
    return y;
  }

  /**
   * Predicts into a tensor of the caller's. Allocates nothing once calls as large have been made.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param y what {@link #predict(Tensor)} returns the shape of; any strides. Overwritten
   * @throws IllegalArgumentException when the model does not take x's shape, or gives another than
   *     y's
   * @throws IllegalStateException when an arena is closed
   */
  public void predict(Tensor x, Tensor y) {
    check(x, null);
    checkOutput(x, y);
    run(x, null, y, null);
  }

  /**
   * Predicts sequences of which some steps are padding into a tensor of the caller's. Allocates
   * nothing once calls as large have been made.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps)
   * @param y what {@link #predict(Tensor)} returns the shape of; any strides. Overwritten
   * @throws IllegalArgumentException as {@link #predict(Tensor, Mask)} and {@link #predict(Tensor,
   *     Tensor)} do
   * @throws IllegalStateException when an arena is closed
   */
  public void predict(Tensor x, Mask mask, Tensor y) {
    check(x, mask);
    checkOutput(x, y);
    run(x, mask, y, null);
  }

  /**
   * Predicts, and gives the states that the LSTM layers end in too: those after each sequence's
   * last real step, PyTorch's {@code h_n} and {@code c_n}.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @return the prediction and the states, from which a {@link Stream} can go on
   * @throws IllegalArgumentException when the model does not take x's shape
   * @throws IllegalStateException when x's arena is closed
   */
  public Prediction predictWithState(Tensor x) {
    return withState(x, null);
  }

  /**
   * Predicts padded sequences, and gives the states that the LSTM layers end in too.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps)
   * @return the prediction and the states
   * @throws IllegalArgumentException as {@link #predict(Tensor, Mask)} does
   * @throws IllegalStateException when x's arena is closed
   */
  public Prediction predictWithState(Tensor x, Mask mask) {
    return withState(x, mask);
  }

  private Prediction withState(Tensor x, @Nullable Mask mask) {
    check(x, mask);
    Extras extras = Extras.states(chain, x.dim(0));
    Tensor y = newOutput(x, mask, extras);
    return new Prediction(y, extras.state());
  }

  /** Predicts, and says which steps of a sequence of outputs are padding. */
  MaskedPrediction predictMasked(Tensor x, @Nullable Mask mask) {
    check(x, mask);
    int steps = shapes.outputSteps(shapes.steps(x.shape()));
    Extras extras = Extras.padding(x.dim(0), steps);
    return new MaskedPrediction(newOutput(x, mask, extras), extras);
  }

  /** A prediction, and which of its steps are padding. */
  record MaskedPrediction(Tensor y, Extras extras) {}

  private void check(Tensor x, @Nullable Mask mask) {
    shapes.checkInput(x.shape());
    if (mask != null) {
      shapes.checkMask("Predictor.predict", x.shape(), mask);
    }
    Embedding ids = shapes.ids();
    if (ids != null) {
      TokenIds.check(ids, x);
    }
  }

  private void checkOutput(Tensor x, Tensor y) {
    if (!shapes.isOutput(x.shape(), y.shape())) {
      throw LstmErrors.outputShape("Predictor.predict", y.shape(), shapes.output(x.shape()));
    }
  }

  /**
   * A stream of steps from the state 0, for sequences that arrive step by step.
   *
   * @param batch how many sequences run side by side, 1 or more
   * @return a new stream, with a state of its own
   * @throws IllegalArgumentException when batch is less than 1, or a layer goes backwards
   */
  public Stream stream(int batch) {
    return new Stream(chain, shapes, batch);
  }

  /**
   * A stream of steps from the state 0 that may use several threads for a step: for large layers,
   * where one thread waits for the weights to come out of the cache. The others spin for some
   * microseconds after each step, then sleep.
   *
   * @param batch how many sequences run side by side, 1 or more
   * @param threads how many threads share a step, the calling one included; 0 for all cores. Steps
   *     too small to gain stay on the calling thread
   * @return a new stream, with a state and threads of its own
   * @throws IllegalArgumentException when batch is less than 1, threads is less than 0, or a layer
   *     goes backwards
   */
  public Stream stream(int batch, int threads) {
    Stream stream = new Stream(chain, shapes, batch);
    int count = Workers.count(Settings.atLeast("Predictor.stream", "threads", threads, 0));
    if (count > 1 && canShareSteps(1, batch)) {
      Workers helpers = new Workers(count);
      CLEANER.register(stream, helpers::close);
      stream.team(helpers);
    }
    return stream;
  }

  /**
   * The shape of the result for an input.
   *
   * @param input the shape of x
   * @return the shape of y
   * @throws IllegalArgumentException when the model does not take that shape
   */
  public Shape outputShape(Shape input) {
    shapes.checkInput(input);
    return shapes.output(input);
  }

  /**
   * The off-heap memory of the weights, packed as the kernels read them.
   *
   * @return bytes, padding included
   */
  public long weightBytes() {
    long total = 0;
    for (ForwardLayer layer : chain) {
      total += layer.weightBytes();
    }
    return total;
  }

  /**
   * The off-heap memory that one call works in, on all its threads, beside the weights, x and y. It
   * is kept for later calls as large. A call whose mask has padding takes up to {@code (batch +
   * 128) * features} floats more for each LSTM; calls at the same time take theirs each.
   *
   * @param batch samples, 1 or more
   * @param timesteps of x, 1 or more; 1 where the model takes none
   * @return bytes
   * @throws IllegalArgumentException when the model does not take that shape
   */
  public long workspaceBytes(int batch, int timesteps) {
    Settings.atLeast("Predictor.workspaceBytes", "batch", batch, 1);
    Settings.atLeast("Predictor.workspaceBytes", "timesteps", timesteps, 1);
    int steps = shapes.steps(shapes.input(batch, timesteps));
    int parts = Math.max(1, parts(steps, batch, sharesSteps(steps, batch, false)));
    int rows = Math.max(blockRows(batch / parts), blockRows(Math.ceilDiv(batch, parts)));
    return parts * ForwardWorkspace.bytes(shapes, chain, steps, rows);
  }

  /**
   * Runs the model on random input of its own shape until the compilers have done their work or
   * five seconds are over, so that the first real call is not slow. As {@link #warmUp(Duration)}.
   *
   * @return what was done
   */
  public WarmUp warmUp() {
    return warmUp(WarmUp.LIMIT);
  }

  /**
   * Runs the model on random input of its own shape until the compilers have done their work: one
   * row and many, even and odd numbers of them, whole sequences and the steps of a {@link #stream},
   * with and without padding, where the model takes them. No later result changes; workspaces are
   * kept as those of any call. Other threads may predict meanwhile.
   *
   * @param limit when to stop at the latest, but for the call at hand; the first call takes longest
   * @return what was done
   * @throws IllegalArgumentException when limit is negative
   */
  public WarmUp warmUp(Duration limit) {
    return WarmUpCalls.run(this, shapes, workPerStep, limit);
  }

  /** How many threads share the samples out; 0 or 1 to stay on the caller's. */
  private int parts(int steps, long samples, boolean shared) {
    if (shared) {
      return 1;
    }
    long wanted = Math.min(threads, steps * samples * workPerStep / WORK_PER_THREAD);
    return (int) Math.min(wanted, samples);
  }

  /** The most rows of a block, of so many samples that a thread gets. */
  private static int blockRows(long samples) {
    long blocks = Math.ceilDiv(samples, BLOCK_ROWS);
    return blocks == 0 ? 0 : (int) Math.ceilDiv(samples, blocks);
  }

  /** The bytes of the workspaces that calls have left. */
  long idleBytes() {
    return pool.size();
  }

  private void run(Tensor x, @Nullable Mask mask, Tensor y, @Nullable Extras extras) {
    long samples = x.dim(0);
    int steps = shapes.steps(x.shape());
    boolean shared = sharesSteps(steps, samples, mask != null);
    int parts = parts(steps, samples, shared);
    if ((!shared && parts < 2) || !teamBusy.compareAndSet(false, true)) {
      runRange(x, mask, y, extras, 0, samples, null);
      return;
    }
    try {
      Workers workers = team();
      Thread other = workers.other();
      if (shared) {
        runRange(x, mask, y, extras, 0, samples, workers);
      } else if (x.segment().isAccessibleBy(other) && y.segment().isAccessibleBy(other)) {
        sharedCall.run(workers, parts, x, mask, y, extras);
      } else {
        runRange(x, mask, y, extras, 0, samples, null);
      }
    } finally {
      teamBusy.set(false);
    }
  }

  /**
   * Whether the threads stay together on all samples, and share the units of each step. Steps with
   * padding they do not share.
   */
  private boolean sharesSteps(int steps, long samples, boolean masked) {
    return threads > 1
        && (samples / threads < ROWS_PER_THREAD || (largeWeights && !masked && !marksPadding))
        && steps * samples * workPerStep >= 2 * WORK_PER_THREAD
        && canShareSteps(steps, samples);
  }

  private boolean canShareSteps(int steps, long samples) {
    int rows = (int) Math.min(samples, BLOCK_ROWS);
    for (ForwardLayer layer : chain) {
      if (layer.sharesSteps(steps, rows)) {
        return true;
      }
    }
    return false;
  }

  /** Only with {@code teamBusy} set, so by one thread at a time. */
  private Workers team() {
    Workers present = team;
    if (present == null) {
      present = new Workers(threads);
      CLEANER.register(this, present::close);
      team = present;
    }
    return present;
  }

  /** Predicts some samples on this thread, which may share steps out to a team. */
  private void runRange(
      Tensor x,
      @Nullable Mask mask,
      Tensor y,
      @Nullable Extras extras,
      long from,
      long to,
      @Nullable Workers helpers) {
    long blocks = Math.ceilDiv(to - from, BLOCK_ROWS);
    int most = blockRows(to - from);
    for (long block = 0; block < blocks; block++) {
      long first = from + (to - from) * block / blocks;
      long next = from + (to - from) * (block + 1) / blocks;
      runBlock(x, mask, y, extras, first, (int) (next - first), most, helpers);
    }
  }

  private void runBlock(
      Tensor x,
      @Nullable Mask mask,
      Tensor y,
      @Nullable Extras extras,
      long first,
      int rows,
      int most,
      @Nullable Workers helpers) {
    int steps = shapes.steps(x.shape());
    ForwardWorkspace workspace = pool.take(steps, most);
    workspace.team(helpers);
    try {
      workspace.mask.begin(steps, rows);
      read(workspace, x, mask, first, rows, steps, helpers);
      MemorySegment last = workspace.input;
      long offset = 0;
      int left = steps;
      for (int layer = 0; layer < chain.length; layer++) {
        LayerScratch scratch = workspace.scratch[layer];
        offset = chain[layer].forward(left, rows, last, offset, scratch, workspace.mask);
        if (extras != null) {
          extras.keepState(layer, left, rows, first, scratch);
        }
        last = chain[layer].output(last, scratch);
        left = shapes.stepsAfter(layer, left);
        if (!shapes.layers().get(layer).passesMask()) {
          workspace.mask.begin(left, rows); // what comes after may mark other steps
        }
      }
      SampleView target = workspace.y.of(y, false, left, shapes.outputFeatures());
      sharedRows.write(helpers, target, first, rows, last, offset);
      if (extras != null) {
        extras.keepPadding(workspace.mask, left, rows, first);
      }
    } finally {
      workspace.mask.drop();
      workspace.team(null);
      pool.giveBack(workspace);
    }
  }

  private void read(
      ForwardWorkspace workspace,
      Tensor x,
      @Nullable Mask mask,
      long first,
      int rows,
      int steps,
      @Nullable Workers helpers) {
    SampleView source =
        shapes.takesIds()
            ? workspace.x.ofIds(x)
            : workspace.x.of(x, false, steps, shapes.features());
    sharedRows.read(helpers, source, first, rows, workspace.input);
    for (int row = 0; row < rows && mask != null; row++) {
      mask.read((int) (first + row), workspace.mask, row);
    }
  }

  /** The call that the team is working on; kept, so that a call allocates nothing. */
  private final class SharedCall implements Workers.Task {
    private @Nullable Tensor x;
    private @Nullable Mask mask;
    private @Nullable Tensor y;
    private @Nullable Extras extras;

    void run(
        Workers workers,
        int parts,
        Tensor from,
        @Nullable Mask padding,
        Tensor to,
        @Nullable Extras wanted) {
      x = from;
      mask = padding;
      y = to;
      extras = wanted;
      try {
        workers.run(parts, this);
      } finally {
        x = null;
        mask = null;
        y = null;
        extras = null;
      }
    }

    @Override
    public void run(int part, int parts) {
      Tensor from = x;
      Tensor to = y;
      if (from != null && to != null) {
        long samples = from.dim(0);
        long first = samples * part / parts;
        runRange(from, mask, to, extras, first, samples * (part + 1) / parts, null);
      }
    }
  }
}

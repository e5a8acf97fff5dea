package dev.lanewise.lstm;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
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

  private static final Cleaner CLEANER = Cleaner.create();

  private final LayerShapes shapes;
  private final ForwardLayer[] chain;
  private final List<Layer> layers;
  private final long workPerStep;
  private final int threads;
  private final WorkspacePool pool;
  private final AtomicBoolean teamBusy = new AtomicBoolean();
  private final SharedCall sharedCall = new SharedCall();
  private @Nullable Workers team;

  Predictor(List<Layer> layers, LayerShapes shapes, ModelWeights weights, int threads) {
    this.layers = layers;
    this.shapes = shapes;
    this.threads = Workers.count(threads);
    this.chain = new ForwardLayer[layers.size()];
    int width = shapes.features();
    long work = 0;
    for (int i = 0; i < chain.length; i++) {
      chain[i] = ForwardLayer.of(layers.get(i), width, weights.layer(i));
      work += chain[i].work();
      width = LayerShapes.outputFeatures(layers.get(i), width);
    }
    this.workPerStep = work;
    this.pool = new WorkspacePool(chain, shapes.features(), 2 * this.threads + 2);
  }

  /** With a team of the caller's, which then makes one call at a time. */
  Predictor(List<Layer> layers, LayerShapes shapes, ModelWeights weights, Workers team) {
    this(layers, shapes, weights, team.threads());
    this.team = team;
  }

  /**
   * Predicts into a new tensor.
   *
   * @param x (batch, timesteps, features); (batch, features) also where the model has no LSTM. Any
   *     strides. Not modified
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take x's shape
   * @throws IllegalStateException when x's arena is closed
   */
  public Tensor predict(Tensor x) {
    shapes.checkInput(x.shape());
    Tensor y = Tensor.zeros(shapes.output(x.shape()).toArray());
    run(x, y);
    return y;
  }

  /**
   * Predicts into a tensor of the caller's. Allocates nothing once calls as large have been made.
   *
   * @param x (batch, timesteps, features); (batch, features) also where the model has no LSTM. Any
   *     strides. Not modified
   * @param y what {@link #predict(Tensor)} returns the shape of; any strides. Overwritten
   * @throws IllegalArgumentException when the model does not take x's shape, or gives another than
   *     y's
   * @throws IllegalStateException when an arena is closed
   */
  public void predict(Tensor x, Tensor y) {
    shapes.checkInput(x.shape());
    if (!shapes.isOutput(x.shape(), y.shape())) {
      throw LstmErrors.outputShape("Predictor.predict", y.shape(), shapes.output(x.shape()));
    }
    run(x, y);
  }

  /**
   * A stream of steps from the state 0, for sequences that arrive step by step.
   *
   * @param batch how many sequences run side by side, 1 or more
   * @return a new stream, with a state of its own
   * @throws IllegalArgumentException when batch is less than 1, or a layer goes backwards
   */
  public Stream stream(int batch) {
    return new Stream(layers, chain, shapes, batch);
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

  private void run(Tensor x, Tensor y) {
    int steps = LayerShapes.steps(x.shape());
    long samples = x.dim(0);
    long wanted = Math.min(threads, steps * samples * workPerStep / WORK_PER_THREAD);
    int parts = (int) Math.min(wanted, samples);
    if (parts < 2 || !teamBusy.compareAndSet(false, true)) {
      runRange(x, y, steps, 0, samples);
      return;
    }
    try {
      Workers workers = team();
      Thread other = workers.other();
      if (x.segment().isAccessibleBy(other) && y.segment().isAccessibleBy(other)) {
        sharedCall.run(workers, parts, x, y, steps);
      } else {
        runRange(x, y, steps, 0, samples);
      }
    } finally {
      teamBusy.set(false);
    }
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

  private void runRange(Tensor x, Tensor y, int steps, long from, long to) {
    long blocks = (to - from + BLOCK_ROWS - 1) / BLOCK_ROWS;
    for (long block = 0; block < blocks; block++) {
      long first = from + (to - from) * block / blocks;
      long next = from + (to - from) * (block + 1) / blocks;
      runBlock(x, y, steps, first, (int) (next - first));
    }
  }

  private void runBlock(Tensor x, Tensor y, int steps, long first, int rows) {
    ForwardWorkspace workspace = pool.take(steps, rows);
    try {
      boolean sequence = shapes.outputIsSequence(x.shape());
      SampleView source = workspace.x.of(x, false, steps, shapes.features());
      SampleView target = workspace.y.of(y, false, sequence ? steps : 1, shapes.outputFeatures());
      for (int row = 0; row < rows; row++) {
        source.read(first + row, workspace.input, row, rows);
      }
      long offset = forward(workspace, steps, rows);
      MemorySegment last = workspace.scratch[chain.length - 1];
      for (int row = 0; row < rows; row++) {
        target.write(first + row, last, offset, row, rows);
      }
    } finally {
      pool.giveBack(workspace);
    }
  }

  /** Runs the layers; returns where in the last one's scratch the output lies, in elements. */
  private long forward(ForwardWorkspace workspace, int steps, int rows) {
    MemorySegment in = workspace.input;
    long offset = 0;
    int left = steps;
    for (int layer = 0; layer < chain.length; layer++) {
      offset = chain[layer].forward(left, rows, in, offset, workspace.scratch[layer]);
      in = workspace.scratch[layer];
      left = LayerShapes.keepsSequence(layers.get(layer)) ? left : 1;
    }
    return offset;
  }

  /** The call that the team is working on; kept, so that a call allocates nothing. */
  private final class SharedCall implements Workers.Task {
    private @Nullable Tensor x;
    private @Nullable Tensor y;
    private int steps;

    void run(Workers workers, int parts, Tensor from, Tensor to, int length) {
      x = from;
      y = to;
      steps = length;
      try {
        workers.run(parts, this);
      } finally {
        x = null;
        y = null;
      }
    }

    @Override
    public void run(int part, int parts) {
      Tensor from = x;
      Tensor to = y;
      if (from != null && to != null) {
        long samples = from.dim(0);
        runRange(from, to, steps, samples * part / parts, samples * (part + 1) / parts);
      }
    }
  }
}

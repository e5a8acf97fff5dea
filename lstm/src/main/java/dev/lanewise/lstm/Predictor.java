package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.MemoryErrors;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.run.Extras;
import dev.lanewise.lstm.run.ForwardBlocks;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.lstm.run.ForwardThreads;
import dev.lanewise.lstm.run.SpareCalls;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A model made ready to predict: the weights as they were when it was made, packed once.
 *
 * <p><b>Threads.</b> Immutable; any number of threads may call it at once. A large call shares its
 * samples out among a team of threads. There is one in a process, for one call at a time; where
 * another call has it already, of this predictor or any other, a call stays on its own thread.
 * {@link PredictorOptions.Builder#ownThreads} gives a predictor a team of its own. A call that is
 * interrupted ends with a {@link java.util.concurrent.CancellationException} after the 128 samples
 * at hand, y written in part, and the thread's interrupt set as it was.
 *
 * <p><b>Bits.</b> A sample's result does not depend on the samples beside it, on the number of
 * threads, or on whether its steps come at once or one by one through a {@link #stream}.
 *
 * <p><b>Memory.</b> The workspaces of earlier calls are kept for later ones, so that {@link
 * #predict(Tensor, Tensor)} allocates nothing once calls as large have been made, but for views of
 * states that a model itself hands from layer to layer. They go when the predictor is closed or
 * unreachable; it need not be closed. After {@link #close} every call throws an {@link
 * IllegalStateException}.
 */
public final class Predictor implements AutoCloseable {
  private static final String PREDICT = "Predictor.predict";
  private static final String WITH_STATE = "Predictor.predictWithState";
  private static final String STREAM = "Predictor.stream";

  private final Plan plan;
  private final StateOwner owner; // of the states that it gives
  private final boolean closeable;
  private volatile @Nullable ForwardThreads open; // null once closed
  private final boolean ownThreads;
  private final SpareCalls calls;

  /** One that can be closed, or one that a model hands out and keeps. */
  Predictor(
      Plan plan, IntFunction<LayerWeights> weights, PredictorOptions options, boolean closeable) {
    this.plan = plan;
    this.closeable = closeable;
    this.ownThreads = options.ownThreads();
    int threads = Team.threads(options.threads(), ownThreads);
    Team team = ownThreads ? new Team().endWith(this) : Team.shared();
    HashedWeights hashed = new HashedWeights(weights, plan.layers().size());
    ForwardBlocks blocks = new ForwardBlocks(plan.wiring(), hashed, options.weights(), threads);
    this.owner = StateOwner.of(plan, Fingerprint.of(plan, hashed.hashes()), options.weights());
    this.calls = new SpareCalls(plan.wiring(), 2 * threads + 2);
    this.open = new ForwardThreads(blocks, team, threads);
  }

  /** What its calls go through, where it is not closed. */
  ForwardThreads requireOpen(String operation) {
    ForwardThreads present = open;
    if (present == null) {
      throw MemoryErrors.closed(operation, "Predictor", "Sequential.predictor(options)");
    }
    return present;
  }

  /**
   * Predicts into a new tensor.
   *
   * @param x (batch, timesteps, features); (batch, features) also where no layer needs timesteps;
   *     (batch, timesteps) of ids for an {@link Embedding}. Any strides. Not modified
   * @return (batch, units) of the last layer, or (batch, timesteps, units) where the time axis
   *     stays
   * @throws IllegalArgumentException when the model does not take x's shape, an id is not in the
   *     vocabulary, or the model takes or gives several tensors, which have names: {@link
   *     #predict(Map)}
   * @throws IllegalStateException when x's arena is closed
   */
  public Tensor predict(Tensor x) {
    return predicted(x, null);
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
    return predicted(x, mask);
  }

  /**
   * Predicts into a tensor of the caller's. Allocates nothing once calls as large have been made.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param y what {@link #predict(Tensor)} returns the shape of; any strides. Overwritten; may be
   *     the very view x, but must not share memory with it otherwise
   * @throws IllegalArgumentException when the model does not take x's shape, gives another than
   *     y's, or y is read-only or overlaps x
   * @throws IllegalStateException when an arena is closed
   */
  public void predict(Tensor x, Tensor y) {
    predict(x, null, y, PREDICT, null);
  }

  /**
   * Predicts sequences of which some steps are padding into a tensor of the caller's. Allocates
   * nothing once calls as large have been made.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps)
   * @param y what {@link #predict(Tensor)} returns the shape of; any strides. Overwritten; may be
   *     the very view x, but must not share memory with it otherwise
   * @throws IllegalArgumentException as {@link #predict(Tensor, Mask)} and {@link #predict(Tensor,
   *     Tensor)} do
   * @throws IllegalStateException when an arena is closed
   */
  public void predict(Tensor x, Mask mask, Tensor y) {
    predict(x, mask, y, PREDICT, null);
  }

  /**
   * Predicts, and gives the states that the recurrent layers end in too: those after each
   * sequence's last real step, PyTorch's {@code h_n} and {@code c_n}.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @return the prediction and the states, from which a {@link Stream} can go on
   * @throws IllegalArgumentException when the model does not take x's shape
   * @throws IllegalStateException when x's arena is closed
   */
  public Prediction predictWithState(Tensor x) {
    return withState(x, null, null);
  }

  /**
   * Predicts padded sequences, and gives the states that the recurrent layers end in too.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps)
   * @return the prediction and the states
   * @throws IllegalArgumentException as {@link #predict(Tensor, Mask)} does
   * @throws IllegalStateException when x's arena is closed
   */
  public Prediction predictWithState(Tensor x, Mask mask) {
    return withState(x, mask, null);
  }

  /**
   * Predicts from a state rather than from 0: PyTorch's {@code h_0} and {@code c_0}, Keras's {@code
   * initial_state}. So a sequence may come in pieces, and a decoder begin where an encoder ended.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param from what each sequence begins from, as {@link Prediction#state} has it. Not modified
   * @return the prediction and the states after it
   * @throws IllegalArgumentException when the model does not take x's shape, or the states are not
   *     those of its layers for as many sequences
   * @throws IllegalStateException when an arena is closed
   */
  public Prediction predictWithState(Tensor x, StreamState from) {
    return withState(x, null, from);
  }

  /**
   * Predicts padded sequences from a state.
   *
   * @param x as for {@link #predict(Tensor)}. Not modified
   * @param mask (batch, timesteps). A sequence that is all padding ends in the state that it began
   *     from
   * @param from what each sequence begins from. Not modified
   * @return the prediction and the states after it
   * @throws IllegalArgumentException as {@link #predict(Tensor, Mask)} and {@link
   *     #predictWithState(Tensor, StreamState)} do
   * @throws IllegalStateException when an arena is closed
   */
  public Prediction predictWithState(Tensor x, Mask mask, StreamState from) {
    return withState(x, mask, from);
  }

  private Prediction withState(Tensor x, @Nullable Mask mask, @Nullable StreamState from) {
    requireOpen(WITH_STATE);
    plan.requireOwnStates(WITH_STATE);
    Tensor y = output(WITH_STATE, x);
    if (from != null) {
      from.check(WITH_STATE, plan.called(), x.dim(0));
    }
    Extras extras = Extras.states(plan.wiring(), x.dim(0), from == null ? null : from.held());
    predict(x, mask, y, WITH_STATE, extras);
    return new Prediction(y, StreamState.of(extras.state(), owner));
  }

  /**
   * Predicts by the names of inputs and outputs: a {@link Model} that takes or gives several
   * tensors.
   *
   * @param x a tensor for each input, of equally many samples. Not modified
   * @return a new tensor for each output, in the order of the model
   * @throws IllegalArgumentException when a name is not one of the inputs, an input has no tensor,
   *     or the model does not take a shape
   * @throws IllegalStateException when an arena is closed
   */
  public Map<String, Tensor> predict(Map<String, Tensor> x) {
    return predict(x, Map.of());
  }

  /**
   * Predicts by the names of inputs and outputs, where steps of some inputs are padding.
   *
   * @param x as for {@link #predict(Map)}. Not modified
   * @param masks (batch, timesteps) of each input that has padding
   * @return as for {@link #predict(Map)}
   * @throws IllegalArgumentException as {@link #predict(Map)} does, and when a mask has another
   *     batch or other timesteps than its input, or nothing would read it
   * @throws IllegalStateException when an arena is closed
   */
  public Map<String, Tensor> predict(Map<String, Tensor> x, Map<String, Mask> masks) {
    ForwardThreads threads = requireOpen(PREDICT);
    ForwardCall call = calls.take();
    try {
      NamedCall.inputs(PREDICT, plan, call, x, masks);
      Map<String, Tensor> y = NamedCall.newOutputs(plan, call);
      threads.run(call);
      return y;
    } finally {
      calls.giveBack(call);
    }
  }

  /**
   * Predicts by the names of inputs and outputs into tensors of the caller's.
   *
   * @param x as for {@link #predict(Map)}. Not modified
   * @param masks as for {@link #predict(Map, Map)}
   * @param y a tensor for each output, of the shape that {@link #predict(Map)} gives; any strides.
   *     Overwritten; may be the very view of an input, but must share no memory otherwise
   * @throws IllegalArgumentException as {@link #predict(Map, Map)} does, and when an output has no
   *     tensor, or one of another shape, or one that is read-only or overlaps another
   * @throws IllegalStateException when an arena is closed
   */
  public void predict(Map<String, Tensor> x, Map<String, Mask> masks, Map<String, Tensor> y) {
    ForwardThreads threads = requireOpen(PREDICT);
    ForwardCall call = calls.take();
    try {
      NamedCall.inputs(PREDICT, plan, call, x, masks);
      NamedCall.outputs(PREDICT, plan, call, y);
      threads.run(call);
    } finally {
      calls.giveBack(call);
    }
  }

  private Tensor predicted(Tensor x, @Nullable Mask mask) {
    requireOpen(PREDICT);
    Tensor y = output(PREDICT, x);
    predict(x, mask, y, PREDICT, null);
    return y;
  }

  /** A new tensor for what the model gives. */
  private Tensor output(String operation, Tensor x) {
    plan.requireSingle(operation);
    plan.inputs().check(x.shape());
    return Tensor.zeros(plan.steps().output(x.shape()).toArray());
  }

  /** Predicts, unless closed, where the model takes the input and gives such an output. */
  private void predict(
      Tensor x, @Nullable Mask mask, Tensor y, String operation, @Nullable Extras extras) {
    ForwardThreads threads = requireOpen(operation);
    ForwardCall call = calls.take();
    try {
      call.input(0, x, Mask.stepsOf(mask));
      call.output(0, y);
      call.extras(extras);
      check(call);
      threads.run(call);
    } finally {
      calls.giveBack(call);
    }
  }

  private void check(ForwardCall call) {
    plan.requireSingle(PREDICT);
    Tensor x = call.x(0);
    Tensor y = call.y(0);
    CallChecks.input(PREDICT, plan, call, 0);
    plan.steps().of(call.inputSteps, call.steps);
    if (!plan.steps().isOutput(0, x.shape(), x.dim(0), call.steps, y.shape())) {
      throw LstmErrors.outputShape(PREDICT, y.shape(), plan.steps().output(x.shape()));
    }
    Outputs.check(PREDICT, x, y);
  }

  /**
   * A stream of steps from the state 0, for sequences that arrive step by step.
   *
   * @param batch how many sequences run side by side, 1 or more
   * @return a new stream, with a state of its own
   * @throws IllegalArgumentException when batch is less than 1, or a layer goes backwards
   */
  public Stream stream(int batch) {
    return new Stream(requireOpen(STREAM).blocks().nodes(), plan, owner, batch);
  }

  /**
   * A stream of steps from the state 0 that may use several threads for a step: for large layers,
   * where one thread waits for the weights to come out of the cache. The others spin for some
   * microseconds after each step, then sleep.
   *
   * @param batch how many sequences run side by side, 1 or more
   * @param threads how many threads share a step, the calling one included; 0 for all cores. Steps
   *     too small to gain stay on the calling thread
   * @return a new stream, with a state of its own; with threads of its own too where this predictor
   *     has such
   * @throws IllegalArgumentException when batch is less than 1, threads is less than 0, or a layer
   *     goes backwards
   */
  public Stream stream(int batch, int threads) {
    ForwardBlocks blocks = requireOpen(STREAM).blocks();
    Stream stream = new Stream(blocks.nodes(), plan, owner, batch);
    int option = Settings.atLeast(STREAM, "threads", threads, 0);
    if (blocks.canShareSteps(1, batch)) {
      stream.share(ownThreads, Team.threads(option, ownThreads));
    }
    return stream;
  }

  /**
   * A state that was kept as bytes, by this process or another: {@link Stream#restore} and {@link
   * #predictWithState(Tensor, StreamState)} go on from it, to the bits that would have come without
   * a break. It is that of another model unless the {@link #fingerprint} and the format of the
   * weights, {@link PredictorOptions#weights}, are the same.
   *
   * @param bytes what {@link StreamState#toBytes} gave. Not modified
   * @return the state, in new tensors
   * @throws StreamStateException when the bytes are of another model, of another version, cut off
   *     or changed; nothing else is thrown for what they hold
   */
  public StreamState readState(byte[] bytes) {
    return StateBytes.read(bytes, owner);
  }

  /**
   * What tells the model from others, as it was when this predictor was made: two hashes, of its
   * layers and of its weights. As {@link Model#fingerprint}.
   *
   * @return for instance {@code 8f4e2a9c01b7d356-3d91c4e85a7f0b62}
   */
  public String fingerprint() {
    return owner.fingerprint().toString();
  }

  /**
   * The shape of the result for an input.
   *
   * @param input the shape of x
   * @return the shape of y
   * @throws IllegalArgumentException when the model does not take that shape
   */
  public Shape outputShape(Shape input) {
    plan.requireSingle("Predictor.outputShape");
    plan.inputs().check(input);
    return plan.steps().output(input);
  }

  /**
   * The off-heap memory of the weights, packed as the kernels read them.
   *
   * @return bytes, padding included
   */
  public long weightBytes() {
    return requireOpen("Predictor.weightBytes").blocks().weightBytes();
  }

  /**
   * The off-heap memory that one call works in, on all its threads, beside the weights, x and y. It
   * is kept for later calls as large. A call whose mask has padding takes up to {@code (batch +
   * 128) * features} floats more for each recurrent layer; calls at the same time take theirs each.
   *
   * @param batch samples, 1 or more
   * @param timesteps of x, 1 or more; 1 where the model takes none
   * @return bytes
   * @throws IllegalArgumentException when the model does not take that shape
   */
  public long workspaceBytes(int batch, int timesteps) {
    Settings.atLeast("Predictor.workspaceBytes", "batch", batch, 1);
    Settings.atLeast("Predictor.workspaceBytes", "timesteps", timesteps, 1);
    int[] steps = plan.inputs().stepsOf(batch, timesteps);
    return requireOpen("Predictor.workspaceBytes").workspaceBytes(steps, batch);
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
    long workPerStep = requireOpen("Predictor.warmUp").workPerStep();
    return WarmUpCalls.run(this, plan, workPerStep, limit);
  }

  /** The bytes of the workspaces that calls have left. */
  long idleBytes() {
    return requireOpen("Predictor.idleBytes").blocks().idleBytes();
  }

  /**
   * Lets go of the memory, which the collector then frees, and ends the threads of a predictor that
   * has its own. Calls under way come to their end; streams made before go on. Of {@link
   * Sequential#predictor()}, which is the model's, it does nothing. Need not be called: what is
   * unreachable is freed and ended as well. A second call does nothing.
   */
  @Override
  public void close() {
    ForwardThreads present = open;
    if (closeable && present != null) {
      open = null;
      if (ownThreads) {
        present.team().close();
      }
    }
  }
}

package dev.lanewise.lstm;

import dev.lanewise.kernels.Kernels;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a {@link WarmUp}, in turns, so that what is compiled has seen every branch. The
 * compilers drop a branch that was never taken, and a kernel compiled so is slow when it is.
 */
final class WarmUpCalls {
  /** Of the first calls, which the interpreter runs: few, so that they are over soon. */
  private static final int FIRST_STEPS = 2;

  private static final int STEPS = 8;

  /** So many that every tile of rows is among them, and weights are read in blocks. */
  private static final int LEAST_MANY = Sgemm.fewRows() + Sgemm.tileRows() - 1;

  private static final int MANY = 67;

  /** The multiply-adds, and the bytes, that many rows may take: some ten milliseconds. */
  private static final long MOST_WORK = 1L << 28;

  private static final long MOST_BYTES = 1L << 26;

  /** Each call in its turn runs so long, once at least. */
  private static final long TURN_NANOS = 2_000_000;

  /** Times have settled when they have not fallen for so long and so many rounds. */
  private static final long SETTLED_NANOS = 400_000_000;

  private static final int SETTLED_ROUNDS = 5;

  /**
   * How far the times of a round have fallen below the best before, on the mean, where something
   * was compiled. By half in one of fifty calls, and more than noise does.
   */
  private static final double FALLEN = 0.01;

  private static final long NONE = -1;

  private final Predictor predictor;
  private final Plan plan;
  private final SplitMix64 random = SplitMix64.stream(1, 0);
  private final List<Runnable> calls = new ArrayList<>();
  private final int first;
  private long start;
  private long most;
  private long made;

  private WarmUpCalls(Predictor predictor, Plan plan, long workPerStep) {
    this.predictor = predictor;
    this.plan = plan;
    for (int rows = 1; rows < Sgemm.tileRows(); rows++) {
      add(rows, FIRST_STEPS);
    }
    add(2 * Sgemm.tileRows() - 1, FIRST_STEPS); // a whole tile, and what is left
    add(LEAST_MANY, FIRST_STEPS);
    first = calls.size();
    add(1, STEPS);
    add(many(WarmUpSteps.of(plan, STEPS), workPerStep), STEPS);
  }

  private int many(int[] steps, long workPerStep) {
    int longest = Arrays.stream(steps).max().orElse(1);
    long rowWork = Math.max(1, longest * workPerStep);
    int rows = Math.clamp(MOST_WORK / rowWork, LEAST_MANY, MANY);
    long bytes = predictor.requireOpen("Predictor.warmUp").workspaceBytes(steps, rows);
    return bytes > MOST_BYTES ? LEAST_MANY : rows;
  }

  /** Calls of so many rows, of so many steps or as many as the model needs. */
  private void add(int rows, int wanted) {
    int[] steps = WarmUpSteps.of(plan, wanted);
    Map<String, Tensor> x = new LinkedHashMap<>();
    Map<String, Mask> masks = new LinkedHashMap<>();
    ForwardCall call = new ForwardCall(plan.wiring());
    for (int port = 0; port < steps.length; port++) {
      String name = plan.inputNames().get(port);
      Tensor tensor = input(plan.ids(port), plan.inputs().shape(port, rows, steps[port]));
      x.put(name, tensor);
      call.input(port, tensor, null);
      if (steps[port] > 1 && plan.masks().reaches(port)) {
        masks.put(name, lengths(rows, steps[port]));
      }
    }
    plan.steps().of(steps, call.steps);
    Map<String, Tensor> y = NamedCall.newOutputs(plan, call);
    if (plan.isSingle()) {
      addSingle(call.x(0), masks.get(plan.inputNames().getFirst()), call.y(0));
    } else {
      calls.add(() -> predictor.predict(x, Map.of(), y));
      calls.add(() -> predictor.predict(x, masks, y));
    }
    boolean own = plan.handsOn() == null;
    if (plan.isSingle() && own && plan.called().stream().allMatch(Layer::streams)) {
      addStream(rows);
    }
  }

  private void addSingle(Tensor x, @Nullable Mask mask, Tensor y) {
    calls.add(() -> predictor.predict(x, y));
    if (mask != null) {
      calls.add(() -> predictor.predict(x, mask, y));
    }
  }

  private static Mask lengths(int rows, int steps) {
    int[] lengths = new int[rows];
    for (int row = 0; row < rows; row++) {
      lengths[row] = 1 + row % steps;
    }
    return Mask.ofLengthsAtEnd(steps, lengths);
  }

  private void addStream(int rows) {
    Stream stream = predictor.stream(rows);
    Tensor x = input(plan.ids(), Shape.of(rows, plan.features()));
    Tensor y = Tensor.zeros(rows, plan.outputFeatures());
    calls.add(() -> stream.step(x, y));
    if (!plan.takesIds()) {
      MemorySegment heapX = MemorySegment.ofArray(x.toArray());
      MemorySegment heapY = MemorySegment.ofArray(y.toArray());
      calls.add(() -> stream.step(heapX, 0, heapY, 0));
    }
  }

  /** Ids, or numbers between -1 and 1. */
  private Tensor input(@Nullable Layer ids, Shape shape) {
    float[] values =
        new float[Sizes.length("Predictor.warmUp", "numbers of an input", shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          ids == null ? (float) (2 * random.nextDouble() - 1) : random.nextInt(ids.vocabulary());
    }
    return Tensor.of(values, shape.toArray());
  }

  static WarmUp run(Predictor predictor, Plan plan, long workPerStep, Duration limit) {
    if (limit.isNegative()) {
      throw LstmErrors.warmUpLimit(limit);
    }
    return new WarmUpCalls(predictor, plan, workPerStep).run(limit);
  }

  /** The first calls until their times have settled, then all. */
  private WarmUp run(Duration limit) {
    start = System.nanoTime();
    most = limit.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : limit.toNanos();
    boolean settled = settle(first) && settle(calls.size());
    return new WarmUp(Duration.ofNanos(System.nanoTime() - start), made, settled);
  }

  /** Whether the times of so many calls have settled before the limit. */
  private boolean settle(int count) {
    long[] best = new long[count];
    Arrays.fill(best, Long.MAX_VALUE);
    long fallen = System.nanoTime();
    int stale = 0;
    while (stale < SETTLED_ROUNDS
        || System.nanoTime() - fallen < SETTLED_NANOS
        || !Kernels.areSettled()) {
      double fall = 0;
      for (int i = 0; i < count; i++) {
        long fastest = turn(calls.get(i));
        if (fastest == NONE) {
          return false;
        }
        fall += Math.max(0, 1 - (double) fastest / best[i]);
        best[i] = Math.min(best[i], fastest);
        LockSupport.parkNanos(TURN_NANOS); // the compilers may have no other processor
      }
      stale++;
      if (fall > FALLEN * count) {
        stale = 0;
        fallen = System.nanoTime();
      }
    }
    return true;
  }

  /** Nanoseconds of the fastest call in a turn; {@link #NONE} at the limit. */
  private long turn(Runnable call) {
    long begun = System.nanoTime();
    long last = begun;
    long fastest = Long.MAX_VALUE;
    do {
      if (last - start >= most) {
        return NONE;
      }
      call.run();
      made++;
      long now = System.nanoTime();
      fastest = Math.min(fastest, now - last);
      last = now;
    } while (last - begun < TURN_NANOS);
    return fastest;
  }
}

package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Scale;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SampleView;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.memory.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One update of a model: forward, loss, backward, gradients, optimiser, packing, in memory planned
 * once for the largest batch. Nothing is allocated in a step, and no sum depends on the number of
 * threads.
 */
public final class TrainingStep {
  private final int parts;
  private final ModelWeights weights;
  private final OptimizerState optimizer;
  private final TrainingInput[] inputs;
  private final TrainingLayer[] layers;
  private final LayerPhases phases;
  private final CarriedState[] carried;
  private final TrainingBlock[] ends; // of the same states
  private final TrainingBlock[] tops; // one a goal
  private final MemorySegment[] targets; // (output steps, batch, width)
  private final LossPass[] losses;
  private final double[] lossWeights;
  private final GradientClip clip;
  private final MemorySegment gradients; // as the trainable weights
  private final SharedGradients shared;
  private final Penalties penalties;
  private final Workers.Task rowsTask = this::runRows;
  private final Workers.Task combineTask = this::runCombine;
  private final Workers.Task forwardTask = this::runForward;
  private final Workers.Task combineGradientsTask = this::runCombineGradients;
  private final Workers.Task backwardTask = this::runBackward;
  private final Workers.Task gradientsTask = this::runGradients;
  private final Workers.Task sharedTask = this::runShared;
  private final Workers.Task penaltyTask = this::runPenalties;
  private final Workers.Task updateTask = this::runUpdate;
  private final Workers.Task packTask = this::runPacks;

  private Workers workers = Workers.ALONE; // lent for a batch
  private final SampleView[] inputSources;
  private final @Nullable LiveSteps[] maskSources;
  private final SampleView[] targetSources;
  private double @Nullable [] sampleWeights;
  private final double[] rowWeights; // of the batch
  private int[] order = {};
  private int firstSample;
  private int firstStep; // of the part of time that is run
  private int batch;
  private final long[] counted; // by goal: steps of the batch's output that are no padding
  private long batches;
  private boolean gathered;
  private @Nullable MemorySegment accumulated; // sums of samples times gradients
  private int accumulatedSamples;
  private int phase; // that runs; 0 where there is but one

  /**
   * Plans for batches of at most {@code batch} samples as long as those of {@code feed}, on at most
   * {@code parts} threads.
   */
  public TrainingStep(
      TrainedGraph trained,
      TrainingFeed feed,
      ModelWeights weights,
      OptimizerState optimizer,
      int batch,
      long seed,
      int parts) {
    this.parts = parts;
    this.weights = weights;
    this.optimizer = optimizer;
    this.gradients = Blocks.allocate(Arena.ofAuto(), weights.trainableElements());
    this.shared = new SharedGradients(weights, gradients);
    this.penalties = Penalties.of(weights, trained.wiring().calls());
    TrainingGraph graph = new TrainingGraph(trained, feed, weights, shared, batch, parts, seed);
    this.inputs = graph.inputs();
    this.layers = graph.layers();
    this.tops = graph.tops();
    this.carried = graph.carried().keySet().toArray(CarriedState[]::new);
    this.ends = graph.carried().values().toArray(TrainingBlock[]::new);
    this.phases = new LayerPhases(layers, graph.sums());
    int goals = tops.length;
    this.targets = new MemorySegment[goals];
    this.losses = new LossPass[goals];
    this.lossWeights = new double[goals];
    for (int i = 0; i < goals; i++) {
      Objective objective = trained.objectives().get(i);
      TrainingBlock top = tops[i];
      long wanted = (long) top.steps() * batch * objective.targets();
      targets[i] = Blocks.allocate(Arena.ofAuto(), wanted);
      losses[i] = new LossPass(objective, batch, top.width(), parts);
      lossWeights[i] = objective.weight();
    }
    this.counted = new long[goals];
    this.inputSources = new SampleView[inputs.length];
    this.maskSources = new @Nullable LiveSteps[inputs.length];
    this.targetSources = new SampleView[goals];
    this.rowWeights = new double[batch];
    release();
    this.clip = new GradientClip(gradients, weights);
  }

  /**
   * Begins, as if just made, on the weights as they are now; the memory stays.
   *
   * @param first how many batches came before
   */
  public void begin(long first) {
    batches = first;
    accumulatedSamples = 0;
    if (accumulated != null) {
      Blocks.clear(accumulated, 0, weights.trainableElements());
    }
    runParts(packTask);
  }

  /** Lends it threads until it is given others; null leaves it to the caller's own. */
  public void team(@Nullable Workers lent) {
    workers = lent == null ? Workers.ALONE : lent;
  }

  /** Each part once, on the threads that there are: what a part is does not depend on them. */
  private void runParts(Workers.Task task) {
    if (workers.threads() >= parts) {
      workers.run(parts, task);
      return;
    }
    for (int part = 0; part < parts; part++) {
      task.run(part, parts);
    }
  }

  /** Lets go of the caller's data. */
  public void release() {
    order = new int[0];
    Arrays.setAll(inputSources, _ -> new SampleView());
    Arrays.fill(maskSources, null);
    Arrays.setAll(targetSources, _ -> new SampleView());
    sampleWeights = null;
  }

  /** Where samples come from, until the next call. */
  public void source(TrainingFeed feed) {
    for (int port = 0; port < inputSources.length; port++) {
      TrainingFeed.Source source = feed.inputs().get(port);
      inputSources[port] = source.view();
      maskSources[port] = source.mask();
    }
    for (int i = 0; i < targetSources.length; i++) {
      targetSources[i] = feed.targets().get(i);
    }
    sampleWeights = feed.weights();
  }

  /**
   * Which steps the next run reads.
   *
   * @param first the first of them
   * @param goesOn whether its states begin where those of the run before ended, row by row; else
   *     from 0, or from what they are handed
   */
  public void part(int first, boolean goesOn) {
    firstStep = first;
    for (SampleView source : inputSources) {
      source.begin(first);
    }
    for (SampleView source : targetSources) {
      source.begin(first);
    }
    for (int i = 0; i < carried.length; i++) {
      if (goesOn) {
        carried[i].take(ends[i], batch);
      } else {
        carried[i].clear();
      }
    }
  }

  /** Whether no step of the batch last run counts for a loss: all of it is padding. */
  public boolean countsNothing() {
    for (long count : counted) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs forward and backward on the samples {@code order[first]} to before {@code order[first +
   * count]}. The weights are as before; {@link #update} changes them.
   *
   * @return the loss, with what the weights add to it
   */
  public double run(int[] samples, int first, int count) {
    order = samples;
    firstSample = first;
    batch = count;
    beginBatch();
    gathered = !isAccessibleBy(workers.other());
    if (gathered) { // confined to this thread
      gather(0, count);
    }
    int shares = workers.threads() == 1 ? 1 : Math.min(parts, count);
    if (phases.count() == 1 && !anyMask()) {
      count();
      workers.run(shares, rowsTask);
    } else { // the gradient of an element depends on how many count in all
      runPhases(shares);
    }
    double sum = penalties.loss();
    for (int i = 0; i < losses.length; i++) {
      sum += lossWeights[i] * loss(i);
    }
    return sum;
  }

  private void runPhases(int shares) {
    for (phase = 0; phase < phases.count(); phase++) {
      if (phase > 0) {
        runParts(combineTask);
      }
      workers.run(shares, forwardTask);
    }
    count();
    for (phase = phases.count() - 1; phase >= 0; phase--) {
      if (phase < phases.count() - 1) {
        runParts(combineGradientsTask);
      }
      workers.run(shares, backwardTask);
    }
    phase = 0;
  }

  private boolean isAccessibleBy(Thread other) {
    boolean all = true;
    for (SampleView source : inputSources) {
      all &= source.isAccessibleBy(other);
    }
    for (SampleView source : targetSources) {
      all &= source.isAccessibleBy(other);
    }
    return all;
  }

  private boolean anyMask() {
    for (TrainingBlock top : tops) {
      if (top.mask() != null) {
        return true;
      }
    }
    return false;
  }

  private void count() {
    for (int i = 0; i < tops.length; i++) {
      counted[i] = LossPass.count(tops[i].steps(), batch, tops[i].mask());
    }
  }

  private void beginBatch() {
    for (TrainingInput input : inputs) {
      StepMask padding = input.mask();
      if (padding != null) {
        padding.begin(input.steps(), batch);
      }
    }
    for (TrainingLayer layer : layers) {
      layer.begin(batches, batch);
    }
    batches++;
  }

  /** A goal's loss of the batch last run. */
  public double loss(int goal) {
    return losses[goal].loss(batch, counted[goal]);
  }

  /** Whether a goal's loss is one's own, and its gradient in the batch last run NaN or infinite. */
  public boolean isSteep(int goal) {
    return losses[goal].isSteep(batch);
  }

  /** The sum of a goal's metric over the steps of the batch last run that are no padding. */
  public double measured(int goal, int metric) {
    return losses[goal].measures().sum(metric, batch);
  }

  /** How many steps of a goal's output in the batch last run are no padding. */
  public long counted(int goal) {
    return counted[goal];
  }

  /** Lets metrics that count begin anew. */
  public void clearCounts() {
    for (LossPass each : losses) {
      each.measures().clearCounts();
    }
  }

  /** What comes of a goal's metric, of its mean over all batches or of what it counted. */
  public double result(int goal, int metric, double mean) {
    return losses[goal].measures().result(metric, mean);
  }

  /**
   * Computes the gradients of the batch last run, and changes the weights unless a gradient is NaN
   * or infinite.
   *
   * @param learningRate the factor of the update
   * @param clipping what the gradients are held to before
   * @return whether the weights were changed
   */
  public boolean update(double learningRate, Clipping clipping) {
    computeGradients();
    mix();
    if (!penalties.isEmpty()) {
      runParts(penaltyTask);
    }
    if (!clip.apply(workers, clipping)) {
      return false;
    }
    optimizer.begin(learningRate);
    weights.revision().next();
    phases.accepted();
    runParts(updateTask);
    runParts(packTask);
    return true;
  }

  private void computeGradients() {
    runParts(gradientsTask);
    if (!shared.isEmpty()) {
      runParts(sharedTask);
    }
  }

  /**
   * Computes the gradients of the batch last run, and keeps them for the next {@link #update},
   * which is then by the mean of all batches, each counted by its samples. Averages of batches,
   * which are not trained, move by each.
   */
  public void accumulate() {
    computeGradients();
    MemorySegment sum = accumulated;
    if (sum == null) {
      sum = Blocks.allocate(Arena.ofAuto(), weights.trainableElements());
      accumulated = sum;
    }
    AddScaled.apply(weights.trainableElements(), batch, gradients, 0, sum, 0);
    accumulatedSamples += batch;
    if (phases.count() > 1) {
      weights.revision().next();
      phases.accepted();
    }
  }

  /** The mean of the gradients of this batch and of those before that were accumulated. */
  private void mix() {
    MemorySegment sum = accumulated;
    if (sum == null || accumulatedSamples == 0) {
      return;
    }
    long elements = weights.trainableElements();
    AddScaled.apply(elements, batch, gradients, 0, sum, 0);
    float mean = 1f / (accumulatedSamples + batch);
    Scale.apply(elements, mean, sum, 0, gradients, 0);
    Blocks.clear(sum, 0, elements);
    accumulatedSamples = 0;
  }

  /** The first call whose output holds NaN or infinity in the batch last run; or -1. */
  public int firstNotFinite() {
    for (int i = 0; i < layers.length; i++) {
      TrainingLayer layer = layers[i];
      long from = layer.valuesOffset(batch);
      long count = (long) layer.steps() * batch * layer.width();
      for (long at = from; at < from + count; at++) {
        if (!Float.isFinite(layer.values().getAtIndex(JAVA_FLOAT, at))) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The first weight whose gradient holds NaN or infinity; null where none does. */
  public @Nullable StoredWeight firstGradientNotFinite() {
    for (StoredWeight weight : weights.all()) {
      long end = weight.offset() + weight.shape().size();
      for (long at = weight.offset(); weight.trainable() && at < end; at++) {
        if (!Float.isFinite(gradients.getAtIndex(JAVA_FLOAT, at))) {
          return weight;
        }
      }
    }
    return null;
  }

  /** The first weight whose regularizer gives NaN or infinity; null where none does. */
  public @Nullable StoredWeight firstPenaltyNotFinite() {
    return penalties.firstNotFinite();
  }

  /** The norm of all gradients of the last update, before it was clipped; NaN before the first. */
  public double norm() {
    return clip.norm();
  }

  private void gather(int from, int to) {
    for (int row = from; row < to; row++) {
      int sample = order[firstSample + row];
      for (int port = 0; port < inputs.length; port++) {
        inputSources[port].read(sample, inputs[port].values(), row, batch);
        LiveSteps mask = maskSources[port];
        StepMask padding = inputs[port].mask();
        if (mask != null && padding != null) {
          mask.read(sample, firstStep, inputs[port].steps(), padding, row);
        }
      }
      rowWeights[row] = sampleWeights == null ? 1 : sampleWeights[sample];
      for (int i = 0; i < targets.length; i++) {
        targetSources[i].read(sample, targets[i], row, batch);
      }
    }
  }

  private int first(int part, int of) {
    return (int) ((long) batch * part / of);
  }

  private void runRows(int part, int of) {
    runForward(part, of);
    runBackward(part, of);
  }

  private void runCombine(int part, int of) {
    phases.combine(phase, batch, part, of);
  }

  private void runCombineGradients(int part, int of) {
    phases.combineGradients(phase, batch, part, of);
  }

  private void runForward(int part, int of) {
    int first = first(part, of);
    int rows = first(part + 1, of) - first;
    if (phase == 0 && !gathered) {
      gather(first, first + rows);
    }
    phases.forward(phase, batch, first, rows, part);
  }

  private void runBackward(int part, int of) {
    int first = first(part, of);
    int rows = first(part + 1, of) - first;
    for (int i = 0; i < tops.length && phase == phases.count() - 1; i++) {
      runLoss(i, part, first, rows);
    }
    phases.backward(phase, batch, first, rows, part);
  }

  private void runLoss(int goal, int part, int first, int rows) {
    TrainingBlock top = tops[goal];
    losses[goal].apply(
        part,
        top.steps(),
        batch,
        top.width(),
        first,
        rows,
        counted[goal],
        top.values(),
        top.valuesOffset(batch),
        targets[goal],
        sampleWeights == null ? null : rowWeights,
        top.gradient(),
        top.mask());
  }

  private void runGradients(int part, int of) {
    for (TrainingLayer layer : layers) {
      layer.weightGradients(batch, part, of);
    }
  }

  private void runShared(int part, int of) {
    shared.add(part, of);
  }

  private void runPenalties(int part, int of) {
    penalties.add(gradients, part, of);
  }

  private void runUpdate(int part, int of) {
    long lines = weights.trainableElements() / Blocks.align(1);
    long from = lines * part / of * Blocks.align(1);
    long to = lines * (part + 1) / of * Blocks.align(1);
    optimizer.update(from, to - from, gradients, weights.memory());
  }

  private void runPacks(int part, int of) {
    int index = 0;
    for (TrainingLayer layer : layers) {
      for (int pack = 0; pack < layer.packs(); pack++) {
        if (index++ % of == part) {
          layer.pack(pack);
        }
      }
    }
  }

  /** The gradients of the last update; for tests. */
  public MemorySegment gradients() {
    return gradients;
  }
}

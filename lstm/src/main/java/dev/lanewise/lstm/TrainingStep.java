package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One update of a model: forward, loss, backward, gradients, optimiser, packing, in memory planned
 * once for the largest batch. Nothing is allocated in a step, and no sum depends on the number of
 * threads.
 */
final class TrainingStep {
  private final int parts;
  private final ModelWeights weights;
  private final OptimizerState optimizer;
  private final TrainingInput input;
  private final TrainingLayer[] layers;
  private final TrainingLayer top;
  private final MemorySegment targets; // (output steps, batch, width)
  private final LossPass loss;
  private final GradientNorm norm;
  private final MemorySegment gradients; // as the trainable weights
  private final Workers.Task rowsTask = this::runRows;
  private final Workers.Task forwardTask = this::runForward;
  private final Workers.Task backwardTask = this::runBackward;
  private final Workers.Task gradientsTask = this::runGradients;
  private final Workers.Task updateTask = this::runUpdate;
  private final Workers.Task packTask = this::runPacks;

  private Workers workers = Workers.ALONE; // lent for a batch
  private SampleView inputSource = new SampleView();
  private @Nullable Mask maskSource;
  private SampleView targetSource = new SampleView();
  private int[] order = {};
  private int firstSample;
  private int batch;
  private long counted; // steps of the batch's output that are no padding
  private long batches;
  private boolean gathered;

  /**
   * Plans for batches of at most {@code batch} samples as long as those of {@code data}, on at most
   * {@code parts} threads.
   */
  TrainingStep(
      TrainingData data,
      Compilation compilation,
      ModelWeights weights,
      OptimizerState optimizer,
      int batch,
      long seed,
      int parts) {
    LayerShapes shapes = data.shapes();
    List<Layer> model = compilation.trained(shapes.layers());
    this.parts = parts;
    this.weights = weights;
    this.optimizer = optimizer;
    this.input =
        TrainingInput.allocate(data.steps(), batch, shapes.features(), data.mask() != null);
    this.gradients = Blocks.allocate(Arena.ofAuto(), weights.trainableElements());
    this.layers = new TrainingLayer[model.size()];
    TrainingBlock below = input;
    for (int i = 0; i < layers.length; i++) {
      long own = SplitMix64.stream(seed, i).nextLong();
      TrainingPlace place =
          new TrainingPlace(weights.layer(i), gradients, below, batch, parts, own);
      layers[i] = model.get(i).training(place);
      below = layers[i];
    }
    this.top = layers[layers.length - 1];
    long outputs = (long) top.steps() * batch * top.width();
    this.targets = Blocks.allocate(Arena.ofAuto(), outputs);
    RowLoss rows = compilation.trainedLoss(shapes.layers());
    this.loss = new LossPass(compilation, rows, batch, top.width(), parts);
    this.norm = new GradientNorm(gradients, weights.trainableElements());
  }

  /** Begins, as if just made, on the weights as they are now; the memory stays. */
  void begin() {
    batches = 0;
    runParts(packTask);
  }

  /** Lends it threads until it is given others; null leaves it to the caller's own. */
  void team(@Nullable Workers lent) {
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
  void release() {
    order = new int[0];
    inputSource = new SampleView();
    maskSource = null;
    targetSource = new SampleView();
  }

  /** Where samples come from, until the next call. */
  void source(TrainingData data) {
    inputSource = data.inputs();
    maskSource = data.mask();
    targetSource = data.targets();
  }

  /**
   * Runs forward and backward on the samples {@code order[first]} to before {@code order[first +
   * count]}. The weights are as before; {@link #update} changes them.
   *
   * @return the loss
   */
  double run(int[] samples, int first, int count) {
    order = samples;
    firstSample = first;
    batch = count;
    beginBatch();
    Thread other = workers.other();
    gathered = !inputSource.isAccessibleBy(other) || !targetSource.isAccessibleBy(other);
    if (gathered) { // confined to this thread
      gather(0, count);
    }
    int shares = Math.min(parts, count);
    if (top.mask() == null) {
      counted = LossPass.count(top.steps(), count, null);
      workers.run(shares, rowsTask);
    } else { // the gradient of an element depends on how many count in all
      workers.run(shares, forwardTask);
      counted = LossPass.count(top.steps(), count, top.mask());
      workers.run(shares, backwardTask);
    }
    return loss.loss(count, counted, top.width());
  }

  private void beginBatch() {
    StepMask padding = input.mask();
    if (padding != null) {
      padding.begin(input.steps(), batch);
    }
    for (TrainingLayer layer : layers) {
      layer.begin(batches, batch);
    }
    batches++;
  }

  /** A metric of the batch last run. */
  double metric(int index) {
    return loss.metric(index, batch, counted);
  }

  /**
   * Computes the gradients of the batch last run, and changes the weights unless a gradient is NaN
   * or infinite.
   *
   * @return whether the weights were changed
   */
  boolean update() {
    runParts(gradientsTask);
    if (!norm.measureAndClip(workers, optimizer.optimizer().globalClipNorm())) {
      return false;
    }
    optimizer.begin();
    weights.revision().next();
    runParts(updateTask);
    runParts(packTask);
    return true;
  }

  private void gather(int from, int to) {
    for (int row = from; row < to; row++) {
      int sample = order[firstSample + row];
      inputSource.read(sample, input.values(), row, batch);
      Mask mask = maskSource;
      StepMask padding = input.mask();
      if (mask != null && padding != null) {
        mask.read(sample, padding, row);
      }
      targetSource.read(sample, targets, row, batch);
    }
  }

  private int first(int part, int of) {
    return (int) ((long) batch * part / of);
  }

  private void runRows(int part, int of) {
    runForward(part, of);
    runBackward(part, of);
  }

  private void runForward(int part, int of) {
    int first = first(part, of);
    int rows = first(part + 1, of) - first;
    if (!gathered) {
      gather(first, first + rows);
    }
    for (TrainingLayer layer : layers) {
      layer.forward(batch, first, rows, part);
    }
  }

  private void runBackward(int part, int of) {
    int first = first(part, of);
    int rows = first(part + 1, of) - first;
    loss.apply(
        part,
        top.steps(),
        batch,
        top.width(),
        first,
        rows,
        counted,
        top.values(),
        top.valuesOffset(batch),
        targets,
        top.gradient(),
        top.mask());
    for (int i = layers.length - 1; i >= 0 && layers[i].wantsGradient(); i--) {
      layers[i].backward(batch, first, rows, part);
    }
  }

  private void runGradients(int part, int of) {
    for (TrainingLayer layer : layers) {
      layer.weightGradients(batch, part, of);
    }
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

  /**
   * About the multiply-adds that a sample costs, forward and backward: a weight's are one a step.
   */
  static long work(LayerShapes shapes, int steps) {
    long work = 0;
    int left = steps;
    for (int layer = 0; layer < shapes.layers().size(); layer++) {
      for (WeightSpec weight : shapes.layers().get(layer).weights(shapes.before(layer))) {
        work += weight.suffix().equals(WeightSpec.EMBEDDINGS) ? 0 : left * weight.shape().size();
      }
      left = shapes.stepsAfter(layer, left);
    }
    return 3 * work;
  }

  /** The gradients of the last update; for tests. */
  MemorySegment gradients() {
    return gradients;
  }
}

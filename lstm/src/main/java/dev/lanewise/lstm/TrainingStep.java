package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One update of a model: forward, loss, backward, gradients, optimiser, packing, in memory planned
 * once for the largest batch. Nothing is allocated in a step, and no sum depends on the number of
 * threads.
 */
final class TrainingStep {
  private final Workers workers;
  private final int parts;
  private final ModelWeights weights;
  private final OptimizerState optimizer;
  private final TrainingInput input;
  private final TrainingLayer[] layers;
  private final TrainingLayer top;
  private final MemorySegment targets; // (output steps, batch, width)
  private final double[] squares; // a sample's sum of squared errors
  private final GradientNorm norm;
  private final MemorySegment gradients; // as the trainable weights
  private final Workers.Task rowsTask = this::runRows;
  private final Workers.Task gradientsTask = this::runGradients;
  private final Workers.Task updateTask = this::runUpdate;
  private final Workers.Task packTask = this::runPacks;

  private SampleView inputSource = new SampleView();
  private SampleView targetSource = new SampleView();
  private int[] order = {};
  private int firstSample;
  private int batch;
  private boolean gathered;

  /** Plans for batches of at most {@code batch} samples. */
  TrainingStep(
      List<Layer> model,
      ModelWeights weights,
      OptimizerState optimizer,
      TrainingInput input,
      int batch,
      Workers workers) {
    this.workers = workers;
    this.parts = workers.threads();
    this.weights = weights;
    this.optimizer = optimizer;
    this.input = input;
    this.gradients = Blocks.allocate(Arena.ofAuto(), weights.trainableElements());
    this.layers = new TrainingLayer[model.size()];
    TrainingBlock below = input;
    for (int i = 0; i < layers.length; i++) {
      layers[i] = layer(model.get(i), weights.layer(i), below, batch);
      below = layers[i];
    }
    this.top = layers[layers.length - 1];
    long outputs = Math.multiplyExact((long) top.steps() * batch, top.width());
    this.targets = Blocks.allocate(Arena.ofAuto(), outputs);
    this.squares = new double[batch];
    this.norm = new GradientNorm(gradients, weights.trainableElements(), workers);
    workers.run(parts, packTask);
  }

  private TrainingLayer layer(Layer layer, LayerWeights own, TrainingBlock below, int size) {
    return switch (layer) {
      case Dense dense -> new DenseTraining(dense, own, gradients, below, size, parts);
      case Lstm lstm -> new LstmTraining(lstm, own, gradients, below, size, parts);
      case Normalization fixed -> new NormalizationTraining(fixed, own, below, size);
    };
  }

  /** Where samples come from, until the next call. */
  void source(SampleView inputs, SampleView wanted) {
    inputSource = inputs;
    targetSource = wanted;
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
    Thread other = workers.other();
    gathered = !inputSource.isAccessibleBy(other) || !targetSource.isAccessibleBy(other);
    if (gathered) { // confined to this thread
      gather(0, count);
    }
    workers.run(Math.min(parts, count), rowsTask);
    double sum = 0;
    for (int row = 0; row < count; row++) {
      sum += squares[row];
    }
    return sum / ((double) top.steps() * count * top.width());
  }

  /**
   * Computes the gradients of the batch last run, and changes the weights unless a gradient is NaN
   * or infinite.
   *
   * @return whether the weights were changed
   */
  boolean update() {
    workers.run(parts, gradientsTask);
    if (!norm.measureAndClip(optimizer.optimizer().globalClipNorm())) {
      return false;
    }
    optimizer.begin();
    workers.run(parts, updateTask);
    workers.run(parts, packTask);
    return true;
  }

  private void gather(int from, int to) {
    for (int row = from; row < to; row++) {
      int sample = order[firstSample + row];
      inputSource.read(sample, input.values(), row, batch);
      targetSource.read(sample, targets, row, batch);
    }
  }

  private void runRows(int part, int of) {
    int first = (int) ((long) batch * part / of);
    int rows = (int) ((long) batch * (part + 1) / of) - first;
    if (!gathered) {
      gather(first, first + rows);
    }
    for (TrainingLayer layer : layers) {
      layer.forward(batch, first, rows);
    }
    MeanSquaredError.apply(
        top.steps(),
        batch,
        top.width(),
        first,
        rows,
        top.values(),
        top.valuesOffset(batch),
        targets,
        top.gradient(),
        squares);
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

  /** The multiply-adds that a sample costs, forward and backward. */
  static long work(List<Layer> model, int features, int steps) {
    long work = 0;
    int width = features;
    for (Layer layer : model) {
      int next = LayerShapes.outputFeatures(layer, width);
      work += layer instanceof Lstm ? 4L * (width + next) * next : (long) width * next;
      width = next;
    }
    return 3 * work * steps;
  }

  /** The gradients of the last update; for tests. */
  MemorySegment gradients() {
    return gradients;
  }
}

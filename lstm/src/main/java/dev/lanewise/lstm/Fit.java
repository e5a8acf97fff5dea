package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Sequential#fit}: epochs of batches. */
final class Fit {
  private static final String OPERATION = "Sequential.fit";

  /** Multiply-adds of a batch that a thread must get for sharing it out to pay. */
  private static final long WORK_PER_THREAD = 1L << 19;

  private final LayerShapes shapes;
  private final ModelWeights weights;
  private final Compilation compilation;
  private final OptimizerState optimizer;
  private final KeptStep kept;
  private final Scoring scoring;
  private final FitOptions options;

  Fit(
      LayerShapes shapes,
      ModelWeights weights,
      Compilation compilation,
      OptimizerState optimizer,
      KeptStep kept,
      Scoring scoring,
      FitOptions options) {
    this.shapes = shapes;
    this.weights = weights;
    this.compilation = compilation;
    this.optimizer = optimizer;
    this.kept = kept;
    this.scoring = scoring;
    this.options = options;
  }

  History run(Tensor x, @Nullable Mask mask, Tensor y) {
    TrainingData all = data(OPERATION, x, mask, y);
    int samples = trainingSamples(all.samples());
    if (samples == 0) {
      throw TrainingErrors.noSamples(x.shape(), options.validationSplit());
    }
    TrainingData validation = validation(all, samples);
    TrainingData training = all.slice(0, samples);
    int batch = Math.min(options.batchSize(), samples);
    long work = Sizes.work(batch, TrainingStep.work(shapes, all.steps()), 1);
    long useful = Math.clamp(work / WORK_PER_THREAD, 1, batch);
    int most = Team.threads(options.threads(), options.ownThreads());
    int threads = (int) Math.min(most, useful);
    Team team = options.ownThreads() ? new Team() : Team.shared();
    try {
      return run(training, validation, batch, new Help(team, threads));
    } finally {
      if (options.ownThreads()) {
        team.close();
      }
    }
  }

  /** Whom a batch borrows threads from, and how many it is planned for. */
  private record Help(Team team, int threads) {}

  private History run(
      TrainingData training, @Nullable TrainingData validation, int batch, Help help) {
    TrainingStep step = step(training, batch, help.threads);
    step.source(training);
    History history = epochs(step, training.samples(), validation, help);
    kept.keep(step, training, batch, options.seed(), help.threads);
    return history;
  }

  private TrainingStep step(TrainingData training, int batch, int threads) {
    long seed = options.seed();
    TrainingStep found = kept.take(training, batch, seed, threads);
    return found != null
        ? found
        : new TrainingStep(training, compilation, weights, optimizer, batch, seed, threads);
  }

  private TrainingData data(String operation, Tensor x, @Nullable Mask mask, Tensor y) {
    TrainingData data = TrainingData.of(operation, shapes, x, mask, y);
    for (Weight weight : weights.all()) {
      requireApart(operation, "x", x, weight);
      requireApart(operation, "y", y, weight);
    }
    data.requireFinite(operation);
    if (compilation.loss().needsProbabilities()) {
      data.requireProbabilities(operation, compilation.loss());
    }
    return data;
  }

  /** Weights are what a fit writes: data that lie in them would change under it. */
  private static void requireApart(String operation, String name, Tensor data, Weight weight) {
    if (data.mayShareMemory(weight.value())) {
      throw TrainingErrors.sharesWeights(operation, name, data.shape(), weight);
    }
  }

  /** Keras's rule: the validation samples are the tail, before shuffling. */
  private int trainingSamples(int samples) {
    boolean given = options.validationX() != null;
    return given ? samples : (int) Math.floor(samples * (1 - options.validationSplit()));
  }

  private @Nullable TrainingData validation(TrainingData all, int samples) {
    Tensor x = options.validationX();
    Tensor y = options.validationY();
    if (x != null && y != null) {
      return data(OPERATION + " validationData", x, options.validationMask(), y);
    }
    return samples < all.samples() ? all.slice(samples, all.samples()) : null;
  }

  private History epochs(
      TrainingStep step, int samples, @Nullable TrainingData validation, Help help) {
    List<Epoch> epochs = new ArrayList<>();
    begin(step, help);
    int[] order = new int[samples];
    for (int index = 0; index < options.epochs(); index++) {
      long start = System.nanoTime();
      order(order, index);
      Scores training = epoch(step, order, index, help);
      Scores validated = validation == null ? Scores.none() : validate(validation, index, help);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      Epoch epoch = new Epoch(index, options.epochs(), training, validated, duration);
      epochs.add(epoch);
      options.onEpoch().accept(epoch);
    }
    return new History(epochs);
  }

  /** The samples' order in an epoch (Fisher and Yates, 1938), drawn from the seed and the epoch. */
  private void order(int[] order, int epoch) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    if (!options.shuffle()) {
      return;
    }
    SplitMix64 random = SplitMix64.stream(options.seed(), epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
  }

  private Scores validate(TrainingData validation, int epoch, Help help) {
    try {
      return scoring.of(validation, help.team, help.threads);
    } catch (CancellationException interrupted) {
      throw TrainingErrors.interruptedValidation(epoch, interrupted);
    }
  }

  private Scores epoch(TrainingStep step, int[] order, int epoch, Help help) {
    int size = Math.min(options.batchSize(), order.length);
    int batches = Math.ceilDiv(order.length, size);
    Consumer<BatchProgress> listener = options.onBatch();
    double sum = 0;
    double[] metrics = new double[compilation.metrics().size()];
    for (int batch = 0; batch < batches; batch++) {
      int first = batch * size;
      int count = Math.min(size, order.length - first);
      if (Thread.currentThread().isInterrupted()) {
        throw TrainingErrors.interrupted(epoch, batch, batches);
      }
      double loss = batch(step, order, first, count, epoch, batch, metrics, help);
      sum += loss * count;
      if (listener != null) {
        int epochs = options.epochs();
        listener.accept(new BatchProgress(epoch, epochs, batch, batches, count, loss));
      }
    }
    Map<Metric, Double> means = new EnumMap<>(Metric.class);
    for (int i = 0; i < metrics.length; i++) {
      means.put(compilation.metrics().get(i), metrics[i] / order.length);
    }
    return new Scores(sum / order.length, means);
  }

  /** One update; the weights are as before where it throws. Allocates nothing. */
  private double batch(
      TrainingStep step,
      int[] order,
      int first,
      int count,
      int epoch,
      int batch,
      double[] metrics,
      Help help) {
    Workers lent = help.team.lend(help.threads);
    step.team(lent);
    try {
      double loss = step.run(order, first, count);
      if (!Double.isFinite(loss)) {
        throw TrainingErrors.lossNotFinite(
            loss, epoch, batch, shapes.layers(), optimizer.optimizer());
      }
      for (int i = 0; i < metrics.length; i++) {
        metrics[i] += step.metric(i) * count;
      }
      if (!step.update()) {
        throw TrainingErrors.gradientNotFinite(
            epoch, batch, shapes.layers(), optimizer.optimizer());
      }
      return loss;
    } finally {
      takeBack(step, lent, help);
    }
  }

  private static void begin(TrainingStep step, Help help) {
    Workers lent = help.team.lend(help.threads);
    step.team(lent);
    try {
      step.begin();
    } finally {
      takeBack(step, lent, help);
    }
  }

  private static void takeBack(TrainingStep step, @Nullable Workers lent, Help help) {
    step.team(null);
    if (lent != null) {
      help.team.giveBack();
    }
  }
}

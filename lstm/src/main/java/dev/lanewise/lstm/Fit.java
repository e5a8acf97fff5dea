package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Model#fit}: epochs of batches. */
final class Fit {
  /** Multiply-adds of a batch that a thread must get for sharing it out to pay. */
  private static final long WORK_PER_THREAD = 1L << 19;

  private final Plan plan;
  private final ModelWeights weights;
  private final Compilation compilation;
  private final Optimizer optimizer;
  private final OptimizerState state;
  private final KeptStep kept;
  private final Scoring scoring;
  private final FitOptions options;

  Fit(
      Plan plan,
      ModelWeights weights,
      Compilation compilation,
      Optimizer optimizer,
      OptimizerState state,
      KeptStep kept,
      Scoring scoring,
      FitOptions options) {
    this.plan = plan;
    this.weights = weights;
    this.compilation = compilation;
    this.optimizer = optimizer;
    this.state = state;
    this.kept = kept;
    this.scoring = scoring;
    this.options = options;
  }

  History run(String operation, Samples given) {
    TrainingData all = data(operation, given);
    int samples = trainingSamples(all.samples());
    if (samples == 0) {
      Shape x = all.sources().getFirst().x().shape();
      throw TrainingErrors.noSamples(operation, x, options.validationSplit());
    }
    TrainingData validation = validation(operation, all, samples);
    TrainingData training = all.slice(0, samples);
    int batch = Math.min(options.batchSize(), samples);
    long work = Sizes.work(batch, plan.trainingWork(all.steps()), 1);
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
    step.source(training.feed());
    History history = epochs(step, training.samples(), validation, help);
    kept.keep(step, training, batch, options.seed(), help.threads);
    return history;
  }

  private TrainingStep step(TrainingData training, int batch, int threads) {
    long seed = options.seed();
    TrainingStep found = kept.take(training, batch, seed, threads);
    return found != null
        ? found
        : new TrainingStep(
            compilation.trained(plan), training.feed(), weights, state, batch, seed, threads);
  }

  private TrainingData data(String operation, Samples given) {
    TrainingData data = TrainingData.of(operation, plan, compilation, given);
    data.check(operation, weights);
    return data;
  }

  /** Keras's rule: the validation samples are the tail, before shuffling. */
  private int trainingSamples(int samples) {
    boolean given = options.validation() != null;
    return given ? samples : (int) Math.floor(samples * (1 - options.validationSplit()));
  }

  private @Nullable TrainingData validation(String operation, TrainingData all, int samples) {
    Samples given = options.validation();
    if (given != null) {
      return data(operation + " validationData", given);
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
    int goals = compilation.goals().size();
    double[] losses = new double[goals];
    double[] metrics = new double[goals * compilation.metrics().size()];
    double sum = 0;
    for (int batch = 0; batch < batches; batch++) {
      int first = batch * size;
      int count = Math.min(size, order.length - first);
      if (Thread.currentThread().isInterrupted()) {
        throw TrainingErrors.interrupted(epoch, batch, batches);
      }
      double loss = batch(step, order, first, count, epoch, batch, losses, metrics, help);
      sum += loss * count;
      if (listener != null) {
        int epochs = options.epochs();
        listener.accept(new BatchProgress(epoch, epochs, batch, batches, count, loss));
      }
    }
    List<Scores> each = new ArrayList<>();
    for (int goal = 0; goal < goals; goal++) {
      each.add(scores(goal, losses[goal], metrics, order.length));
    }
    return Scores.of(plan, compilation, sum / order.length, each);
  }

  private Scores scores(int goal, double loss, double[] metrics, int samples) {
    int count = compilation.metrics().size();
    Map<Metric, Double> means = new EnumMap<>(Metric.class);
    for (int i = 0; i < count; i++) {
      means.put(compilation.metrics().get(i), metrics[goal * count + i] / samples);
    }
    return new Scores(loss / samples, means);
  }

  /** One update; the weights are as before where it throws. Allocates nothing. */
  private double batch(
      TrainingStep step,
      int[] order,
      int first,
      int count,
      int epoch,
      int batch,
      double[] losses,
      double[] metrics,
      Help help) {
    Workers lent = help.team.lend(help.threads);
    step.team(lent);
    try {
      double rate = optimizer.rate(state.step());
      double loss = step.run(order, first, count);
      if (!Double.isFinite(loss)) {
        throw TrainingErrors.lossNotFinite(loss, epoch, batch, plan.layers(), optimizer, rate);
      }
      for (int goal = 0; goal < losses.length; goal++) {
        losses[goal] += step.loss(goal) * count;
      }
      int each = compilation.metrics().size();
      for (int i = 0; i < metrics.length; i++) {
        metrics[i] += step.metric(i / each, i % each) * count;
      }
      if (!step.update(rate, optimizer.clipping())) {
        throw TrainingErrors.gradientNotFinite(epoch, batch, plan.layers(), optimizer, rate);
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

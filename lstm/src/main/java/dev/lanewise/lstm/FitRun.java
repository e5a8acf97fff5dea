package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The epochs and batches of a {@link Fit}. */
final class FitRun implements FitProgress {
  private final Model model;
  private final Plan plan;
  private final ModelWeights weights;
  private final Compilation compilation;
  private final Optimizer optimizer;
  private final OptimizerState state;
  private final Scoring scoring;
  private final FitOptions options;
  private final TimeParts parts;
  private final BorrowedThreads threads;
  private double rateFactor = 1;
  private int epochs;
  private boolean stopped;

  FitRun(
      Model model,
      Plan plan,
      ModelWeights weights,
      Compilation compilation,
      Optimizer optimizer,
      OptimizerState state,
      Scoring scoring,
      FitOptions options,
      TimeParts parts,
      BorrowedThreads threads) {
    this.model = model;
    this.plan = plan;
    this.weights = weights;
    this.compilation = compilation;
    this.optimizer = optimizer;
    this.state = state;
    this.scoring = scoring;
    this.options = options;
    this.parts = parts;
    this.threads = threads;
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public long updates() {
    return state.step();
  }

  @Override
  public double learningRate() {
    return rateFactor * optimizer.rate(state.step());
  }

  @Override
  public void scaleLearningRate(double factor) {
    rateFactor *= Settings.positive("FitProgress.scaleLearningRate", "factor", factor);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public TrainingState state() {
    return new TrainingState(
        epochs,
        state.step(),
        rateFactor,
        Moments.copy(state, weights),
        options.callbacks().stream().map(Callback::state).toList());
  }

  private void resume(TrainingState from) {
    List<Callback> callbacks = options.callbacks();
    if (callbacks.size() != from.callbacks().size()) {
      throw FitErrors.callbacks(from.callbacks().size(), callbacks.size());
    }
    Moments.restore(from, state, weights);
    rateFactor = from.rateFactor();
    for (int i = 0; i < callbacks.size(); i++) {
      callbacks.get(i).restore(from.callbacks().get(i));
    }
  }

  History run(TrainingStep step, int samples, @Nullable TrainingData validation) {
    TrainingState from = options.resumed();
    if (from != null) {
      resume(from);
    }
    epochs = options.initialEpoch();
    int size = Math.min(options.batchSize(), samples);
    begin(step, (long) epochs * Math.ceilDiv(samples, size) * parts.count());
    List<Callback> callbacks = options.callbacks();
    callbacks.forEach(each -> each.onBegin(this));
    List<Epoch> all = new ArrayList<>();
    int[] order = new int[samples];
    for (int index = epochs; index < options.epochs() && !stopped; index++) {
      long start = System.nanoTime();
      order(order, index);
      Scores training = epoch(step, order, index);
      Scores validated = validation == null ? Scores.none() : validate(validation, index);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      Epoch epoch = new Epoch(index, options.epochs(), training, validated, duration);
      epochs = index + 1;
      all.add(epoch);
      options.onEpoch().accept(epoch);
      callbacks.forEach(each -> each.onEpoch(this, epoch));
      callbacks.forEach(each -> each.afterEpoch(this));
    }
    callbacks.forEach(each -> each.onEnd(this));
    return new History(all);
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

  private Scores validate(TrainingData validation, int epoch) {
    try {
      return scoring.of(validation, threads.team(), threads.most());
    } catch (CancellationException interrupted) {
      throw TrainingErrors.interruptedValidation(epoch, interrupted);
    }
  }

  private Scores epoch(TrainingStep step, int[] order, int epoch) {
    int size = Math.min(options.batchSize(), order.length);
    int batches = Math.ceilDiv(order.length, size);
    Consumer<BatchProgress> listener = options.onBatch();
    EpochSums sums = new EpochSums(compilation);
    step.clearCounts();
    for (int batch = 0; batch < batches && !stopped; batch++) {
      int first = batch * size;
      int count = Math.min(size, order.length - first);
      if (Thread.currentThread().isInterrupted()) {
        throw TrainingErrors.interrupted(epoch, batch, batches);
      }
      boolean update = (batch + 1) % options.accumulate() == 0 || batch == batches - 1;
      double loss = batch(step, order, first, count, epoch, batch, sums, update);
      if (listener != null || !options.callbacks().isEmpty()) {
        tell(new BatchProgress(epoch, options.epochs(), batch, batches, count, loss), listener);
      }
    }
    return sums.scores(plan, step);
  }

  private void tell(BatchProgress batch, @Nullable Consumer<BatchProgress> listener) {
    if (listener != null) {
      listener.accept(batch);
    }
    options.callbacks().forEach(each -> each.onBatch(this, batch));
  }

  /** One batch, part by part of its time; the mean of their losses. Allocates nothing. */
  private double batch(
      TrainingStep step,
      int[] order,
      int first,
      int count,
      int epoch,
      int batch,
      EpochSums sums,
      boolean update) {
    double loss = 0;
    for (int part = 0; part < parts.count(); part++) {
      step.part(part * parts.steps(), part > 0 || (options.stateful() && batch > 0));
      loss += part(step, order, first, count, epoch, batch, sums, update);
    }
    return loss / parts.count();
  }

  /** One part of a batch; the weights are as before where it throws. */
  private double part(
      TrainingStep step,
      int[] order,
      int first,
      int count,
      int epoch,
      int batch,
      EpochSums sums,
      boolean update) {
    step.team(threads.lend());
    try {
      double rate = learningRate();
      double loss = step.run(order, first, count);
      if (!Double.isFinite(loss)) {
        throw lossNotFinite(step, loss, epoch, batch, rate);
      }
      refuseSteep(step, epoch, batch);
      if (parts.count() > 1 && step.countsNothing()) {
        return loss; // 0: nothing to learn from padding alone
      }
      sums.add(step, loss, count);
      if (!update) {
        step.accumulate();
      } else if (!step.update(rate, optimizer.clipping())) {
        throw TrainingErrors.gradientNotFinite(
            epoch,
            batch,
            step.firstGradientNotFinite(),
            step.norm(),
            plan.layers(),
            optimizer,
            rate);
      }
      return loss;
    } finally {
      step.team(null);
      threads.giveBack();
    }
  }

  /** Names a loss of one's own that gives no gradient. */
  private void refuseSteep(TrainingStep step, int epoch, int batch) {
    for (int goal = 0; goal < compilation.goals().size(); goal++) {
      if (step.isSteep(goal)) {
        Loss loss = compilation.goals().get(goal).loss();
        throw LossErrors.gradientNotFinite(loss, epoch, batch);
      }
    }
  }

  private ArithmeticException lossNotFinite(
      TrainingStep step, double loss, int epoch, int batch, double rate) {
    int place = step.firstNotFinite();
    if (place < 0) {
      List<Loss> wrong =
          IntStream.range(0, compilation.goals().size())
              .filter(goal -> !Double.isFinite(step.loss(goal)))
              .mapToObj(goal -> compilation.goals().get(goal).loss())
              .toList();
      StoredWeight weight = step.firstPenaltyNotFinite();
      return wrong.isEmpty() && weight != null
          ? LossErrors.ofRegularizer(loss, epoch, batch, weight.name())
          : LossErrors.ofFinitePredictions(loss, epoch, batch, wrong);
    }
    Layer first = plan.layers().get(compilation.trainedLayer(plan, place));
    return TrainingErrors.lossNotFinite(
        loss, epoch, batch, first, step.norm(), plan.layers(), optimizer, rate);
  }

  private void begin(TrainingStep step, long batches) {
    Workers lent = threads.team().lend(threads.most());
    step.team(lent);
    try {
      step.begin(batches);
    } finally {
      step.team(null);
      if (lent != null) {
        threads.team().giveBack();
      }
    }
  }
}

package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Shape;
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
  private final Model model;

  Fit(
      Model model,
      Plan plan,
      ModelWeights weights,
      Compilation compilation,
      Optimizer optimizer,
      OptimizerState state,
      KeptStep kept,
      Scoring scoring,
      FitOptions options) {
    this.model = model;
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
    TrainingData unweighted = data(operation, given);
    TrainingData all = unweighted.weighted(SampleWeights.given(options, unweighted.samples()));
    int samples = trainingSamples(all.samples());
    if (samples == 0) {
      Shape x = all.sources().getFirst().x().shape();
      throw TrainingErrors.noSamples(operation, x, options.validationSplit());
    }
    TrainingData validation = validation(operation, all, samples);
    TrainingData training = SampleWeights.ofClasses(options, all.slice(0, samples));
    int batch = Math.min(options.batchSize(), samples);
    long work = Sizes.work(batch, plan.trainingWork(all.steps()), 1);
    long useful = Math.clamp(work / WORK_PER_THREAD, 1, batch);
    int most = Team.threads(options.threads(), options.ownThreads());
    int threads = (int) Math.min(most, useful);
    Team team = options.ownThreads() ? new Team() : Team.shared();
    TimeParts parts = TimeParts.of(plan, options, training, batch);
    try {
      return run(training, parts, validation, batch, new BorrowedThreads(team, threads));
    } finally {
      if (options.ownThreads()) {
        team.close();
      }
    }
  }

  private History run(
      TrainingData training,
      TimeParts parts,
      @Nullable TrainingData validation,
      int batch,
      BorrowedThreads help) {
    TrainingStep step = step(training, parts, batch, help.most());
    step.source(training.feed(parts));
    FitRun run =
        new FitRun(
            model, plan, weights, compilation, optimizer, state, scoring, options, parts, help);
    History history = run.run(step, training.samples(), validation);
    kept.keep(step, training, parts, batch, options.seed(), help.most());
    return history;
  }

  private TrainingStep step(TrainingData training, TimeParts parts, int batch, int threads) {
    long seed = options.seed();
    TrainingStep found = kept.take(training, parts, batch, seed, threads);
    return found != null
        ? found
        : new TrainingStep(
            compilation.trained(plan), training.feed(parts), weights, state, batch, seed, threads);
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
}

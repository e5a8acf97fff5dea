package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.lstm.train.TrainingFeed;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs and wanted outputs whose shapes fit a model. */
final class TrainingData {
  private final Plan plan;
  private final int samples;
  private final int[] steps; // of each value
  private final List<TrainingSource> sources; // one an input
  private final List<TrainingTarget> targets; // one a goal
  private final double @Nullable [] weights; // of each sample; null where all count 1

  private TrainingData(
      Plan plan,
      int samples,
      int[] steps,
      List<TrainingSource> sources,
      List<TrainingTarget> targets,
      double @Nullable [] weights) {
    this.plan = plan;
    this.samples = samples;
    this.steps = steps;
    this.sources = List.copyOf(sources);
    this.targets = List.copyOf(targets);
    this.weights = weights;
  }

  /** Checks the names and shapes. */
  static TrainingData of(String operation, Plan plan, Compilation compilation, Samples given) {
    ForwardCall call = new ForwardCall(plan.wiring());
    Shape first = requireTargets(operation, plan, compilation, given);
    NamedCall.inputs(operation, plan, call, given.x(), given.masks());
    if (call.samples() > Integer.MAX_VALUE) {
      throw TrainingErrors.tooManySamples(operation, first);
    }
    int samples = (int) call.samples();
    List<TrainingSource> sources = new ArrayList<>();
    for (int port = 0; port < call.inputs(); port++) {
      sources.add(TrainingSource.of(plan, port, call.x(port), call.mask(port), samples));
    }
    List<TrainingTarget> targets = new ArrayList<>();
    for (Compilation.Goal goal : compilation.goals()) {
      String name = plan.outputNames().get(goal.output());
      try {
        targets.add(TrainingTarget.of(operation, plan, goal, call, NamedCall.of(given.y(), name)));
      } catch (IllegalArgumentException refused) {
        throw plan.isSingle() ? refused : GraphErrors.about("output", name, refused);
      }
    }
    return new TrainingData(plan, samples, call.steps, sources, targets, null);
  }

  private static Shape requireTargets(
      String operation, Plan plan, Compilation compilation, Samples given) {
    List<String> wanted =
        compilation.goals().stream().map(goal -> plan.outputNames().get(goal.output())).toList();
    NamedCall.requireNames(operation, "target", wanted, given.y().keySet());
    NamedCall.requireNames(operation, "input", plan.inputNames(), given.x().keySet());
    return NamedCall.of(given.x(), plan.inputNames().getFirst()).shape();
  }

  Plan plan() {
    return plan;
  }

  int samples() {
    return samples;
  }

  /** The steps of each value. */
  int[] steps() {
    return steps;
  }

  List<TrainingSource> sources() {
    return sources;
  }

  List<TrainingTarget> targets() {
    return targets;
  }

  /** As a step reads them, in parts of their time. */
  TrainingFeed feed(TimeParts parts) {
    return new TrainingFeed(
        sources.stream().map(source -> source.feed(parts.steps())).toList(),
        targets.stream().map(target -> target.view().part(parts.steps())).toList(),
        weights,
        parts.carries());
  }

  /** The same, of which each sample counts so much in the losses. */
  TrainingData weighted(double @Nullable [] each) {
    return new TrainingData(plan, samples, steps, sources, targets, each);
  }

  /** What a sample counts in the losses. */
  double weight(int sample) {
    return weights == null ? 1 : weights[sample];
  }

  boolean isMasked() {
    return sources.stream().anyMatch(source -> source.mask() != null);
  }

  /** The samples from {@code from} to before {@code to}. */
  TrainingData slice(int from, int to) {
    return new TrainingData(
        plan,
        to - from,
        steps,
        sources.stream().map(source -> source.slice(from, to)).toList(),
        targets.stream().map(target -> target.slice(from, to)).toList(),
        weights == null ? null : Arrays.copyOfRange(weights, from, to));
  }

  /** Refuses NaN and infinity, targets that a loss does not take, and memory of the weights. */
  void check(String operation, ModelWeights weights) {
    for (TrainingSource source : sources) {
      String name = name("x", plan.inputNames().get(source.port()));
      requireApart(operation, name, source.x(), weights);
    }
    for (TrainingTarget target : targets) {
      requireApart(operation, targetName(target), target.y(), weights);
    }
    for (TrainingSource source : sources) {
      source.requireFinite(operation, name("x", plan.inputNames().get(source.port())), samples);
    }
    for (TrainingTarget target : targets) {
      target.requireFinite(operation, targetName(target), sources(target), samples);
    }
    for (TrainingTarget target : targets) {
      if (target.loss().targets().areProbabilities()) {
        target.requireProbabilities(operation, sources(target), samples);
      }
      if (target.loss().targets().isClass()) {
        target.requireClasses(operation, sources(target), samples);
      }
    }
  }

  /** The inputs of which the steps of a target are made. */
  private List<TrainingSource> sources(TrainingTarget target) {
    return plan.time().origins(plan.outputs()[target.output()]).mapToObj(sources::get).toList();
  }

  private String targetName(TrainingTarget target) {
    return name("y", plan.outputNames().get(target.output()));
  }

  private String name(String plain, String named) {
    return plan.isSingle() ? plain : "\"" + named + "\"";
  }

  /** Weights are what a fit writes: data that lie in them would change under it. */
  private static void requireApart(
      String operation, String name, Tensor data, ModelWeights weights) {
    for (StoredWeight weight : weights.all()) {
      if (data.mayShareMemory(weight.value())) {
        throw TrainingErrors.sharesWeights(operation, name, data.shape(), weight);
      }
    }
  }

  /** By the names of inputs, for a call that predicts. */
  ForwardCall call() {
    ForwardCall call = new ForwardCall(plan.wiring());
    for (TrainingSource source : sources) {
      call.input(source.port(), source.x(), source.mask());
      call.inputSteps[source.port()] = source.steps();
    }
    System.arraycopy(steps, 0, call.steps, 0, steps.length);
    return call;
  }

  /** What its memory is planned for. */
  List<Integer> key() {
    List<Integer> key = new ArrayList<>();
    Arrays.stream(steps).forEach(key::add);
    sources.forEach(source -> key.add(source.mask() == null ? 0 : 1));
    return key;
  }
}

package dev.lanewise.lstm;

import dev.lanewise.lstm.Plan.Node;

/**
 * The parts that a fit takes the time of its sequences in.
 *
 * @param steps of a part
 * @param count parts of a sequence
 * @param carries whether states go on from one part or one batch to the next
 */
record TimeParts(int steps, int count, boolean carries) {
  /** Whole sequences, each from 0. */
  static final TimeParts WHOLE = new TimeParts(Integer.MAX_VALUE, 1, false);

  private static final String TRUNCATE = "FitOptions.truncate";
  private static final String STATEFUL = "FitOptions.stateful";

  /** As the options say, of data whose shapes fit the model. */
  static TimeParts of(Plan plan, FitOptions options, TrainingData data, int batch) {
    if (options.stateful()) {
      requireStreamed(STATEFUL, plan);
      if (data.samples() % batch != 0) {
        throw FitErrors.rowsOfBatches(data.samples(), batch);
      }
    }
    if (options.truncate() == 0) {
      return new TimeParts(WHOLE.steps, 1, options.stateful());
    }
    int whole = data.sources().stream().mapToInt(TrainingSource::steps).max().orElse(1);
    requireStreamed(TRUNCATE, plan);
    requireTime(plan, data, whole);
    if (whole % options.truncate() != 0) {
      throw FitErrors.parts(whole, options.truncate());
    }
    return new TimeParts(options.truncate(), whole / options.truncate(), true);
  }

  /** Each layer takes a sequence step by step, and no state comes from elsewhere. */
  private static void requireStreamed(String option, Plan plan) {
    for (Node node : plan.nodes()) {
      if (!node.layer().streams()) {
        throw FitErrors.wholeSequence(option, node.layer());
      }
      if (node.layer() instanceof Recurrent layer && layer.learnedInitialState()) {
        throw FitErrors.statesLearned(option, layer);
      }
      if (node.from().length > 0) {
        throw FitErrors.statesHanded(option, node.layer());
      }
    }
  }

  /** All that has a time axis has the same one, and each target is a value a step. */
  private static void requireTime(Plan plan, TrainingData data, int whole) {
    for (TrainingSource source : data.sources()) {
      if (source.hasTime() && source.steps() != whole) {
        throw FitErrors.otherSteps(plan.inputNames().get(source.port()), source.steps(), whole);
      }
    }
    for (TrainingTarget target : data.targets()) {
      if (!target.sequence() || target.steps() != whole) {
        throw FitErrors.targetAtTheEnd(
            plan.outputNames().get(target.output()), target.y().shape(), whole);
      }
    }
  }
}

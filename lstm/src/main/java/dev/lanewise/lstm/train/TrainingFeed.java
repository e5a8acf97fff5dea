package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.memory.SampleView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where samples come from.
 *
 * @param inputs one an input
 * @param targets one an objective
 * @param weights what each sample counts in the losses; null where all count 1
 * @param carries whether states may go on from one run to the next
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrainingFeed(
    List<Source> inputs, List<SampleView> targets, double @Nullable [] weights, boolean carries) {
  public TrainingFeed {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /**
   * The samples of an input.
   *
   * @param mask which steps are no padding; null for all
   * @param steps of a run; 1 where there is no time axis
   */
  public record Source(SampleView view, @Nullable LiveSteps mask, int steps, int width) {}
}

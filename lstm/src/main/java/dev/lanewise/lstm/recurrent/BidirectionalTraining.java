package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.train.GradientSum;
import dev.lanewise.lstm.train.InnerBlock;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.lstm.train.WeightlessTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two directions in training: its two layers, merged. */
public final class BidirectionalTraining extends WeightlessTraining {
  private final Merging merging;
  private final boolean returnSequences;
  private final GradientSum sum; // of what is below
  private final TrainingLayer forward;
  private final TrainingLayer backward;
  private final List<TrainingBlock> states; // h of both, then c of both

  /**
   * Of two layers alike, of which the second goes backwards.
   *
   * @param forward trains the one in a place of its own
   * @param backward trains the other
   */
  public BidirectionalTraining(
      Function<TrainingPlace, TrainingLayer> forward,
      Function<TrainingPlace, TrainingLayer> backward,
      Merging merging,
      boolean returnSequences,
      TrainingPlace place) {
    super(place, returnSequences ? place.below().steps() : 1, merging.width());
    this.merging = merging;
    this.returnSequences = returnSequences;
    InnerBlock forwardBelow = InnerBlock.over(below, place.batch());
    InnerBlock backwardBelow = InnerBlock.over(below, place.batch());
    this.sum = new GradientSum(below, List.of(forwardBelow.gradient(), backwardBelow.gradient()));
    this.forward = forward.apply(inner(place, WeightSpec.FORWARD, forwardBelow, 0));
    this.backward = backward.apply(inner(place, WeightSpec.BACKWARD, backwardBelow, 1));
    List<TrainingBlock> both = new ArrayList<>();
    for (int i = 0; i < this.forward.states().size(); i++) {
      both.add(this.forward.states().get(i));
      both.add(this.backward.states().get(i));
    }
    this.states = List.copyOf(both);
  }

  /** Where a direction is trained: every other state is its own. */
  private static TrainingPlace inner(
      TrainingPlace place, String prefix, InnerBlock below, int direction) {
    List<TrainingBlock> from = new ArrayList<>();
    for (int i = direction; i < place.from().size(); i += 2) {
      from.add(place.from().get(i));
    }
    return new TrainingPlace(
        place.weights().under(prefix),
        place.gradients(),
        below,
        place.batch(),
        place.parts(),
        SplitMix64.stream(place.seed(), direction).nextLong(),
        from,
        place.givesStates());
  }

  @Override
  public void begin(long update, int batch) {
    forward.begin(update, batch);
    backward.begin(update, batch);
  }

  @Override
  public List<TrainingBlock> states() {
    return states;
  }

  @Override
  public int packs() {
    return forward.packs() + backward.packs();
  }

  @Override
  public void pack(int index) {
    if (index < forward.packs()) {
      forward.pack(index);
    } else {
      backward.pack(index - forward.packs());
    }
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    forward.forward(batch, first, rows, part);
    backward.forward(batch, first, rows, part);
    merging.apply(
        steps(),
        batch,
        first,
        rows,
        forward.values(),
        forward.valuesOffset(batch),
        backward.values(),
        backward.valuesOffset(batch),
        output);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    merging.gradient(
        steps(),
        batch,
        first,
        rows,
        forward.values(),
        forward.valuesOffset(batch),
        backward.values(),
        backward.valuesOffset(batch),
        dOutput,
        forward.gradient(),
        backward.gradient());
    forward.backward(batch, first, rows, part);
    backward.backward(batch, first, rows, part);
    if (below.wantsGradient()) {
      sum.apply(batch, first, rows);
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    forward.weightGradients(batch, part, parts);
    backward.weightGradients(batch, part, parts);
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public @Nullable StepMask mask() {
    return returnSequences ? below.mask() : null;
  }
}

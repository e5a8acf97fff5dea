package dev.lanewise.lstm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Bidirectional} in training: its two layers, merged. */
final class BidirectionalTraining extends WeightlessTraining {
  private final Merging merging;
  private final boolean returnSequences;
  private final GradientSum sum; // of what is below
  private final TrainingLayer forward;
  private final TrainingLayer backward;
  private final List<TrainingBlock> states; // h of both, then c of both

  BidirectionalTraining(Bidirectional layer, TrainingPlace place) {
    super(place, layer.layer().returnSequences() ? place.below().steps() : 1, layer.width());
    this.merging = new Merging(layer.merge(), layer.layer().units());
    this.returnSequences = layer.layer().returnSequences();
    InnerBlock forwardBelow = InnerBlock.over(below, place.batch());
    InnerBlock backwardBelow = InnerBlock.over(below, place.batch());
    this.sum = new GradientSum(below, List.of(forwardBelow.gradient(), backwardBelow.gradient()));
    this.forward = layer.layer().training(inner(place, Bidirectional.FORWARD, forwardBelow, 0));
    this.backward =
        layer.backward().training(inner(place, Bidirectional.BACKWARD, backwardBelow, 1));
    List<TrainingBlock> both = new ArrayList<>();
    for (int i = 0; i < forward.states().size(); i++) {
      both.add(forward.states().get(i));
      both.add(backward.states().get(i));
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
        place.seed(),
        from,
        place.givesStates());
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

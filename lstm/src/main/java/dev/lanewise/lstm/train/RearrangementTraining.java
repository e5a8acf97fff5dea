package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.Rearrangement;
import org.jspecify.annotations.Nullable;

/** A layer in training that only moves elements. */
public final class RearrangementTraining extends WeightlessTraining {
  private final Rearrangement moves;

  public RearrangementTraining(Rearrangement moves, TrainingPlace place) {
    super(place, moves.outputSteps(), moves.outputWidth());
    this.moves = moves;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    moves.apply(batch, first, rows, below.values(), below.valuesOffset(batch), output, 0);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (below.wantsGradient()) {
      moves.undo(batch, first, rows, dOutput, below.gradient());
    }
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}

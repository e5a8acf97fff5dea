package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.EmbeddingForward;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** An embedding in training; the gradient of a row of its table sums up where it was used. */
public final class EmbeddingTraining extends WeightlessTraining {
  private final int vocabulary;
  private final EmbeddingForward lookup;
  private final MemorySegment gradients;
  private final long tableAt;
  private final StepMask mask = new StepMask();
  private final boolean masks;

  public EmbeddingTraining(int vocabulary, int dimension, boolean maskZero, TrainingPlace place) {
    super(place, place.below().steps(), dimension);
    this.vocabulary = vocabulary;
    this.gradients = place.gradients();
    this.tableAt = place.weights().offset(WeightSpec.EMBEDDINGS);
    this.lookup = new EmbeddingForward(dimension, maskZero, place.weights().memory(), tableAt);
    this.masks = maskZero || below.mask() != null;
  }

  @Override
  public void begin(long update, int batch) {
    mask.begin(steps(), batch);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    lookup.apply(steps(), batch, first, rows, below.values(), 0, output, mask);
    mask.addRows(below.mask(), first, rows);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {}

  @Override
  public void weightGradients(int batch, int part, int parts) {
    int from = (int) ((long) width() * part / parts);
    int to = (int) ((long) width() * (part + 1) / parts);
    for (int id = 0; id < vocabulary; id++) {
      Blocks.clear(gradients, tableAt + (long) id * width() + from, to - from);
    }
    for (long row = 0; row < (long) steps() * batch; row++) {
      int id = below.values().getAtIndex(JAVA_INT, row);
      long into = tableAt + (long) id * width() + from;
      AddScaled.apply(to - from, 1, dOutput, row * width() + from, gradients, into);
    }
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public @Nullable StepMask mask() {
    return masks ? mask : null;
  }
}

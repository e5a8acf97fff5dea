package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ConvolutionSteps;
import dev.lanewise.lstm.run.Rearrangement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A convolution on (batch, channels, timesteps) in training: swapped, trained, swapped back. */
public final class ChannelsFirstTraining extends WeightlessTraining {
  private final Rearrangement in;
  private final Rearrangement out;
  private final Swapped swapped;
  private final Conv1dTraining inner;

  /** The values below with the axes swapped, and their gradients. */
  private record Swapped(
      MemorySegment values, MemorySegment gradient, int steps, int width, boolean wantsGradient)
      implements TrainingBlock {
    @Override
    public long valuesOffset(int batch) {
      return 0;
    }

    @Override
    public @Nullable StepMask mask() {
      return null;
    }
  }

  public ChannelsFirstTraining(
      ConvolutionSteps meets, int filters, Activation activation, TrainingPlace place) {
    super(place, filters, meets.outputs(place.below().width()));
    this.in = Rearrangement.transpose(new Axes(below.steps(), below.width()));
    this.out = Rearrangement.transpose(new Axes(steps(), width()).transposed());
    Arena arena = Arena.ofAuto();
    long elements = place.batch() * in.size();
    this.swapped =
        new Swapped(
            Blocks.allocate(arena, elements),
            Blocks.allocate(arena, elements),
            /* steps= */ below.width(),
            /* width= */ below.steps(),
            below.wantsGradient());
    this.inner =
        new Conv1dTraining(
            meets,
            filters,
            activation,
            new TrainingPlace(
                place.weights(),
                place.gradients(),
                swapped,
                place.batch(),
                place.parts(),
                place.seed()));
  }

  @Override
  public int packs() {
    return inner.packs();
  }

  @Override
  public void pack(int index) {
    inner.pack(index);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    in.apply(batch, first, rows, below.values(), from, swapped.values(), 0);
    inner.forward(batch, first, rows, part);
    out.apply(batch, first, rows, inner.values(), 0, output, 0);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    out.undo(batch, first, rows, dOutput, inner.gradient());
    inner.backward(batch, first, rows, part);
    if (below.wantsGradient()) {
      in.undo(batch, first, rows, swapped.gradient(), below.gradient());
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    inner.weightGradients(batch, part, parts);
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}

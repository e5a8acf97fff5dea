package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A layer in training whose weights stay as they are: gradients pass through to what learns below
 * it, and none of its weights has one.
 */
public final class FrozenTraining implements TrainingLayer {
  private final TrainingLayer layer;
  private final boolean passes;

  public FrozenTraining(TrainingLayer layer, TrainingPlace place) {
    this.layer = layer;
    this.passes =
        Stream.concat(place.in().stream(), place.from().stream())
            .anyMatch(TrainingBlock::wantsGradient);
  }

  @Override
  public int packs() {
    return layer.packs();
  }

  @Override
  public void pack(int index) {
    layer.pack(index);
  }

  @Override
  public void begin(long update, int batch) {
    layer.begin(update, batch);
  }

  @Override
  public List<TrainingBlock> states() {
    return layer.states();
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    layer.forward(batch, first, rows, part);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    layer.backward(batch, first, rows, part);
  }

  @Override
  public MemorySegment values() {
    return layer.values();
  }

  @Override
  public long valuesOffset(int batch) {
    return layer.valuesOffset(batch);
  }

  @Override
  public boolean wantsGradient() {
    return passes;
  }

  @Override
  public MemorySegment gradient() {
    return layer.gradient();
  }

  @Override
  public @Nullable StepMask mask() {
    return layer.mask();
  }

  @Override
  public int steps() {
    return layer.steps();
  }

  @Override
  public int width() {
    return layer.width();
  }
}

package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer in training, with blocks of its own around it. It is planned for a larger batch than it
 * runs. What no one has written is NaN.
 */
final class TrainedAlone {
  static final int PARTS = 3;
  static final long SEED = 1;
  private static final int MORE = 2; // rows that a batch lacks

  final TrainingLayer layer;
  final Block below;
  final List<TrainingBlock> from;
  final List<Weight> weights;
  final MemorySegment gradients; // in the places of the weights
  final int batch;

  /** Values from one block of the batch on, and gradients. */
  record Block(
      MemorySegment values,
      MemorySegment gradients,
      boolean wantsGradient,
      @Nullable StepMask mask,
      int steps,
      int width)
      implements TrainingBlock {

    static Block of(Tensor values, boolean wanted, @Nullable Mask mask) {
      Tensor x = values.rank() == 3 ? values : values.expandDims(1);
      int batch = (int) x.dim(0);
      int steps = (int) x.dim(1);
      int width = (int) x.dim(2);
      MemorySegment memory = fresh((1L + steps) * batch * width);
      float[] all = x.permute(1, 0, 2).toArray();
      MemorySegment.copy(
          all, 0, memory, JAVA_FLOAT, (long) batch * width * Float.BYTES, all.length);
      MemorySegment gradients = fresh((long) steps * (batch + MORE) * width);
      return new Block(memory, gradients, wanted, read(mask, steps, batch), steps, width);
    }

    private static @Nullable StepMask read(@Nullable Mask mask, int steps, int batch) {
      if (mask == null) {
        return null;
      }
      StepMask block = new StepMask();
      block.begin(steps, batch);
      for (int row = 0; row < batch; row++) {
        mask.steps().read(row, 0, steps, block, row);
      }
      return block;
    }

    @Override
    public MemorySegment gradient() {
      if (!wantsGradient) {
        throw new AssertionError("no one wants it");
      }
      return gradients;
    }

    @Override
    public long valuesOffset(int batch) {
      return (long) batch * width;
    }
  }

  /**
   * A layer in its place.
   *
   * @param x (batch, steps, features)
   * @param from blocks to begin from; empty for 0
   */
  TrainedAlone(
      Layer layer, Tensor x, @Nullable Mask mask, List<TrainingBlock> from, boolean givesStates) {
    this.batch = (int) x.dim(0);
    this.below = Block.of(x, true, mask);
    this.from = from;
    Sequential model = Sequential.of(layer).build((int) x.dim(2), 1);
    ModelWeights all = ReferenceModel.shapes(model).zeros();
    this.weights = all.all().stream().map(Weight::new).toList();
    for (int i = 0; i < weights.size(); i++) {
      weights.get(i).set(ReferenceModel.random(i, weights.get(i).shape().toArray()));
    }
    this.gradients = fresh(all.trainableElements());
    this.layer =
        model
            .layers()
            .getFirst()
            .training(
                new TrainingPlace(
                    all.layer(0), gradients, below, batch + MORE, PARTS, SEED, from, givesStates));
    for (int i = 0; i < this.layer.packs(); i++) {
      this.layer.pack(i);
    }
    this.layer.begin(0, batch);
    unwrite(this.layer.gradient());
    this.layer.states().forEach(state -> unwrite(state.gradient()));
  }

  static MemorySegment fresh(long elements) {
    return unwrite(Blocks.allocate(Arena.ofAuto(), elements));
  }

  private static MemorySegment unwrite(MemorySegment memory) {
    return memory.copyFrom(Tensor.zeros(memory.byteSize() / Float.BYTES).fill(Float.NaN).segment());
  }

  /** Runs it whole: threads take the rows between two bounds each. */
  TrainedAlone train(long seed, int... bounds) {
    forward(bounds);
    fillGradients(seed);
    backward(bounds);
    return this;
  }

  void forward(int... bounds) {
    for (int part = 0; part + 1 < bounds.length; part++) {
      layer.forward(batch, bounds[part], bounds[part + 1] - bounds[part], part);
    }
  }

  /** As those above would: with numbers that are the same for the same seed. */
  void fillGradients(long seed) {
    write(ReferenceModel.random(seed, outputs()).toArray(), layer.gradient());
    for (int i = 0; i < layer.states().size(); i++) {
      TrainingBlock state = layer.states().get(i);
      write(ReferenceModel.random(seed + 1 + i, elements(state)).toArray(), state.gradient());
    }
  }

  void backward(int... bounds) {
    for (int part = 0; part + 1 < bounds.length; part++) {
      layer.backward(batch, bounds[part], bounds[part + 1] - bounds[part], part);
    }
    for (int part = 0; part < PARTS; part++) {
      layer.weightGradients(batch, part, PARTS);
    }
  }

  static void write(float[] values, MemorySegment to) {
    MemorySegment.copy(values, 0, to, JAVA_FLOAT, 0, values.length);
  }

  private long elements(TrainingBlock block) {
    return (long) block.steps() * batch * block.width();
  }

  int outputs() {
    return (int) elements(layer);
  }

  float[] values(TrainingBlock block) {
    return read(block.values(), block.valuesOffset(batch), (int) elements(block));
  }

  float[] gradient(TrainingBlock block) {
    return read(block.gradient(), 0, (int) elements(block));
  }

  float[] gradient(Weight weight) {
    return ReferenceModel.read(gradients, weight);
  }

  static float[] read(MemorySegment memory, long offset, int elements) {
    float[] values = new float[elements];
    MemorySegment.copy(memory, JAVA_FLOAT, offset * Float.BYTES, values, 0, elements);
    return values;
  }

  /** Everything that training the batch gives. */
  List<float[]> results() {
    List<float[]> all = new ArrayList<>();
    all.add(values(layer));
    layer.states().forEach(state -> all.add(values(state)));
    all.add(gradient(below));
    from.stream().filter(TrainingBlock::wantsGradient).forEach(each -> all.add(gradient(each)));
    weights.forEach(weight -> all.add(gradient(weight)));
    return all;
  }
}

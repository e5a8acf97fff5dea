package dev.lanewise.lstm;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The weights of an {@link Lstm} in training: where they lie, and packed anew after each update.
 */
final class LstmWeights {
  private final int features;
  private final int gateUnits;
  private final boolean inputGradient;
  private final MemorySegment memory;
  private final PackedMatrix kernel; // (features, 4 * units)
  final long kernelAt;
  final long recurrentAt;
  final long biasAt; // NONE without
  final PackedMatrix recurrent; // (units, 4 * units)
  final PackedMatrix kernelTransposed; // (4 * units, features)
  final PackedMatrix recurrentTransposed; // (4 * units, units)

  LstmWeights(Lstm layer, TrainingPlace place) {
    LayerWeights own = place.weights();
    int units = layer.units();
    this.features = place.below().width();
    this.gateUnits = 4 * units;
    this.inputGradient = place.below().wantsGradient();
    this.memory = own.memory();
    this.kernelAt = own.offset(WeightSpec.KERNEL);
    this.recurrentAt = own.offset(WeightSpec.RECURRENT_KERNEL);
    this.biasAt = own.offset(WeightSpec.BIAS);
    Arena arena = Arena.ofAuto();
    this.kernel = PackedMatrix.ofGates(arena, features, gateUnits);
    this.recurrent = PackedMatrix.ofGates(arena, units, gateUnits);
    this.kernelTransposed = PackedMatrix.of(arena, gateUnits, features);
    this.recurrentTransposed = PackedMatrix.of(arena, gateUnits, units);
  }

  boolean hasBias() {
    return biasAt != LayerWeights.NONE;
  }

  /** As {@link TrainingLayer#packs}. */
  int packs() {
    return inputGradient ? 4 : 3;
  }

  /** As {@link TrainingLayer#pack}. */
  void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(memory, kernelAt, gateUnits);
      case 1 -> recurrent.pack(memory, recurrentAt, gateUnits);
      case 2 -> recurrentTransposed.packTransposed(memory, recurrentAt, gateUnits);
      default -> kernelTransposed.packTransposed(memory, kernelAt, gateUnits);
    }
  }

  /**
   * {@code gates = b + x W}.
   *
   * @param x (rows, features). Not modified.
   * @param gates (rows, 4 * units). Overwritten.
   */
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gatesOffset) {
    if (hasBias()) {
      Sgemm.multiplyBias(
          rows, x, xOffset, features, kernel, memory, biasAt, gates, gatesOffset, gateUnits);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, gatesOffset, gateUnits);
    }
  }
}

package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What a recurrent layer computes in one timestep, forward and backward, and in the gradients of
 * its weights. It knows no time, no mask and no direction: {@link RecurrentTraining} walks over
 * them.
 *
 * <p>A row is a sequence. Rows are dense, offsets in elements. Threads may run different rows, and
 * different parts of the weight gradients, at once; {@code part} is the thread's number. Allocates
 * nothing in a step.
 */
public abstract class TrainingCell {
  final int features;
  final int units; // width of c
  final int outputs; // width of h
  final int rowOfGates; // elements that a row of gates has
  final MemorySegment weights;
  final MemorySegment gradients; // the same places as in weights
  final long kernelAt;
  final long recurrentAt;
  final long biasAt; // NONE without
  private final boolean inputGradient;
  private final int parts;
  private CellGradient[] learned = {};
  private CellGradient[] inner = {}; // of them, those that no product of x or h gives

  TrainingCell(int units, TrainingPlace place, int rowOfGates) {
    this(units, units, place, rowOfGates);
  }

  TrainingCell(int units, int outputs, TrainingPlace place, int rowOfGates) {
    LayerWeights own = place.weights();
    this.features = place.below().width();
    this.units = units;
    this.outputs = outputs;
    this.rowOfGates = rowOfGates;
    this.weights = own.memory();
    this.gradients = place.gradients();
    this.kernelAt = own.offset(WeightSpec.KERNEL);
    this.recurrentAt = own.offset(WeightSpec.RECURRENT_KERNEL);
    this.biasAt = own.offset(WeightSpec.BIAS);
    this.inputGradient = place.below().wantsGradient();
    this.parts = place.parts();
  }

  /** The gradients from n columns of the gates, in weights whose rows have so many. */
  final CellGradient gradient(long column, int n, int rowOfWeight) {
    return new CellGradient(this, column, n, rowOfWeight, parts);
  }

  /** Adds to what {@link #weightGradients} computes. */
  final void learns(CellGradient gradient) {
    learned = with(learned, gradient);
  }

  /** The same of what {@link #innerGradients} computes by itself. */
  final void learnsInside(CellGradient gradient) {
    learns(gradient);
    inner = with(inner, gradient);
  }

  private static CellGradient[] with(CellGradient[] list, CellGradient last) {
    CellGradient[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = last;
    return longer;
  }

  final boolean hasBias() {
    return biasAt != LayerWeights.NONE;
  }

  /** Whether it has a state c beside h. */
  boolean keepsC() {
    return false;
  }

  /** As {@link TrainingLayer#packs}: the last is what {@link #inputGradient} alone needs. */
  final int packs() {
    return inputGradient ? 4 : 3;
  }

  /** As {@link TrainingLayer#pack}. */
  abstract void pack(int index);

  /**
   * What a step needs of its input: for the LSTM {@code b + x W}.
   *
   * @param x (rows, features). Not modified.
   * @param gates (rows, rowOfGates). Overwritten.
   */
  abstract void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate);

  /**
   * One step forward.
   *
   * @param states Overwritten from the element {@code gate} on, where {@link #project} was, and in
   *     the rows {@code to}
   * @param from the first of the rows of h and c that are h_{t-1} and c_{t-1}
   * @param to the first of those that become h_t and c_t
   */
  abstract void forward(int part, int rows, CellStates states, long gate, long from, long to);

  /**
   * One step backward, after {@link #forward} with the same places.
   *
   * @param dh gradient with respect to h_t (rows, outputs), but for what came in {@code carried}
   * @param carried (rows, units): in, what the step after handed back past its products; out, the
   *     same for the step before. Of a cell that keeps c its gradient, for the last step that of
   *     the final c. Else a part of the gradient of h, for the last step 0
   */
  abstract void backward(
      int part,
      int rows,
      CellStates states,
      long gate,
      long from,
      long to,
      MemorySegment dh,
      long dhOffset,
      MemorySegment carried,
      long carriedOffset);

  /**
   * The gradient of h_{t-1} through the products of a step: for the LSTM {@code dz U^T}.
   *
   * @param gates (rows, rowOfGates) after {@link #backward}. Not modified.
   * @param add whether {@code dh} is added to rather than overwritten
   * @param dh (rows, outputs)
   */
  abstract void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset);

  /**
   * The gradient of x_t: for the LSTM {@code dz W^T}.
   *
   * @param gates (rows, rowOfGates) after {@link #backward}. Not modified.
   * @param dx (rows, features). Overwritten.
   */
  abstract void inputGradient(
      int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset);

  /**
   * The gradients of the weights from some rows of any steps, one thread's share of their columns.
   *
   * @param first whether they are overwritten rather than added to
   * @param x (rows, features). Not modified.
   * @param h h_{t-1} (rows, outputs). Not modified.
   * @param gates (rows, rowOfGates) after {@link #backward}. Not modified.
   */
  final void weightGradients(
      int part,
      boolean first,
      int rows,
      MemorySegment x,
      long xOffset,
      MemorySegment h,
      long hOffset,
      MemorySegment gates,
      long gate) {
    for (CellGradient each : learned) {
      each.apply(part, first, rows, x, xOffset, h, hOffset, gates, gate);
    }
  }

  /** Gradients of 0, one thread's share of the columns. */
  final void clearGradients(int part) {
    for (CellGradient each : learned) {
      each.clear(part);
    }
  }

  // Where h_{t-1} is dropped: each gate has products of its own, see StateDropout

  /** Where its gates lie; before the first {@link #complete}. */
  GateLayout split() {
    throw new AssertionError("drops no state: " + this);
  }

  /** Lays what the inputs of the gates begin from: the bias or 0. */
  void begin(int rows, MemorySegment gates, long gate) {
    beginWith(rows, gates, gate, rowOfGates);
  }

  /** The same for so many columns from {@code at} on. */
  final void beginWith(int rows, MemorySegment gates, long at, int columns) {
    for (int row = 0; row < rows; row++) {
      long to = at + (long) row * rowOfGates;
      if (hasBias()) {
        Blocks.copy(weights, biasAt, gates, to, columns);
      } else {
        Blocks.clear(gates, to, columns);
      }
    }
  }

  /** As {@link #forward}, where the gates hold the products of {@link #split} already. */
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    throw new AssertionError("drops no state: " + this);
  }

  /** The gradients of weights that the products of {@link #split} leave out. */
  final void innerGradients(int part, boolean first, int rows, MemorySegment gates, long gate) {
    for (CellGradient each : inner) {
      each.applyInner(part, first, rows, gates, gate);
    }
  }

  /** Rows of gates times a matrix, added to what they give or not. */
  final void product(
      int rows,
      MemorySegment from,
      long gate,
      PackedMatrix matrix,
      boolean add,
      MemorySegment to,
      long toOffset) {
    if (add) {
      Sgemm.multiplyAdd(rows, from, gate, rowOfGates, matrix, to, toOffset, matrix.n());
    } else {
      Sgemm.multiply(rows, from, gate, rowOfGates, matrix, to, toOffset, matrix.n());
    }
  }
}

package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A timestep of any {@link LstmVariant} in training. A row of gates is:
 *
 * <ul>
 *   <li>the gates (3 or 4, units), after backward dz
 *   <li>the pre-activations in the same order, where a backward takes them
 *   <li>where there are peepholes what the gradients of their weights are sums of (2 or 3, units)
 *   <li>where there is a projection {@code m = o * a(c)} (units), and the gradient of h (outputs)
 * </ul>
 */
public final class GeneralLstmTraining extends TrainingCell {
  private final LstmVariant of;
  private final LstmRow row;
  private final int columns; // of W and U
  private final long z; // places in a row of gates
  private final long products;
  private final long m;
  private final long keptDh;
  private final long peepholeAt;
  private final long projectionAt;
  private final PackedMatrix kernel; // (features, gates * units)
  private final PackedMatrix recurrent; // (outputs, gates * units)
  private final PackedMatrix projection; // (units, outputs); else empty
  private final PackedMatrix kernelTransposed; // (gates * units, features)
  private final PackedMatrix recurrentTransposed; // (gates * units, outputs)
  private final PackedMatrix projectionTransposed; // (outputs, units); else empty
  private final MemorySegment scratch; // (parts, batch + 2, units)
  private final long scratchSize;

  public GeneralLstmTraining(LstmVariant of, TrainingPlace place) {
    super(of.units(), of.outputs(), place, Math.toIntExact(end(of)));
    this.of = of;
    this.row = new LstmRow(of);
    this.columns = of.gates() * units;
    this.z = of.keepsInputs() ? columns : 0;
    this.products = z + columns;
    this.m = products + (long) of.peepholeGates() * units;
    this.keptDh = m + units;
    this.peepholeAt = place.weights().offset(WeightSpec.PEEPHOLE);
    this.projectionAt = place.weights().offset(WeightSpec.PROJECTION_KERNEL);
    Arena arena = Arena.ofAuto();
    int blocks = of.gates();
    int projected = of.projects() ? outputs : 0;
    this.kernel = PackedMatrix.ofGates(arena, features, columns, blocks, WeightFormat.FLOAT32);
    this.recurrent = PackedMatrix.ofGates(arena, outputs, columns, blocks, WeightFormat.FLOAT32);
    this.projection = PackedMatrix.of(arena, units, projected);
    this.kernelTransposed = PackedMatrix.of(arena, columns, features);
    this.recurrentTransposed = PackedMatrix.of(arena, columns, outputs);
    this.projectionTransposed = PackedMatrix.of(arena, projected, units);
    this.scratchSize = Blocks.align((place.batch() + 2L) * units);
    this.scratch = Blocks.allocate(arena, place.parts() * scratchSize);
    int peepholes = of.peepholeGates() * units;
    learns(gradient(0, columns, columns).ofInput(kernelAt).ofState(recurrentAt).ofOnes(biasAt));
    if (of.peepholes()) {
      learnsInside(gradient(products, peepholes, peepholes).ofOnes(peepholeAt));
    }
    if (of.projects()) {
      learnsInside(gradient(keptDh, projected, projected).ofInner(m, projectionAt));
    }
  }

  /** The elements of a row of gates. */
  private static long end(LstmVariant of) {
    long gates = (of.keepsInputs() ? 2L : 1L) * of.gates() + of.peepholeGates();
    return gates * of.units() + (of.projects() ? (long) of.units() + of.outputs() : 0);
  }

  @Override
  boolean keepsC() {
    return true;
  }

  @Override
  void pack(int index) {
    switch (index) {
      case 0 -> kernel.pack(weights, kernelAt, columns);
      case 1 -> {
        recurrent.pack(weights, recurrentAt, columns);
        if (of.projects()) {
          projection.pack(weights, projectionAt, outputs);
        }
      }
      case 2 -> {
        recurrentTransposed.packTransposed(weights, recurrentAt, columns);
        if (of.projects()) {
          projectionTransposed.packTransposed(weights, projectionAt, outputs);
        }
      }
      default -> kernelTransposed.packTransposed(weights, kernelAt, columns);
    }
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    long to = gate + z;
    if (hasBias()) {
      Sgemm.multiplyBias(
          rows, x, xOffset, features, kernel, weights, biasAt, gates, to, rowOfGates);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, gates, to, rowOfGates);
    }
  }

  @Override
  void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    Sgemm.multiplyAdd(rows, h, from * outputs, outputs, recurrent, gates, gate + z, rowOfGates);
    complete(part, rows, states, gate, from, to);
  }

  @Override
  GateLayout split() {
    return GateLayout.alike(of.gates(), z);
  }

  @Override
  void begin(int rows, MemorySegment gates, long gate) {
    beginWith(rows, gates, gate + z, columns);
  }

  @Override
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    MemorySegment c = states.c();
    long spare = part * scratchSize;
    for (int i = 0; i < rows; i++) {
      long own = gate + (long) i * rowOfGates;
      long before = (from + i) * units;
      long after = (to + i) * units;
      MemorySegment result = of.projects() ? gates : h;
      long resultAt = of.projects() ? own + m : after;
      row.forward(
          units,
          gates,
          own + z,
          own,
          weights,
          peepholeAt,
          c,
          before,
          after,
          scratch,
          spare,
          result,
          resultAt);
    }
    if (of.projects()) {
      Sgemm.multiply(rows, gates, gate + m, rowOfGates, projection, h, to * outputs, outputs);
    }
  }

  @Override
  void backward(
      int part,
      int rows,
      CellStates states,
      long gate,
      long from,
      long to,
      MemorySegment dh,
      long dhOffset,
      MemorySegment carried,
      long carriedOffset) {
    MemorySegment gates = states.gates();
    MemorySegment c = states.c();
    long room = part * scratchSize;
    MemorySegment dm = of.projects() ? scratch : dh;
    long dmAt = of.projects() ? room + 2L * units : dhOffset;
    if (of.projects()) {
      projected(rows, gates, gate, dh, dhOffset, dmAt);
    }
    for (int i = 0; i < rows; i++) {
      long state = (long) i * units;
      long own = gate + (long) i * rowOfGates;
      long before = from * units + state;
      long after = to * units + state;
      row.backward(
          gates,
          own + z,
          own,
          weights,
          peepholeAt,
          c,
          before,
          after,
          dm,
          dmAt + state,
          carried,
          carriedOffset + state,
          scratch,
          room);
      if (of.peepholes()) {
        row.peepholeProducts(gates, own, c, before, after, own + products);
      }
    }
  }

  /** Keeps the gradient of h, and takes it through the projection: {@code dm = dh P^T}. */
  private void projected(
      int rows, MemorySegment gates, long gate, MemorySegment from, long fromAt, long dm) {
    for (int i = 0; i < rows; i++) {
      long own = gate + (long) i * rowOfGates;
      Blocks.copy(from, fromAt + (long) i * outputs, gates, own + keptDh, outputs);
    }
    Sgemm.multiply(rows, from, fromAt, outputs, projectionTransposed, scratch, dm, units);
  }

  @Override
  void stateGradient(
      int rows, MemorySegment gates, long gate, boolean add, MemorySegment dh, long dhOffset) {
    product(rows, gates, gate, recurrentTransposed, add, dh, dhOffset);
  }

  @Override
  void inputGradient(int rows, MemorySegment gates, long gate, MemorySegment dx, long dxOffset) {
    product(rows, gates, gate, kernelTransposed, false, dx, dxOffset);
  }
}

package dev.lanewise.lstm;

import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Lstm} in training: backpropagation through time.
 *
 * <p>Gates and states are kept by time, not by step, so that rows of gates and input correspond
 * also where the layer goes backwards. Its states then begin after the last time.
 */
final class LstmTraining implements TrainingLayer {
  private final Lstm layer;
  private final int steps;
  private final int features;
  private final int units;
  private final int gateUnits;
  private final boolean reversed; // the output is a reversed copy of h
  private final LstmCell cell;
  private final TrainingBlock below;
  private final LstmWeights weights;
  private final MemorySegment gradients; // the same places as in weights
  private final MemorySegment gates; // (steps, batch, 4 * units): activated, after backward dz
  private final MemorySegment c; // (steps + 1, batch, units)
  private final MemorySegment h; // (steps + 1, batch, units)
  private final MemorySegment output; // (steps, batch, units) where reversed
  private final MemorySegment dOutput; // (steps or 1, batch, units)
  private final MemorySegment dc; // (batch, units)
  private final MemorySegment scratch; // (parts, 2 * units)
  private final GradientShare[] shares;

  LstmTraining(Lstm layer, TrainingPlace place) {
    TrainingBlock from = place.below();
    int batch = place.batch();
    this.layer = layer;
    this.steps = from.steps();
    this.features = from.width();
    this.units = layer.units();
    this.gateUnits = 4 * units;
    this.reversed = layer.goBackwards() && layer.returnSequences();
    this.cell = new LstmCell(units, layer.activation(), layer.recurrentActivation());
    this.below = from;
    this.weights = new LstmWeights(layer, place);
    this.gradients = place.gradients();
    Arena arena = Arena.ofAuto();
    long state = (long) batch * units;
    this.gates = Blocks.allocate(arena, 4L * steps * state);
    this.c = Blocks.allocate(arena, (steps + 1L) * state);
    this.h = Blocks.allocate(arena, (steps + 1L) * state);
    this.output = Blocks.allocate(arena, reversed ? steps * state : 0);
    this.dOutput = Blocks.allocate(arena, steps() * state);
    this.dc = Blocks.allocate(arena, state);
    this.scratch = Blocks.allocate(arena, (long) place.parts() * scratchSize());
    this.shares = GradientShare.of(gateUnits, place.parts());
  }

  private long scratchSize() {
    return Blocks.align(2L * units);
  }

  @Override
  public int packs() {
    return weights.packs();
  }

  @Override
  public void pack(int index) {
    weights.pack(index);
  }

  /** The time that a step reads. */
  private int time(int step) {
    return layer.goBackwards() ? steps - 1 - step : step;
  }

  /** Which of the steps + 1 states a time begins from, or ends with. */
  private int state(int time, boolean after) {
    return after != layer.goBackwards() ? time + 1 : time;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long begin = ((long) state(time(0), false) * batch + first) * units;
    Blocks.clear(h, begin, (long) rows * units);
    Blocks.clear(c, begin, (long) rows * units);
    int chunk = rows == batch ? LstmForward.chunk(steps, rows) : 1; // only whole steps are dense
    for (int step = 0; step < steps; step += chunk) {
      int count = Math.min(chunk, steps - step);
      int time = layer.goBackwards() ? steps - step - count : step;
      long row = (long) time * batch + first; // of (steps, batch)
      long x = below.valuesOffset(batch) + row * features;
      weights.project(count * rows, below.values(), x, gates, row * gateUnits);
      for (int i = step; i < step + count; i++) {
        forwardStep(i, batch, first, rows);
      }
    }
  }

  private void forwardStep(int step, int batch, int first, int rows) {
    int time = time(step);
    long gate = ((long) time * batch + first) * gateUnits;
    long from = ((long) state(time, false) * batch + first) * units;
    long to = ((long) state(time, true) * batch + first) * units;
    cell.forward(rows, weights.recurrent, h, from, c, from, gates, gate, c, to, h, to);
    if (reversed) {
      long out = ((long) step * batch + first) * units;
      MemorySegment.copy(
          h, to * Float.BYTES, output, out * Float.BYTES, (long) rows * units * Float.BYTES);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    long state = (long) first * units;
    Blocks.clear(dc, state, (long) rows * units);
    for (int step = steps - 1; step >= 0; step--) {
      int time = time(step);
      long gate = ((long) time * batch + first) * gateUnits;
      long from = ((long) state(time, false) * batch + first) * units;
      long to = ((long) state(time, true) * batch + first) * units;
      long dh = state + (layer.returnSequences() ? (long) step * batch * units : 0);
      cell.backward(
          rows, c, from, c, to, dOutput, dh, dc, state, gates, gate, scratch, part * scratchSize());
      if (step > 0 && layer.returnSequences()) { // dh_{t-1} = dy_{t-1} + dz U^T
        long before = dh - (long) batch * units;
        Sgemm.multiplyAdd(
            rows, gates, gate, gateUnits, weights.recurrentTransposed, dOutput, before, units);
      } else if (step > 0) { // dh_{t-1} = dz U^T
        Sgemm.multiply(
            rows, gates, gate, gateUnits, weights.recurrentTransposed, dOutput, dh, units);
      }
      if (below.wantsGradient()) { // dx = dz W^T
        long dx = ((long) time * batch + first) * features;
        Sgemm.multiply(
            rows, gates, gate, gateUnits, weights.kernelTransposed, below.gradient(), dx, features);
      }
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    GradientShare share = shares[part];
    int rows = steps * batch;
    long x = below.valuesOffset(batch);
    long before = (long) state(0, false) * batch * units; // h_{t-1} of time 0
    for (int row = 0; row < rows; row += GradientShare.CHUNK_ROWS) {
      int count = Math.min(GradientShare.CHUNK_ROWS, rows - row);
      share.pack(count, gates, (long) row * gateUnits);
      share.multiply(
          row == 0,
          features,
          below.values(),
          x + (long) row * features,
          gradients,
          weights.kernelAt);
      share.multiply(
          row == 0, units, h, before + (long) row * units, gradients, weights.recurrentAt);
      if (weights.hasBias()) {
        share.sum(row == 0, count, gates, (long) row * gateUnits, gradients, weights.biasAt);
      }
    }
  }

  @Override
  public MemorySegment values() {
    return reversed ? output : h;
  }

  @Override
  public long valuesOffset(int batch) {
    int block = layer.returnSequences() ? (reversed ? 0 : 1) : state(time(steps - 1), true);
    return (long) block * batch * units;
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public MemorySegment gradient() {
    return dOutput;
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }

  @Override
  public int steps() {
    return layer.returnSequences() ? steps : 1;
  }

  @Override
  public int width() {
    return units;
  }
}

package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.train.GradientShare;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in training on sequences without padding.
 *
 * <p>Gates and states are kept by time, not by step, so that rows of gates and input correspond
 * also where the layer goes backwards. Its states then begin after the last time.
 */
public final class DenseRecurrentTraining extends RecurrentTraining {
  private final boolean reversed; // the output is a reversed copy of h
  private final MemorySegment output; // (steps, batch, outputs) where reversed
  private final MemorySegment carried; // (batch, units)
  private final List<TrainingBlock> ends; // the states after the last step

  public DenseRecurrentTraining(Walk walk, TrainingCell cell, TrainingPlace place) {
    super(walk, cell, place);
    this.reversed = goBackwards && returnSequences;
    Arena arena = Arena.ofAuto();
    long batch = place.batch();
    this.output = Blocks.allocate(arena, reversed ? steps * batch * outputs : 0);
    this.carried = Blocks.allocate(arena, batch * units);
    this.ends = StateBlock.of(place, states.h(), states.c(), state(time(steps - 1), true), cell);
  }

  /** The time that a step reads. */
  private int time(int step) {
    return goBackwards ? steps - 1 - step : step;
  }

  /** Which of the steps + 1 states a time begins from, or ends with. */
  private int state(int time, boolean after) {
    return after != goBackwards ? time + 1 : time;
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long begin = (long) state(time(0), false) * batch + first;
    beginStates(batch, first, rows, begin);
    dropInput(batch, first, rows);
    for (int slot = first; slot < first + rows; slot++) {
      draw(slot, slot);
    }
    int chunk =
        rows == batch ? RecurrentForward.chunk(steps, rows) : 1; // only whole steps are dense
    for (int step = 0; step < steps; step += chunk) {
      int count = Math.min(chunk, steps - step);
      int time = goBackwards ? steps - step - count : step;
      long row = (long) time * batch + first; // of (steps, batch)
      long at = reads[0].valuesOffset(batch) + row * features;
      project(count * rows, x, at, row * gateUnits);
      for (int i = step; i < step + count; i++) {
        forwardStep(i, batch, first, rows, part);
      }
    }
  }

  private void forwardStep(int step, int batch, int first, int rows, int part) {
    int time = time(step);
    long gate = ((long) time * batch + first) * gateUnits;
    long from = (long) state(time, false) * batch + first;
    long to = (long) state(time, true) * batch + first;
    step(part, first, rows, gate, from, to);
    if (reversed) {
      long out = ((long) step * batch + first) * outputs;
      Blocks.copy(states.h(), to * outputs, output, out, (long) rows * outputs);
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    long own = (long) first * units; // of carried
    long row = (long) first * outputs; // of dOutput
    beginCarried(first, rows, carried, own);
    long last = returnSequences ? (steps - 1L) * batch * outputs : 0;
    addFinal(first, rows, dOutput, row + last);
    for (int step = steps - 1; step >= 0; step--) {
      int time = time(step);
      long gate = ((long) time * batch + first) * gateUnits;
      long from = (long) state(time, false) * batch + first;
      long to = (long) state(time, true) * batch + first;
      long dh = row + (returnSequences ? (long) step * batch * outputs : 0);
      cell.backward(part, rows, states, gate, from, to, dOutput, dh, carried, own);
      if (step > 0) { // of sequences the gradient of the output before is there
        long before = returnSequences ? dh - (long) batch * outputs : dh;
        stateGradient(part, first, rows, gate, returnSequences, dOutput, before);
      }
      if (below.wantsGradient()) {
        long at = ((long) time * batch + first) * features;
        inputGradient(rows, gate, dx, at);
      }
    }
    initialGradients(batch, first, rows, part);
    inputDropped(batch, first, rows);
  }

  /** The gradients of what the states began from, after the backward of the first step. */
  private void initialGradients(int batch, int first, int rows, int part) {
    long own = (long) first * units;
    MemorySegment dh = initialH();
    if (dh != null) {
      long gate = ((long) time(0) * batch + first) * gateUnits;
      long to = (long) first * outputs;
      wholeStateGradient(part, first, rows, gate, carried, own, dh, to);
    }
    MemorySegment dc = initialC();
    if (dc != null) {
      Blocks.copy(carried, own, dc, own, (long) rows * units);
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    learnedGradients(batch, part, parts);
    int rows = steps * batch;
    long at = reads[0].valuesOffset(batch);
    long before = (long) state(0, false) * batch; // the row of h_{t-1} of time 0
    for (int row = 0; row < rows; row += GradientShare.CHUNK_ROWS) {
      int count = Math.min(GradientShare.CHUNK_ROWS, rows - row);
      weightGradients(
          part,
          row == 0,
          count,
          x,
          at + (long) row * features,
          h,
          (before + row) * outputs,
          states.gates(),
          (long) row * gateUnits);
    }
  }

  @Override
  public List<TrainingBlock> states() {
    return ends;
  }

  @Override
  public MemorySegment values() {
    return reversed ? output : states.h();
  }

  @Override
  public long valuesOffset(int batch) {
    int block = returnSequences ? (reversed ? 0 : 1) : state(time(steps - 1), true);
    return (long) block * batch * outputs;
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}

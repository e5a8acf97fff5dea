package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Multiply;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A timestep of a GRU with resetAfter in training, of any activations. A row of gates is that of
 * {@link GruTraining}, then what n, z and r are applied to, and q.
 */
public final class GeneralGruTraining extends GruTraining {
  private final Activation activation;
  private final Activation recurrentActivation;
  private final long inputs; // from a gate to what it is applied to
  private final MemorySegment scratch; // (parts, 2 * units)

  public GeneralGruTraining(
      int units, Activation activation, Activation recurrentActivation, TrainingPlace place) {
    super(units, activation, recurrentActivation, place, 8 * units);
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
    this.inputs = 4L * units;
    this.scratch = Blocks.allocate(Arena.ofAuto(), place.parts() * scratchSize());
  }

  @Override
  void project(int rows, MemorySegment x, long xOffset, MemorySegment gates, long gate) {
    long in = gate + inputs;
    Sgemm.multiplyBias(rows, x, xOffset, features, kernel, bias, 0, gates, in, rowOfGates);
    for (int row = 0; row < rows; row++) {
      long q = in + (long) row * rowOfGates + 3L * units;
      Blocks.copy(bias, 3L * units, gates, q, units);
    }
  }

  @Override
  void forward(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    long products = gate + inputs + units; // of z, r and q
    Sgemm.multiplyAdd(rows, h, from * units, units, recurrent, gates, products, rowOfGates);
    complete(part, rows, states, gate, from, to);
  }

  @Override
  GateLayout split() {
    return layout(inputs);
  }

  @Override
  void begin(int rows, MemorySegment gates, long gate) {
    super.begin(rows, gates, gate + inputs);
  }

  @Override
  void complete(int part, int rows, CellStates states, long gate, long from, long to) {
    MemorySegment gates = states.gates();
    MemorySegment h = states.h();
    for (int row = 0; row < rows; row++) {
      long n = gate + (long) row * rowOfGates;
      long z = n + units;
      long r = z + units;
      long in = n + inputs;
      long q = in + 3L * units;
      recurrentActivation.apply(2L * units, gates, in + units, gates, z);
      // n = a(n + r * q)
      Multiply.apply(units, gates, r, gates, q, gates, n);
      AddScaled.apply(units, 1, gates, n, gates, in);
      activation.apply(units, gates, in, gates, n);
      ResetBeforeForward.blend(units, gates, z, n, h, (from + row) * units, (to + row) * units);
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
    long first = part * scratchSize();
    long second = first + units;
    for (int row = 0; row < rows; row++) {
      long state = (long) row * units;
      long n = gate + (long) row * rowOfGates;
      long z = n + units;
      long r = z + units;
      long q = r + units;
      long d = carriedOffset + state;
      AddScaled.apply(units, 1, dh, dhOffset + state, carried, d);
      // first = d * (h_{t-1} - n);  second = d * z, kept for h_{t-1};  dz = first * s'(z)
      Blocks.copy(states.h(), (from + row) * units, scratch, first, units);
      AddScaled.apply(units, -1, gates, n, scratch, first);
      Multiply.apply(units, carried, d, scratch, first, scratch, first);
      Multiply.apply(units, carried, d, gates, z, scratch, second);
      gradient(recurrentActivation, gates, z, scratch, first);
      // dn = (d - d * z) * a'(n)
      AddScaled.apply(units, -1, scratch, second, carried, d);
      gradient(activation, gates, n, carried, d);
      Blocks.copy(scratch, second, carried, d, units);
      // dq = dn * r;  dr = dn * q * s'(r)
      Multiply.apply(units, gates, n, gates, q + inputs, scratch, first);
      Multiply.apply(units, gates, n, gates, r, gates, q);
      gradient(recurrentActivation, gates, r, scratch, first);
    }
  }

  /** A gate becomes what its pre-activation's gradient is, from its dy. */
  private void gradient(
      Activation of, MemorySegment gates, long gate, MemorySegment dy, long dyOffset) {
    if (of.needsInput()) {
      of.inputGradient(units, gates, gate + inputs, dy, dyOffset, gates, gate);
    } else {
      of.gradient(units, gates, gate, dy, dyOffset, gates, gate);
    }
  }
}

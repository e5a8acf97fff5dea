package dev.lanewise.lstm;

import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of an {@link Lstm}. Scratch: c (rows, units), h twice (rows, units), the gates
 * of a chunk of steps (chunk, rows, 4 * units), and with returnSequences the output (steps, rows,
 * units).
 */
final class LstmForward implements ForwardLayer {
  /** Rows that x W takes at once: enough to reuse each weight, few enough that they stay in L2. */
  static final int CHUNK_ROWS = 256;

  private final int features;
  private final int units;
  private final int gates;
  private final boolean returnSequences;
  private final boolean goBackwards;
  private final LstmCell cell;
  private final PackedMatrix kernel; // (features, 4 * units)
  private final PackedMatrix recurrent; // (units, 4 * units)
  private final @Nullable MemorySegment bias; // (4 * units)

  LstmForward(Lstm layer, int features, LayerWeights weights) {
    this.features = features;
    this.units = layer.units();
    this.gates = 4 * units;
    this.returnSequences = layer.returnSequences();
    this.goBackwards = layer.goBackwards();
    this.cell = new LstmCell(units, layer.activation(), layer.recurrentActivation());
    MemorySegment memory = weights.memory();
    Arena arena = Arena.ofAuto();
    this.kernel =
        PackedMatrix.ofGates(arena, features, gates)
            .pack(memory, weights.offset(WeightSpec.KERNEL), gates);
    this.recurrent =
        PackedMatrix.ofGates(arena, units, gates)
            .pack(memory, weights.offset(WeightSpec.RECURRENT_KERNEL), gates);
    this.bias = DenseForward.biasOf(weights, gates);
  }

  /** How many steps x W takes at once. */
  static int chunk(int steps, int rows) {
    return Math.clamp((CHUNK_ROWS + rows - 1L) / Math.max(1, rows), 1, steps);
  }

  private long block(int rows) {
    return Blocks.align((long) rows * units);
  }

  /** Where the gates begin: after c and h twice. */
  private long gatesOffset(int rows) {
    return 3 * block(rows);
  }

  @Override
  public long scratchSize(int steps, int rows) {
    long chunkRows =
        steps == 1 ? rows : rows + CHUNK_ROWS; // never less than chunk(steps, rows) * rows
    long sequence = returnSequences ? (long) steps * rows * units : 0;
    return gatesOffset(rows) + Blocks.align(chunkRows * gates) + sequence;
  }

  @Override
  public long forward(int steps, int rows, MemorySegment in, long inOffset, MemorySegment scratch) {
    long block = block(rows);
    long gatesOffset = gatesOffset(rows);
    int chunk = chunk(steps, rows);
    long out = gatesOffset + Blocks.align((long) chunk * rows * gates);
    Blocks.clear(scratch, 0, 2 * block); // c and the first h
    long h = block;
    for (int first = 0; first < steps; first += chunk) {
      int count = Math.min(chunk, steps - first);
      int time = goBackwards ? steps - first - count : first;
      project(count * rows, in, inOffset + (long) time * rows * features, scratch, gatesOffset);
      for (int i = 0; i < count; i++) {
        long gate = gatesOffset + (long) (goBackwards ? count - 1 - i : i) * rows * gates;
        long next = returnSequences ? out + (long) (first + i) * rows * units : 3 * block - h;
        cell.forward(
            rows, recurrent, scratch, h, scratch, 0, scratch, gate, scratch, 0, scratch, next);
        h = next;
      }
    }
    return returnSequences ? out : h;
  }

  @Override
  public long step(int rows, MemorySegment in, long inOffset, boolean odd, MemorySegment scratch) {
    long from = stateOffset(rows, odd);
    long to = stateOffset(rows, !odd);
    long gate = gatesOffset(rows);
    project(rows, in, inOffset, scratch, gate);
    cell.forward(
        rows, recurrent, scratch, from, scratch, 0, scratch, gate, scratch, 0, scratch, to);
    return to;
  }

  /** Where h lies before a {@link #step}, in elements; c is at 0. */
  long stateOffset(int rows, boolean odd) {
    return odd ? 2 * block(rows) : block(rows);
  }

  int units() {
    return units;
  }

  /** {@code gates = b + x W}. */
  private void project(int rows, MemorySegment x, long xOffset, MemorySegment out, long outOffset) {
    if (bias != null) {
      Sgemm.multiplyBias(rows, x, xOffset, features, kernel, bias, 0, out, outOffset, gates);
    } else {
      Sgemm.multiply(rows, x, xOffset, features, kernel, out, outOffset, gates);
    }
  }

  @Override
  public long work() {
    return (long) (features + units) * gates;
  }
}

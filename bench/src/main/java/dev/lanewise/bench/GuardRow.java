package dev.lanewise.bench;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link Guard} measures: one thing on one thread.
 *
 * @param name a key of the marks
 * @param flops of a call; 0 where only the cells count
 * @param cells that a call updates, 0 for a product
 * @param body the call
 * @param products the call's products alone, to be subtracted for the time of its cells; does
 *     nothing for a product
 */
record GuardRow(String name, double flops, long cells, Runnable body, Runnable products) {

  /** Counts of rows that choose each tile, and what is left of it. */
  private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 16, 64};

  private static final int[] BATCHES = {1, 2, 3, 16, 64};

  /** Whole strips at every width, an even number of them: B lies in L2, A and C in L1. */
  private static final int COLUMNS = 128;

  /** About what a cell's nonlinearities are worth: its mark is a share of the peak too. */
  private static final double CELL_FLOPS = 100;

  private static final int CELL_BATCH = 64;
  private static final int CELL_UNITS = 16;

  static List<GuardRow> all() {
    List<GuardRow> rows = new ArrayList<>();
    for (int k : new int[] {128, 256}) {
      for (int m : ROWS) {
        String name = "sgemm-m" + m + "-k" + k;
        rows.add(
            new GuardRow(
                name, 2.0 * m * COLUMNS * k, 0, Roofline.product(m, COLUMNS, k), () -> {}));
      }
    }
    rows.add(cell());
    for (String name : new String[] {"seed-torch", "mnist", "seq1-h128"}) {
      LstmShape s = LstmShape.named(name);
      for (int batch : BATCHES) {
        rows.add(forward(new LstmShape(name, batch, s.timesteps(), s.features(), s.units())));
      }
    }
    return rows;
  }

  /** The floating-point operations that the share is of. */
  double work() {
    return flops > 0 ? flops : CELL_FLOPS * cells;
  }

  /** The cell by itself: few units, so that its product is short, and is subtracted. */
  private static GuardRow cell() {
    int gates = 4 * CELL_UNITS;
    PackedMatrix u = gates(CELL_UNITS, CELL_UNITS);
    LstmCell cell = new LstmCell(CELL_UNITS, Activation.TANH, Activation.SIGMOID);
    long state = (long) CELL_BATCH * CELL_UNITS;
    MemorySegment h = Inputs.floats(state, 1, 2);
    MemorySegment next = Inputs.floats(state, 1, 3);
    MemorySegment c = Inputs.floats(state, 1, 4);
    MemorySegment z = Inputs.floats(4 * state, 1, 5);
    Runnable body = () -> cell.forward(CELL_BATCH, u, h, 0, c, 0, z, 0, c, 0, next, 0);
    MemorySegment sums = Inputs.floats(4 * state, 1, 6);
    Runnable product = () -> Sgemm.multiply(CELL_BATCH, h, 0, CELL_UNITS, u, sums, 0, gates);
    return new GuardRow("cell-b" + CELL_BATCH, 0, state, body, product);
  }

  private static GuardRow forward(LstmShape s) {
    Lstm layer = Lstm.builder(s.units()).returnSequences(true).build();
    Sequential model = Sequential.of(layer).build(s.features(), 1);
    Predictor predictor = model.predictor(PredictorOptions.builder().threads(1).build());
    Tensor x = Inputs.tensor(2, s.batch(), s.timesteps(), s.features());
    Tensor y = predictor.predict(x);
    long cells = (long) s.batch() * s.timesteps() * s.units();
    return new GuardRow(
        "forward-" + s.name() + "-b" + s.batch(),
        s.flops(),
        cells,
        () -> predictor.predict(x, y),
        products(s));
  }

  /** x W of all steps, then h U of each. */
  private static Runnable products(LstmShape s) {
    int rows = s.batch() * s.timesteps();
    int gates = 4 * s.units();
    PackedMatrix w = gates(s.features(), s.units());
    PackedMatrix u = gates(s.units(), s.units());
    MemorySegment x = Inputs.floats((long) rows * s.features(), 1, 2);
    MemorySegment h = Inputs.floats((long) s.batch() * s.units(), 1, 3);
    MemorySegment z = Inputs.floats((long) rows * gates, 1, 4);
    return () -> {
      Sgemm.multiply(rows, x, 0, s.features(), w, z, 0, gates);
      for (int step = 0; step < s.timesteps(); step++) {
        long at = (long) step * s.batch() * gates;
        Sgemm.multiply(s.batch(), h, 0, s.units(), u, z, at, gates);
      }
    };
  }

  private static PackedMatrix gates(int k, int units) {
    MemorySegment b = Inputs.floats(4L * k * units, 0.1, 1);
    return PackedMatrix.ofGates(Arena.ofAuto(), k, 4 * units).pack(b, 0, 4L * units);
  }
}

package dev.lanewise.bench;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.GruCell;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.kernels.WeightFormat;
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

  /** Whole strips of a GRU's three gates at every width, an even number of them. */
  private static final int GRU_UNITS = 64;

  private static final int GRU_FEATURES = 128;

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
    for (int m : ROWS) {
      rows.add(gruGates(m));
    }
    rows.add(lstmCell());
    rows.add(gruCell());
    for (String name :
        new String[] {"seed-torch", "mnist", "seq1-h128", "mnist-gru", "seq1-h128-gru"}) {
      for (int batch : BATCHES) {
        rows.add(forward(LayerShape.named(name).ofBatch(batch)));
      }
    }
    return rows;
  }

  /** The floating-point operations that the share is of. */
  double work() {
    return flops > 0 ? flops : CELL_FLOPS * cells;
  }

  /** The product by three gates, which has tiles of its own. */
  private static GuardRow gruGates(int m) {
    int columns = Cell.GRU.gates() * GRU_UNITS;
    PackedMatrix w = gates(Cell.GRU, GRU_FEATURES, GRU_UNITS);
    MemorySegment x = Inputs.floats((long) m * GRU_FEATURES, 1, 2);
    MemorySegment z = Inputs.floats((long) m * columns, 1, 3);
    return new GuardRow(
        "sgemm-gru-m" + m + "-k" + GRU_FEATURES,
        2.0 * m * columns * GRU_FEATURES,
        0,
        () -> Sgemm.multiply(m, x, 0, GRU_FEATURES, w, z, 0, columns),
        () -> {});
  }

  /** The cell by itself: few units, so that its product is short, and is subtracted. */
  private static GuardRow lstmCell() {
    int gates = Cell.LSTM.gates() * CELL_UNITS;
    PackedMatrix u = gates(Cell.LSTM, CELL_UNITS, CELL_UNITS);
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

  /** The same of a GRU. Its gates bring q to be added to: from call to call it must not grow. */
  private static GuardRow gruCell() {
    int gates = Cell.GRU.gates() * CELL_UNITS;
    MemorySegment b = Inputs.floats((long) CELL_UNITS * gates, 0.1, 1);
    for (int row = 0; row < CELL_UNITS; row++) {
      long n = (long) row * gates + 2 * CELL_UNITS;
      b.asSlice(n * Float.BYTES, CELL_UNITS * Float.BYTES).fill((byte) 0);
    }
    PackedMatrix u = gates(Cell.GRU, CELL_UNITS, b);
    GruCell cell = new GruCell(CELL_UNITS, CELL_UNITS, Activation.TANH, Activation.SIGMOID);
    long state = (long) CELL_BATCH * CELL_UNITS;
    MemorySegment h = Inputs.floats(state, 1, 2);
    MemorySegment next = Inputs.floats(state, 1, 3);
    MemorySegment z = Inputs.floats(4 * state, 1, 4);
    Runnable body = () -> cell.forward(CELL_BATCH, u, h, 0, z, 0, next, 0);
    MemorySegment sums = Inputs.floats(CELL_BATCH * (long) gates, 1, 5);
    Runnable product = () -> Sgemm.multiply(CELL_BATCH, h, 0, CELL_UNITS, u, sums, 0, gates);
    return new GuardRow("cell-gru-b" + CELL_BATCH, 0, state, body, product);
  }

  private static GuardRow forward(LayerShape s) {
    Sequential model = Sequential.of(s.cell().layer(s.units(), true)).build(s.features(), 1);
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
  private static Runnable products(LayerShape s) {
    int rows = s.batch() * s.timesteps();
    int gates = s.cell().gates() * s.units();
    PackedMatrix w = gates(s.cell(), s.features(), s.units());
    PackedMatrix u = gates(s.cell(), s.units(), s.units());
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

  private static PackedMatrix gates(Cell cell, int k, int units) {
    return gates(cell, units, Inputs.floats((long) cell.gates() * k * units, 0.1, 1));
  }

  /** Of (k, gates * units). */
  private static PackedMatrix gates(Cell cell, int units, MemorySegment b) {
    int n = cell.gates() * units;
    int k = Math.toIntExact(b.byteSize() / Float.BYTES / n);
    return PackedMatrix.ofGates(Arena.ofAuto(), k, n, cell.gates(), WeightFormat.FLOAT32)
        .pack(b, 0, n);
  }
}

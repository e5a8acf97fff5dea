package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;

/** What {@link LstmCell} asks of its operands: sizes, extents, and which may be the same memory. */
final class LstmOperands {

  private static final String NAME = "LstmCell";

  private final int units;
  private final int gateStride;

  LstmOperands(int units, int gateStride) {
    this.units = units;
    this.gateStride = gateStride;
  }

  void checkProject(
      int rows,
      MemorySegment x,
      long xOffset,
      PackedMatrix kernel,
      MemorySegment bias,
      long biasOffset,
      MemorySegment gates,
      long gatesOffset) {
    Operands.size(NAME, "rows", rows);
    if (kernel.n() != 4 * units || kernel.blocks() != 4) {
      throw new IllegalArgumentException(
          KernelErrors.packedShape(
              NAME, "kernel", kernel, "(features, " + 4 * units + ") in gates"));
    }
    long row = 4L * gateStride;
    long in = (long) rows * kernel.k();
    Operands.input(NAME, "kernel", kernel.memory(), 0, 0);
    Operands.input(NAME, "x", x, xOffset, in);
    Operands.input(NAME, "bias", bias, biasOffset, row);
    Operands.output(NAME, "gates", gates, gatesOffset, rows * row);
    disjoint("x", x, xOffset, in, "gates", gates, gatesOffset, rows * row);
    disjoint("bias", bias, biasOffset, row, "gates", gates, gatesOffset, rows * row);
  }

  void checkForward(
      int rows,
      PackedMatrix recurrent,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment c,
      long cOffset,
      MemorySegment h,
      long hOffset) {
    Operands.size(NAME, "rows", rows);
    if (recurrent.k() != units || recurrent.n() != 4 * units || recurrent.blocks() != 4) {
      throw new IllegalArgumentException(
          KernelErrors.packedShape(
              NAME, "recurrent", recurrent, "(" + units + ", " + 4 * units + ") in gates"));
    }
    long state = (long) rows * units;
    long z = 4L * rows * gateStride;
    Operands.input(NAME, "recurrent", recurrent.memory(), 0, 0);
    Operands.input(NAME, "hPrevious", hPrevious, hPreviousOffset, state);
    Operands.input(NAME, "cPrevious", cPrevious, cPreviousOffset, state);
    Operands.output(NAME, "gates", gates, gatesOffset, z);
    Operands.output(NAME, "c", c, cOffset, state);
    Operands.output(NAME, "h", h, hOffset, state);
    Operands.disjoint(
        NAME,
        "hPrevious",
        hPrevious,
        hPreviousOffset,
        state,
        "h",
        h,
        hOffset,
        state,
        "every unit of h_t reads all of h_{t-1}");
    disjoint("hPrevious", hPrevious, hPreviousOffset, state, "c", c, cOffset, state);
    disjoint("hPrevious", hPrevious, hPreviousOffset, state, "gates", gates, gatesOffset, z);
    disjoint("cPrevious", cPrevious, cPreviousOffset, state, "h", h, hOffset, state);
    disjoint("cPrevious", cPrevious, cPreviousOffset, state, "gates", gates, gatesOffset, z);
    disjoint("gates", gates, gatesOffset, z, "h", h, hOffset, state);
    disjoint("gates", gates, gatesOffset, z, "c", c, cOffset, state);
    disjoint("c", c, cOffset, state, "h", h, hOffset, state);
    Operands.sameOrDisjoint(NAME, "cPrevious", cPrevious, cPreviousOffset, "c", c, cOffset, state);
  }

  void checkBackward(
      int rows,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment c,
      long cOffset,
      MemorySegment dh,
      long dhOffset,
      MemorySegment dc,
      long dcOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment scratch,
      long scratchOffset) {
    Operands.size(NAME, "rows", rows);
    long state = (long) rows * units;
    long z = 4L * rows * gateStride;
    Operands.input(NAME, "cPrevious", cPrevious, cPreviousOffset, state);
    Operands.input(NAME, "c", c, cOffset, state);
    Operands.input(NAME, "dh", dh, dhOffset, state);
    Operands.output(NAME, "dc", dc, dcOffset, state);
    Operands.output(NAME, "gates", gates, gatesOffset, z);
    Operands.output(NAME, "scratch", scratch, scratchOffset, 2L * units);
    disjoint("cPrevious", cPrevious, cPreviousOffset, state, "dc", dc, dcOffset, state);
    disjoint("c", c, cOffset, state, "dc", dc, dcOffset, state);
    disjoint("dh", dh, dhOffset, state, "dc", dc, dcOffset, state);
    disjoint("cPrevious", cPrevious, cPreviousOffset, state, "gates", gates, gatesOffset, z);
    disjoint("c", c, cOffset, state, "gates", gates, gatesOffset, z);
    disjoint("dh", dh, dhOffset, state, "gates", gates, gatesOffset, z);
    disjoint("dc", dc, dcOffset, state, "gates", gates, gatesOffset, z);
    long width = 2L * units;
    disjoint(
        "cPrevious", cPrevious, cPreviousOffset, state, "scratch", scratch, scratchOffset, width);
    disjoint("c", c, cOffset, state, "scratch", scratch, scratchOffset, width);
    disjoint("dh", dh, dhOffset, state, "scratch", scratch, scratchOffset, width);
    disjoint("dc", dc, dcOffset, state, "scratch", scratch, scratchOffset, width);
    disjoint("gates", gates, gatesOffset, z, "scratch", scratch, scratchOffset, width);
  }

  private static void disjoint(
      String aName,
      MemorySegment a,
      long aOffset,
      long aExtent,
      String bName,
      MemorySegment b,
      long bOffset,
      long bExtent) {
    Operands.disjoint(
        NAME, aName, a, aOffset, aExtent, bName, b, bOffset, bExtent, "each needs its own memory");
  }
}

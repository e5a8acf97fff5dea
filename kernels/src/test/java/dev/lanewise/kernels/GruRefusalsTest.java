package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What {@link GruCell} says to operands that do not fit, word for word. */
class GruRefusalsTest {

  private static final GruCell CELL = new GruCell(3, 3, Activation.TANH, Activation.SIGMOID);
  private static final PackedMatrix U =
      PackedMatrix.ofGates(Arena.ofAuto(), 3, 9, 3, WeightFormat.FLOAT32);
  private static final MemorySegment S = room(100);

  private static MemorySegment room(int elements) {
    return Arena.ofAuto().allocate(4L * elements, 4);
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  private static String illegal(Runnable call) {
    return message(IllegalArgumentException.class, call);
  }

  private static String outside(Runnable call) {
    return message(IndexOutOfBoundsException.class, call);
  }

  private static String closed(Runnable call) {
    return message(IllegalStateException.class, call);
  }

  private static void forward(PackedMatrix u, MemorySegment h, MemorySegment z, MemorySegment to) {
    CELL.forward(2, u, h, 0, z, 10, to, 40);
  }

  private static void project(
      PackedMatrix w, MemorySegment x, MemorySegment bias, MemorySegment gates) {
    CELL.project(2, x, 0, w, bias, 10, gates, 40);
  }

  private static void backward(
      MemorySegment h,
      MemorySegment dh,
      MemorySegment carried,
      MemorySegment gates,
      MemorySegment scratch) {
    CELL.backward(2, h, 0, dh, 10, carried, 20, gates, 30, scratch, 60);
  }

  @Test
  void rejectsSizes() {
    assertEquals(
        "GruCell: units=-1, expected 0 or more",
        illegal(() -> new GruCell(-1, 0, Activation.TANH, Activation.SIGMOID)));
    assertEquals(
        "GruCell: gateStride=4 < units=5 (a row of gates is 4 x gateStride)",
        illegal(() -> new GruCell(5, 4, Activation.TANH, Activation.SIGMOID)));
    String rows = "GruCell: rows=-3, expected 0 or more";
    assertEquals(rows, illegal(() -> CELL.project(-3, S, 0, U, S, 10, S, 40)));
    assertEquals(rows, illegal(() -> CELL.forward(-3, U, S, 0, S, 10, S, 40)));
    assertEquals(rows, illegal(() -> CELL.backward(-3, S, 0, S, 10, S, 20, S, 30, S, 60)));
  }

  @Test
  void rejectsAKernelPackedForSomethingElse() {
    Arena arena = Arena.ofAuto();
    PackedMatrix plain = PackedMatrix.of(arena, 3, 9);
    PackedMatrix wide = PackedMatrix.ofGates(arena, 3, 12);
    PackedMatrix wider = PackedMatrix.ofGates(arena, 3, 15, 3, WeightFormat.FLOAT32);
    PackedMatrix tall = PackedMatrix.ofGates(arena, 4, 9, 3, WeightFormat.FLOAT32);
    String expected = ", expected (3, 9) in 3 gates";
    String is = "GruCell: recurrent is packed ";
    assertEquals(is + "(3, 9)" + expected, illegal(() -> forward(plain, S, S, S)));
    assertEquals(is + "(3, 12) in gates" + expected, illegal(() -> forward(wide, S, S, S)));
    assertEquals(is + "(3, 15) in 3 gates" + expected, illegal(() -> forward(wider, S, S, S)));
    assertEquals(is + "(4, 9) in 3 gates" + expected, illegal(() -> forward(tall, S, S, S)));
    String any = ", expected (features, 9) in 3 gates";
    String w = "GruCell: kernel is packed ";
    assertEquals(w + "(3, 9)" + any, illegal(() -> project(plain, S, S, S)));
    assertEquals(w + "(3, 12) in gates" + any, illegal(() -> project(wide, S, S, S)));
    assertEquals(w + "(3, 15) in 3 gates" + any, illegal(() -> project(wider, S, S, S)));
    CELL.project(2, S, 0, tall, S, 10, S, 40);
  }

  @Test
  void rejectsOperandsThatReachOutsideTheirSegments() {
    MemorySegment x = room(5);
    String six = " takes 6 elements from offset ";
    String holds = ", but its segment holds 5";
    String gates = "GruCell: gates takes 24 elements from offset 77, but its segment holds 100";
    assertEquals("GruCell: x" + six + 0 + holds, outside(() -> project(U, x, S, S)));
    assertEquals(
        "GruCell: bias takes 12 elements from offset 10, but its segment holds 5",
        outside(() -> project(U, S, x, S)));
    assertEquals(gates, outside(() -> CELL.project(2, S, 0, U, S, 10, S, 77)));
    assertEquals("GruCell: hPrevious" + six + 0 + holds, outside(() -> forward(U, x, S, S)));
    assertEquals(gates, outside(() -> CELL.forward(2, U, S, 0, S, 77, S, 40)));
    assertEquals("GruCell: h" + six + 40 + holds, outside(() -> forward(U, S, S, x)));
    assertEquals("GruCell: hPrevious" + six + 0 + holds, outside(() -> backward(x, S, S, S, S)));
    assertEquals("GruCell: dh" + six + 10 + holds, outside(() -> backward(S, x, S, S, S)));
    assertEquals("GruCell: carried" + six + 20 + holds, outside(() -> backward(S, S, x, S, S)));
    assertEquals(gates, outside(() -> CELL.backward(2, S, 0, S, 10, S, 20, S, 77, S, 60)));
    assertEquals("GruCell: scratch" + six + 60 + holds, outside(() -> backward(S, S, S, S, x)));
  }

  @Test
  void rejectsHeapSegments() {
    MemorySegment heap = MemorySegment.ofArray(new float[100]);
    String is =
        " is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)";
    assertEquals("GruCell: x" + is, illegal(() -> project(U, heap, S, S)));
    assertEquals("GruCell: bias" + is, illegal(() -> project(U, S, heap, S)));
    assertEquals("GruCell: gates" + is, illegal(() -> project(U, S, S, heap)));
    assertEquals("GruCell: hPrevious" + is, illegal(() -> forward(U, heap, S, S)));
    assertEquals("GruCell: gates" + is, illegal(() -> forward(U, S, heap, S)));
    assertEquals("GruCell: h" + is, illegal(() -> forward(U, S, S, heap)));
    assertEquals("GruCell: hPrevious" + is, illegal(() -> backward(heap, S, S, S, S)));
    assertEquals("GruCell: dh" + is, illegal(() -> backward(S, heap, S, S, S)));
    assertEquals("GruCell: carried" + is, illegal(() -> backward(S, S, heap, S, S)));
    assertEquals("GruCell: gates" + is, illegal(() -> backward(S, S, S, heap, S)));
    assertEquals("GruCell: scratch" + is, illegal(() -> backward(S, S, S, S, heap)));
  }

  @Test
  void rejectsReadOnlyOutputsAndTakesReadOnlyInputs() {
    MemorySegment fixed = S.asReadOnly();
    String is = " is written, but its segment is read-only";
    assertEquals("GruCell: gates" + is, illegal(() -> project(U, S, S, fixed)));
    assertEquals("GruCell: gates" + is, illegal(() -> forward(U, S, fixed, S)));
    assertEquals("GruCell: h" + is, illegal(() -> forward(U, S, S, fixed)));
    assertEquals("GruCell: carried" + is, illegal(() -> backward(S, S, fixed, S, S)));
    assertEquals("GruCell: gates" + is, illegal(() -> backward(S, S, S, fixed, S)));
    assertEquals("GruCell: scratch" + is, illegal(() -> backward(S, S, S, S, fixed)));
    project(U, fixed, fixed, S);
    forward(U, fixed, S, S);
    backward(fixed, fixed, S, S, S);
  }

  @Test
  void rejectsClosedArenas() {
    MemorySegment gone;
    PackedMatrix packed;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(400, 4);
      packed = PackedMatrix.ofGates(arena, 3, 9, 3, WeightFormat.FLOAT32);
    }
    String the = "GruCell: the arena of ";
    assertEquals(the + "kernel is closed", closed(() -> project(packed, S, S, S)));
    assertEquals(the + "x is closed", closed(() -> project(U, gone, S, S)));
    assertEquals(the + "bias is closed", closed(() -> project(U, S, gone, S)));
    assertEquals(the + "gates is closed", closed(() -> project(U, S, S, gone)));
    assertEquals(the + "recurrent is closed", closed(() -> forward(packed, S, S, S)));
    assertEquals(the + "hPrevious is closed", closed(() -> forward(U, gone, S, S)));
    assertEquals(the + "gates is closed", closed(() -> forward(U, S, gone, S)));
    assertEquals(the + "h is closed", closed(() -> forward(U, S, S, gone)));
    assertEquals(the + "hPrevious is closed", closed(() -> backward(gone, S, S, S, S)));
    assertEquals(the + "dh is closed", closed(() -> backward(S, gone, S, S, S)));
    assertEquals(the + "carried is closed", closed(() -> backward(S, S, gone, S, S)));
    assertEquals(the + "gates is closed", closed(() -> backward(S, S, S, gone, S)));
    assertEquals(the + "scratch is closed", closed(() -> backward(S, S, S, S, gone)));
  }

  @Test
  void rejectsWeightsNarrowerThanFloats() {
    PackedMatrix narrow = PackedMatrix.ofGates(Arena.ofAuto(), 3, 9, 3, WeightFormat.BFLOAT16);
    assertEquals(
        "GruCell: recurrent is packed (3, 9) in 3 gates, BFLOAT16, expected (3, 9) in 3 gates",
        illegal(() -> forward(narrow, S, S, S)));
  }
}

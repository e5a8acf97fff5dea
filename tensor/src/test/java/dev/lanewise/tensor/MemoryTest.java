package dev.lanewise.tensor;

import static dev.lanewise.tensor.Messages.assertFails;
import static dev.lanewise.tensor.Messages.assertRejects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Whose memory it is: arenas, threads, a caller's segments. */
class MemoryTest {
  /** Everything that touches the memory of a (2, 3) tensor, by the operation its error names. */
  private static Map<String, Executable> touches(Tensor tensor) {
    Map<String, Executable> touches = new LinkedHashMap<>();
    touches.put("Tensor.get", () -> tensor.get(0, 0));
    touches.put("Tensor.set", () -> tensor.set(1, 0, 0));
    touches.put("Tensor.segment", tensor::segment);
    touches.put("Tensor.copy", tensor::copy);
    touches.put("Tensor.copyFrom", () -> tensor.copyFrom(Tensor.zeros(2, 3)));
    touches.put("Tensor.fill", () -> tensor.fill(1));
    touches.put("Tensor.pad", () -> tensor.pad(0, 1, 1, 0));
    touches.put("Tensor.padEdge", () -> tensor.padEdge(0, 1, 1));
    touches.put("Tensor.padReflect", () -> tensor.padReflect(0, 1, 1));
    touches.put("Tensor.tile", () -> tensor.tile(1, 2));
    touches.put("Tensor.gather", () -> tensor.gather(0, 1));
    touches.put("Tensor.arrayEqual", () -> tensor.arrayEqual(Tensor.zeros(2, 3)));
    touches.put("Tensor.toInt", tensor::toInt);
    touches.put("Tensor.toArray", tensor::toArray);
    touches.put("Tensor.allClose", () -> tensor.allClose(Tensor.zeros(2, 3)));
    touches.put("Tensor.concat", () -> Tensor.concat(0, Tensor.zeros(2, 3), tensor));
    touches.put("Tensor.stack", () -> Tensor.stack(0, Tensor.zeros(2, 3), tensor));
    return touches;
  }

  @Test
  void rejectsUseAfterTheArenaWasClosed() {
    Tensor tensor;
    try (Arena arena = Arena.ofConfined()) {
      tensor = Tensor.zeros(arena, 2, 3);
    }
    String rest =
        ": the Arena of this (2, 3) tensor was closed; use it before that, or keep a copy()";
    touches(tensor)
        .forEach(
            (operation, touch) ->
                assertFails(IllegalStateException.class, operation + rest, touch));
    assertFails(
        IllegalStateException.class,
        "Tensor.copyFrom" + rest,
        () -> Tensor.zeros(2, 3).copyFrom(tensor));
    assertFails(
        IllegalStateException.class,
        "Tensor.allClose" + rest,
        () -> Tensor.zeros(2, 3).allClose(tensor));
  }

  @Test
  void viewsOfAClosedTensorAreClosedToo() {
    Tensor view;
    try (Arena arena = Arena.ofShared()) {
      view = Tensor.zeros(arena, 2, 3).transpose();
    }
    assertFails(
        IllegalStateException.class,
        "Tensor.contiguous: the Arena of this (3, 2) tensor was closed; use it before that, or keep"
            + " a copy()",
        view::contiguous);
    assertFails(
        IllegalStateException.class,
        "Tensor.reshape: the Arena of this (3, 2) tensor was closed; use it before that, or keep a"
            + " copy()",
        () -> view.reshape(6));
    assertEquals("Tensor (3, 2), its Arena closed", view.toString());
  }

  @Test
  void aCopyOutlivesTheArena() {
    Tensor copy;
    try (Arena arena = Arena.ofConfined()) {
      copy = Tensor.of(arena, new float[] {1, 2}, 2).copy();
    }
    assertEquals(2, copy.get(1));
  }

  @Test
  void aCopyInAnArenaDiesWithIt() {
    Tensor copy;
    try (Arena arena = Arena.ofConfined()) {
      copy = Tensor.arange(3).copy(arena);
      assertEquals(2, copy.get(2));
    }
    assertThrows(IllegalStateException.class, () -> copy.get(2));
  }

  @Test
  void rejectsUseFromAnotherThreadThanAConfinedArenas() throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = Tensor.zeros(arena, 2, 3);
      inThread(
          "worker",
          () ->
              touches(tensor)
                  .forEach(
                      (operation, touch) ->
                          assertFails(
                              WrongThreadException.class,
                              operation
                                  + ": the Arena of this (2, 3) tensor is confined to another"
                                  + " thread than worker; make the tensor in Arena.ofShared(), or"
                                  + " without an Arena",
                              touch)));
      inThread(
          "worker",
          () ->
              assertEquals(
                  "Tensor (2, 3), its Arena confined to another thread", tensor.toString()));
    }
  }

  @Test
  void tensorsWithoutAnArenaAndInASharedOneGoToAnyThread() throws InterruptedException {
    try (Arena arena = Arena.ofShared()) {
      Tensor shared = Tensor.of(arena, new float[] {1}, 1);
      Tensor free = Tensor.of(new float[] {2}, 1);
      inThread("worker", () -> assertEquals(3, shared.get(0) + free.get(0)));
    }
  }

  private static void inThread(String name, Runnable action) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(action, name);
    thread.setUncaughtExceptionHandler((ignored, error) -> thrown.set(error));
    thread.start();
    thread.join();
    if (thrown.get() != null) {
      throw new AssertionError("in thread " + name, thrown.get());
    }
  }

  @Test
  void rejectsToAllocateInAClosedArena() {
    Arena arena = Arena.ofConfined();
    arena.close();
    assertFails(
        IllegalStateException.class,
        "Tensor.zeros: the Arena that (2, 3) was to be made in was closed",
        () -> Tensor.zeros(arena, 2, 3));
    assertFails(
        IllegalStateException.class,
        "Tensor.of: the Arena that (1) was to be made in was closed",
        () -> Tensor.of(arena, new float[1], 1));
    assertFails(
        IllegalStateException.class,
        "Tensor.copy: the Arena that (4) was to be made in was closed",
        () -> Tensor.zeros(4).copy(arena));
  }

  @Test
  void rejectsToAllocateInAnotherThreadsArena() throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      inThread(
          "worker",
          () ->
              assertFails(
                  WrongThreadException.class,
                  "Tensor.zeros: the Arena that (2) was to be made in is confined to another thread"
                      + " than worker; use Arena.ofShared(), or none",
                  () -> Tensor.zeros(arena, 2)));
    }
  }

  @Test
  void saysHowMuchItWantedWhereThereIsNoRoom() {
    OutOfMemoryError error =
        assertThrows(OutOfMemoryError.class, () -> Tensor.zeros(1L << 40, 1L << 10));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "Tensor.zeros: no room for (1099511627776, 1024), 4503599627370496 bytes off the"
                    + " heap; -XX:MaxDirectMemorySize sets the limit, tensors in an Arena of your"
                    + " own are freed when it closes. "),
        error.getMessage());
    assertNotNull(error.getCause());
  }

  @Test
  void rejectsAnArrayLongerThanJavaAllows() {
    // Memory that is never touched is never paid for, but the tests cannot ask for 8 GiB of it.
    Shape shape = Shape.of(1L << 31);
    assertEquals(
        "Tensor.toArray: (2147483648) has 2147483648 elements, a Java array holds at most"
            + " 2147483647; take slices, or read segment()",
        TensorErrors.tooLongForArray("Tensor.toArray", shape).getMessage());
  }

  @Test
  void wrapSharesTheCallersMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 0, 1, 2, 3, 4, 5);
      Tensor tensor = Tensor.wrap(memory, 2, 3);
      Plain.counting(2, 3).assertReads(tensor);
      tensor.set(9, 1, 2);
      assertEquals(9, memory.getAtIndex(ValueLayout.JAVA_FLOAT, 5));
      memory.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 8);
      assertEquals(8, tensor.get(0, 0));
    }
  }

  @Test
  void wrapTakesEmptySegmentsAndSingleNumbers() {
    assertEquals(0, Tensor.wrap(MemorySegment.NULL, 0, 3).size());
    try (Arena arena = Arena.ofConfined()) {
      assertEquals(0, Tensor.wrap(arena.allocate(4, 4)).get());
    }
  }

  @Test
  void wrapRejectsHeapSegments() {
    assertRejects(
        "Tensor.wrap: the segment for (2, 3) is on the Java heap, a tensor needs native memory;"
            + " Tensor.of(values, 2, 3) copies a float[]",
        () -> Tensor.wrap(MemorySegment.ofArray(new float[6]), 2, 3));
  }

  @Test
  void wrapRejectsASegmentOfAnotherSize() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(24, 4);
      assertRejects(
          "Tensor.wrap: (2, 4) takes 32 bytes but the segment has 24",
          () -> Tensor.wrap(memory, 2, 4));
      assertRejects(
          "Tensor.wrap: (5) takes 20 bytes but the segment has 24;"
              + " segment.asSlice(0, 20) is its first part",
          () -> Tensor.wrap(memory, 5));
    }
  }

  @Test
  void wrapRejectsAMisalignedSegment() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(32, 4);
      assertRejects(
          "Tensor.wrap: the segment for (2, 3) starts 1 byte past a multiple of 4, where no float32"
              + " may be; copy it: Tensor.zeros(2, 3).segment().copyFrom(segment)",
          () -> Tensor.wrap(memory.asSlice(1, 24), 2, 3));
    }
  }

  @Test
  void wrapRejectsAClosedSegment() {
    Arena arena = Arena.ofConfined();
    MemorySegment memory = arena.allocate(24, 4);
    arena.close();
    assertFails(
        IllegalStateException.class,
        "Tensor.wrap: the Arena of this (2, 3) tensor was closed; use it before that, or keep a"
            + " copy()",
        () -> Tensor.wrap(memory, 2, 3));
  }

  @Test
  void readOnlyMemoryIsReadAndNotWritten() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = Tensor.wrap(arena.allocate(24, 4).asReadOnly(), 2, 3);
      assertEquals(0, tensor.get(0, 0));
      String rest =
          ": this (2, 3) tensor is read-only: its segment is, as that of a model's weight, which Weight.set(..) changes, or it is a view whose elements share memory (unfold, broadcastTo); copy() is writable";
      Map<String, Executable> touches = touches(tensor);
      for (String operation : new String[] {"Tensor.set", "Tensor.fill", "Tensor.copyFrom"}) {
        assertFails(UnsupportedOperationException.class, operation + rest, touches.get(operation));
      }
      tensor.copy().set(1, 0, 0);
    }
  }

  @Test
  void keepsTheCauseWhereTheArenaRefuses() {
    Arena arena = Arena.ofConfined();
    arena.close();
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> Tensor.zeros(arena, 1));
    assertInstanceOf(IllegalStateException.class, error.getCause());
  }
}

package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedStepsTest {
  private static final int FEATURES = 5;

  /** Enough that one row's step is shared. */
  private static final int UNITS = 136;

  @Test
  void aSharedLayerIsTheLayerAlone() {
    for (boolean sequences : new boolean[] {false, true}) {
      for (boolean backwards : new boolean[] {false, true}) {
        RecurrentForward layer = layer(sequences, backwards);
        for (int threads : new int[] {2, 3, 5}) {
          try (Workers team = new Workers(threads)) {
            for (int steps : new int[] {1, 2, 7, 131}) {
              check(layer, sequences, steps, 1, team);
            }
            check(layer, sequences, 40, 5, team); // x W of 26 steps at once, then of 14
            check(layer, sequences, 3, 130, team); // of one
          }
        }
        try (Workers team = new Workers(40)) { // more threads than strips
          check(layer, sequences, 7, 1, team);
        }
      }
    }
  }

  @Test
  void aSharedStreamIsTheStreamAlone() {
    int rows = 2; // enough that one step is shared
    RecurrentForward layer = layer(false, false);
    assertTrue(layer.sharesSteps(1, rows));
    LayerScratch alone = new LayerScratch(Arena.ofAuto(), layer, 1, rows);
    LayerScratch shared = new LayerScratch(Arena.ofAuto(), layer, 1, rows);
    try (Workers team = new Workers(3)) {
      shared.team(team);
      for (int step = 0; step < 5; step++) {
        MemorySegment x = ReferenceModel.random(step, rows, FEATURES).segment();
        boolean odd = step % 2 != 0;
        long expected = layer.step(rows, x, 0, odd, alone, new StepMask());
        long actual = layer.step(rows, x, 0, odd, shared, new StepMask());
        assertArrayEquals(output(alone, expected, rows), output(shared, actual, rows));
      }
    }
  }

  @Test
  void partsAwaitThreadsThatHaveParked() throws InterruptedException {
    RecurrentForward layer = layer(true, false);
    try (Workers team = new Workers(2)) {
      for (int round = 0; round < 10; round++) {
        Thread.sleep(5);
        check(layer, true, 40, 1, team);
      }
    }
  }

  @Test
  void theCallerDoesThePartsThatNobodyBegins() {
    Workers team = new Workers(3);
    team.close(); // ends the threads
    RecurrentForward layer = layer(true, false);
    for (int steps : new int[] {1, 2, 9}) {
      check(layer, true, steps, 1, team);
      check(layer, true, steps, 65, team);
    }
  }

  @Test
  void whatAPartThrowsIsThrownAndNoneWaitsForIt() throws InterruptedException {
    RecurrentForward layer = layer(false, false);
    try (Workers team = new Workers(3);
        Arena confined = Arena.ofConfined()) {
      LayerScratch scratch = new LayerScratch(Arena.ofAuto(), layer, 50, 1);
      scratch.team(team);
      MemorySegment x = confined.allocate(JAVA_FLOAT, 50L * FEATURES);
      int thrown = 0;
      for (int round = 0; round < 1000; round++) { // the caller may do all parts, and may read x
        try {
          layer.forward(50, 1, x, 0, scratch, new StepMask());
        } catch (WrongThreadException e) {
          thrown++;
        }
      }
      assertTrue(thrown > 0);
      AtomicReference<MemorySegment> ofNone = new AtomicReference<>();
      Thread owner =
          Thread.ofPlatform()
              .start(() -> ofNone.set(Arena.ofConfined().allocate(JAVA_FLOAT, 50L * FEATURES)));
      owner.join();
      assertThrows(
          WrongThreadException.class,
          () -> layer.forward(50, 1, ofNone.get(), 0, scratch, new StepMask()));
      Tensor readable = ReferenceModel.random(1, 50, 1, FEATURES);
      LayerScratch alone = new LayerScratch(Arena.ofAuto(), layer, 50, 1);
      float[] expected = run(layer, 50, 1, 1, readable, alone);
      assertArrayEquals(expected, run(layer, 50, 1, 1, readable, scratch));
    }
  }

  /** Runs it twice with the team, and compares. */
  private static void check(
      RecurrentForward layer, boolean sequences, int steps, int rows, Workers team) {
    assertTrue(layer.sharesSteps(2, 1));
    int kept = sequences ? steps : 1;
    Tensor x = ReferenceModel.random(steps, steps, rows, FEATURES);
    LayerScratch alone = new LayerScratch(Arena.ofAuto(), layer, steps, rows);
    LayerScratch shared = new LayerScratch(Arena.ofAuto(), layer, steps, rows);
    float[] expected = run(layer, steps, rows, kept, x, alone);
    shared.team(team);
    for (int round = 0; round < 2; round++) {
      float[] actual = run(layer, steps, rows, kept, x, shared);
      assertArrayEquals(expected, actual, steps + " steps of " + rows);
    }
  }

  private static float[] run(
      RecurrentForward layer, int steps, int rows, int kept, Tensor x, LayerScratch scratch) {
    long at = layer.forward(steps, rows, x.segment(), 0, scratch, new StepMask());
    return output(scratch, at, kept * rows);
  }

  private static float[] output(LayerScratch scratch, long at, int rows) {
    long size = (long) rows * UNITS;
    return scratch.memory.asSlice(at * Float.BYTES, size * Float.BYTES).toArray(JAVA_FLOAT);
  }

  private static RecurrentForward layer(boolean sequences, boolean backwards) {
    Lstm layer = Lstm.builder(UNITS).returnSequences(sequences).goBackwards(backwards).build();
    LayerShapes shapes = new LayerShapes(List.of(layer), 1, FEATURES);
    return layer.forward(shapes.before(0), ModelWeights.initialized(shapes, 3).layer(0));
  }
}

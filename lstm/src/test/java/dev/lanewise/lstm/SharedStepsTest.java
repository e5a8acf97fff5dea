package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedStepsTest {
  private static final int FEATURES = 5;

  /** A layer, and its walk. */
  record Walk(Recurrent layer, RecurrentForward forward) {
    static Walk of(Recurrent.Builder<?> builder) {
      Recurrent layer = builder.build();
      return new Walk(layer, layer.forward(new Axes(Axes.NONE, FEATURES), weights(layer)));
    }

    static LayerWeights weights(Layer layer) {
      Plan shapes = ChainPlan.of(List.of(layer), 1, FEATURES);
      return ModelWeights.initialized(shapes, 3).layer(0);
    }

    LayerScratch scratch(int steps, int rows) {
      return new LayerScratch(Arena.ofAuto(), forward, steps, rows);
    }

    @Override
    public String toString() {
      return layer.toString();
    }
  }

  /** So many units that one row's step is shared; no strips of columns divide them. */
  static List<Recurrent.Builder<?>> layers() {
    return List.of(
        Lstm.builder(137),
        Gru.builder(149),
        Gru.builder(149).resetAfter(false),
        SimpleRnn.builder(259));
  }

  static List<Walk> walks() {
    return layers().stream().map(Walk::of).toList();
  }

  static List<Walk> walksOfSequences() {
    return layers().stream().map(each -> Walk.of(each.returnSequences(true))).toList();
  }

  /** To the last step or to all, from either end: each way of one cell, two of the others. */
  static List<Walk> allWalks() {
    List<Walk> all = new ArrayList<>();
    for (Recurrent.Builder<?> each : layers()) {
      all.add(Walk.of(each));
      all.add(Walk.of(each.returnSequences(true).goBackwards(true)));
    }
    all.add(Walk.of(Lstm.builder(137).returnSequences(true)));
    all.add(Walk.of(Lstm.builder(137).goBackwards(true)));
    return all;
  }

  @ParameterizedTest
  @MethodSource("allWalks")
  void aSharedLayerIsTheLayerAlone(Walk walk) {
    for (int threads : new int[] {2, 3, 5}) {
      try (Workers team = new Workers(threads)) {
        for (int steps : new int[] {1, 2, 7, 131}) {
          check(walk, steps, 1, team);
        }
        check(walk, 40, 5, team); // x W of 26 steps at once, then of 14
        check(walk, 3, 130, team); // of one
      }
    }
    try (Workers team = new Workers(40)) { // more threads than strips
      check(walk, 7, 1, team);
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void aSharedStreamIsTheStreamAlone(Walk walk) {
    int rows = 2; // enough that one step is shared
    RecurrentForward layer = walk.forward();
    assertTrue(layer.sharesSteps(1, rows));
    LayerScratch alone = walk.scratch(1, rows);
    LayerScratch shared = walk.scratch(1, rows);
    try (Workers team = new Workers(3)) {
      shared.team(team);
      for (int step = 0; step < 5; step++) {
        MemorySegment x = ReferenceModel.random(step, rows, FEATURES).segment();
        boolean odd = step % 2 != 0;
        long expected = layer.step(rows, x, 0, odd, alone, new StepMask());
        long actual = layer.step(rows, x, 0, odd, shared, new StepMask());
        assertArrayEquals(output(walk, alone, expected, rows), output(walk, shared, actual, rows));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("walksOfSequences")
  void partsAwaitThreadsThatHaveParked(Walk walk) throws InterruptedException {
    try (Workers team = new Workers(2)) {
      for (int round = 0; round < 10; round++) {
        Thread.sleep(5);
        check(walk, 40, 1, team);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("walksOfSequences")
  void theCallerDoesThePartsThatNobodyBegins(Walk walk) {
    Workers team = new Workers(3);
    team.close(); // ends the threads
    for (int steps : new int[] {1, 2, 9}) {
      check(walk, steps, 1, team);
      check(walk, steps, 65, team);
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void whatAPartThrowsIsThrownAndNoneWaitsForIt(Walk walk) throws InterruptedException {
    RecurrentForward layer = walk.forward();
    try (Workers team = new Workers(3);
        Arena confined = Arena.ofConfined()) {
      LayerScratch scratch = walk.scratch(50, 1);
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
      float[] expected = run(walk, 50, 1, readable, walk.scratch(50, 1));
      assertArrayEquals(expected, run(walk, 50, 1, readable, scratch));
    }
  }

  @Test
  void aPartThatFailsInALaterPhaseOfALaterStepEndsTheCall() {
    Gru layer = Gru.builder(149).resetAfter(false).build();
    ForwardCell cell = layer.forwardCell(FEATURES, Walk.weights(layer));
    Walk whole = new Walk(layer, new RecurrentForward(layer, FEATURES, cell));
    Tensor x = ReferenceModel.random(1, 9, 1, FEATURES);
    float[] expected = run(whole, 9, 1, x, whole.scratch(9, 1));
    try (Workers team = new Workers(3)) {
      for (int part = 0; part < 3; part++) {
        AtomicInteger left = new AtomicInteger();
        FailingCell failing = new FailingCell(cell, part, left);
        Walk walk = new Walk(layer, new RecurrentForward(layer, FEATURES, failing));
        LayerScratch scratch = walk.scratch(9, 1);
        scratch.team(team);
        for (int round = 0; round < 50; round++) {
          left.set(4);
          Exception thrown =
              assertThrows(IllegalStateException.class, () -> run(walk, 9, 1, x, scratch));
          assertEquals("no further", thrown.getMessage());
          left.set(Integer.MAX_VALUE);
          assertArrayEquals(expected, run(walk, 9, 1, x, scratch));
        }
      }
    }
  }

  /** A cell of which one part throws in its last phase, after so many that it ends. */
  private static final class FailingCell extends ForwardCell {
    private static final int NONE = -1;

    private final ForwardCell of;
    private final int part;
    private final AtomicInteger left;

    FailingCell(ForwardCell of, int part, AtomicInteger left) {
      super(of.units, of.gates);
      this.of = of;
      this.part = part;
      this.left = left;
    }

    @Override
    ForwardCell part(int number, int parts) {
      ForwardCell own = of.part(number, parts);
      return number == part ? new FailingCell(own, NONE, left) : own;
    }

    @Override
    void step(int phase, int rows, MemorySegment memory, long h, long c, long gate, long next) {
      if (phase == phases() - 1 && left.getAndDecrement() == 0) {
        throw new IllegalStateException("no further");
      }
      of.step(phase, rows, memory, h, c, gate, next);
    }

    @Override
    void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate) {
      of.project(rows, x, xOffset, memory, gate);
    }

    @Override
    boolean keepsC() {
      return of.keepsC();
    }

    @Override
    int phases() {
      return of.phases();
    }

    @Override
    long work() {
      return of.work();
    }

    @Override
    long recurrentBytes() {
      return of.recurrentBytes();
    }

    @Override
    long weightBytes() {
      return of.weightBytes();
    }
  }

  /** Runs it twice with the team, and compares. */
  private static void check(Walk walk, int steps, int rows, Workers team) {
    assertTrue(walk.forward().sharesSteps(2, 1));
    Tensor x = ReferenceModel.random(steps, steps, rows, FEATURES);
    LayerScratch shared = walk.scratch(steps, rows);
    float[] expected = run(walk, steps, rows, x, walk.scratch(steps, rows));
    shared.team(team);
    for (int round = 0; round < 2; round++) {
      float[] actual = run(walk, steps, rows, x, shared);
      assertArrayEquals(expected, actual, steps + " steps of " + rows);
    }
  }

  private static float[] run(Walk walk, int steps, int rows, Tensor x, LayerScratch scratch) {
    long at = walk.forward().forward(steps, rows, x.segment(), 0, scratch, new StepMask());
    return output(walk, scratch, at, (walk.layer().returnSequences() ? steps : 1) * rows);
  }

  private static float[] output(Walk walk, LayerScratch scratch, long at, int rows) {
    long size = (long) rows * walk.layer().units();
    return scratch.memory.asSlice(at * Float.BYTES, size * Float.BYTES).toArray(JAVA_FLOAT);
  }
}

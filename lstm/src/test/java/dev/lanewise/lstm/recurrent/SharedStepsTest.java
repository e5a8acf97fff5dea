package dev.lanewise.lstm.recurrent;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.run.LayerScratch;
import dev.lanewise.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedStepsTest {
  private static final int FEATURES = 5;

  /** So many units that one row's step is shared; no strips of columns divide them. */
  enum Kind {
    LSTM(137, 4, 4 * 137) {
      @Override
      ForwardCell cell() {
        return new LstmForward(FEATURES, units, Activation.TANH, Activation.SIGMOID, weights());
      }
    },
    GRU(149, 3, 2 * 3 * 149) {
      @Override
      ForwardCell cell() {
        return new GruForward(FEATURES, units, Activation.TANH, Activation.SIGMOID, weights());
      }
    },
    RESET_BEFORE(149, 3, 3 * 149) {
      @Override
      ForwardCell cell() {
        return new ResetBeforeForward(
            FEATURES, units, Activation.TANH, Activation.SIGMOID, weights());
      }
    },
    PROJECTED(137, 4, 4 * 137) {
      @Override
      ForwardCell cell() {
        return variant(101, false, Float.POSITIVE_INFINITY);
      }
    },
    COUPLED(149, 3, 3 * 149) {
      @Override
      ForwardCell cell() {
        return variant(149, true, 0.5f);
      }
    },
    SIMPLE(259, 1, 259) {
      @Override
      ForwardCell cell() {
        return new SimpleRnnForward(FEATURES, units, Activation.TANH, weights());
      }
    };

    final int units;
    private final int gates;
    private final int biases;

    Kind(int units, int gates, int biases) {
      this.units = units;
      this.gates = gates;
      this.biases = biases;
    }

    abstract ForwardCell cell();

    ForwardCell variant(int outputs, boolean coupled, float clip) {
      boolean projects = outputs < units;
      LstmVariant of =
          new LstmVariant(
              units, outputs, projects, Activation.TANH, Activation.SIGMOID, true, coupled, clip);
      return new GeneralLstmForward(FEATURES, of, weights(outputs));
    }

    LayerWeights weights() {
      return weights(units);
    }

    LayerWeights weights(int outputs) {
      int columns = gates * units;
      List<WeightSpec> specs =
          List.of(
              drawn(WeightSpec.KERNEL, Shape.of(FEATURES, columns)),
              drawn(WeightSpec.RECURRENT_KERNEL, Shape.of(outputs, columns)),
              drawn(WeightSpec.BIAS, Shape.of(biases)),
              drawn(WeightSpec.PEEPHOLE, Shape.of(gates, units)),
              drawn(WeightSpec.PROJECTION_KERNEL, Shape.of(units, outputs)));
      return ModelWeights.initialized(List.of(specs), List.of("layer"), 3).layer(0);
    }

    private static WeightSpec drawn(String name, Shape shape) {
      return WeightSpec.trained(name, shape, new GlorotUniform(FEATURES, shape.dim(-1)));
    }

    Walked walked(boolean returnSequences, boolean goBackwards) {
      return walked(cell(), returnSequences, goBackwards);
    }

    Walked walked(ForwardCell cell, boolean returnSequences, boolean goBackwards) {
      Walk walk = new Walk(returnSequences, goBackwards, false);
      return new Walked(this, walk, cell.outputs, new RecurrentForward(walk, FEATURES, cell));
    }
  }

  /** A walk with a cell. */
  record Walked(Kind kind, Walk walk, int outputs, RecurrentForward forward) {
    LayerScratch scratch(int steps, int rows) {
      return new LayerScratch(Arena.ofAuto(), forward, steps, rows);
    }
  }

  static List<Walked> walks() {
    return Arrays.stream(Kind.values()).map(kind -> kind.walked(false, false)).toList();
  }

  static List<Walked> walksOfSequences() {
    return Arrays.stream(Kind.values()).map(kind -> kind.walked(true, false)).toList();
  }

  /** To the last step or to all, from either end: each way of one cell, two of the others. */
  static List<Walked> allWalks() {
    List<Walked> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      all.add(kind.walked(false, false));
      all.add(kind.walked(true, true));
    }
    all.add(Kind.LSTM.walked(true, false));
    all.add(Kind.LSTM.walked(false, true));
    return all;
  }

  private static MemorySegment random(int seed, long elements) {
    SplitMix64 random = SplitMix64.stream(seed, 0);
    MemorySegment x = Arena.ofAuto().allocate(JAVA_FLOAT, elements);
    for (long i = 0; i < elements; i++) {
      x.setAtIndex(JAVA_FLOAT, i, (float) (2 * random.nextDouble() - 1));
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("allWalks")
  void aSharedLayerIsTheLayerAlone(Walked walk) {
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
  void aSharedStreamIsTheStreamAlone(Walked walk) {
    int rows = 2; // enough that one step is shared
    RecurrentForward layer = walk.forward();
    assertTrue(layer.sharesSteps(1, rows));
    LayerScratch alone = walk.scratch(1, rows);
    LayerScratch shared = walk.scratch(1, rows);
    try (Workers team = new Workers(3)) {
      shared.team(team);
      for (int step = 0; step < 5; step++) {
        MemorySegment x = random(step, (long) rows * FEATURES);
        boolean odd = step % 2 != 0;
        long expected = layer.step(rows, x, 0, odd, alone, new StepMask());
        long actual = layer.step(rows, x, 0, odd, shared, new StepMask());
        assertArrayEquals(output(walk, alone, expected, rows), output(walk, shared, actual, rows));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("walksOfSequences")
  void partsAwaitThreadsThatHaveParked(Walked walk) throws InterruptedException {
    try (Workers team = new Workers(2)) {
      for (int round = 0; round < 10; round++) {
        Thread.sleep(5);
        check(walk, 40, 1, team);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("walksOfSequences")
  void theCallerDoesThePartsThatNobodyBegins(Walked walk) {
    Workers team = new Workers(3);
    team.close(); // ends the threads
    for (int steps : new int[] {1, 2, 9}) {
      check(walk, steps, 1, team);
      check(walk, steps, 65, team);
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void whatAPartThrowsIsThrownAndNoneWaitsForIt(Walked walk) throws InterruptedException {
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
      MemorySegment readable = random(1, 50L * FEATURES);
      float[] expected = run(walk, 50, 1, readable, walk.scratch(50, 1));
      assertArrayEquals(expected, run(walk, 50, 1, readable, scratch));
    }
  }

  @Test
  void aPartThatFailsInALaterPhaseOfALaterStepEndsTheCall() {
    Kind kind = Kind.RESET_BEFORE;
    ForwardCell cell = kind.cell();
    Walked whole = kind.walked(cell, false, false);
    MemorySegment x = random(1, 9L * FEATURES);
    float[] expected = run(whole, 9, 1, x, whole.scratch(9, 1));
    try (Workers team = new Workers(3)) {
      for (int part = 0; part < 3; part++) {
        AtomicInteger left = new AtomicInteger();
        FailingCell failing = new FailingCell(cell, part, left);
        Walked walk = kind.walked(failing, false, false);
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
  private static void check(Walked walk, int steps, int rows, Workers team) {
    assertTrue(walk.forward().sharesSteps(2, 1));
    MemorySegment x = random(steps, (long) steps * rows * FEATURES);
    LayerScratch shared = walk.scratch(steps, rows);
    float[] expected = run(walk, steps, rows, x, walk.scratch(steps, rows));
    shared.team(team);
    for (int round = 0; round < 2; round++) {
      float[] actual = run(walk, steps, rows, x, shared);
      assertArrayEquals(expected, actual, steps + " steps of " + rows);
    }
  }

  private static float[] run(
      Walked walk, int steps, int rows, MemorySegment x, LayerScratch scratch) {
    long at = walk.forward().forward(steps, rows, x, 0, scratch, new StepMask());
    return output(walk, scratch, at, (walk.walk().returnSequences() ? steps : 1) * rows);
  }

  private static float[] output(Walked walk, LayerScratch scratch, long at, int rows) {
    long size = (long) rows * walk.outputs();
    return scratch.memory.asSlice(at * Float.BYTES, size * Float.BYTES).toArray(JAVA_FLOAT);
  }
}

package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.ReusedArena;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardBlocks;
import dev.lanewise.lstm.run.ForwardThreads;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardBlocksTest {
  private static final int STEPS = 5;

  private static ModelWeights weights(Plan shapes, long seed) {
    return shapes.initialized(seed);
  }

  private static ForwardBlocks blocks(Plan shapes, ModelWeights weights) {
    return new ForwardBlocks(shapes.wiring(), weights::layer, WeightFormat.FLOAT32, 3);
  }

  /** Packs other weights in place of the first, and compares with those packed anew. */
  private static void checkPacksInPlace(Tensor x, Plan shapes, Team team) {
    ModelWeights first = weights(shapes, 1);
    ModelWeights second = weights(shapes, 2);
    for (StoredWeight bias : second.all()) {
      if (bias.name().endsWith("bias")) {
        bias.set(ReferenceModel.random(3, bias.shape().toArray()));
      }
    }
    ForwardBlocks reused = blocks(shapes, first);
    float[] before =
        ReferenceModel.predict(shapes, new ForwardThreads(reused, team, 3), x).toArray();
    long bytes = reused.weightBytes();
    reused.pack(second::layer);
    float[] after =
        ReferenceModel.predict(shapes, new ForwardThreads(reused, team, 3), x).toArray();
    ForwardThreads fresh = new ForwardThreads(blocks(shapes, second), team, 3);
    assertArrayEquals(ReferenceModel.predict(shapes, fresh, x).toArray(), after);
    assertNotEquals(Arrays.toString(before), Arrays.toString(after));
    assertEquals(bytes, reused.weightBytes());
  }

  private static Plan shapes(int features, Layer... layers) {
    return ChainPlan.of(Sequential.of(layers).layers(), STEPS, features);
  }

  @Test
  void packsTheWeightsOfEveryLayerInPlace() {
    Lstm lstm = Lstm.builder(6).returnSequences(true).build();
    Plan numbers =
        shapes(
            3,
            Conv1d.of(4, 2),
            Bidirectional.of(lstm),
            lstm,
            Dense.of(5, Activation.RELU),
            Lstm.of(7),
            Dense.of(2));
    Layer embedding = Embedding.of(11, 6);
    Plan ids = ChainPlan.of(Sequential.of(embedding, Lstm.of(5)).layers(), Axes.ANY, 1);
    Tensor tokens = Tensor.of(new float[] {1, 2, 3, 10, 0, 5}, 2, 3);
    try (Team team = new Team()) {
      checkPacksInPlace(ReferenceModel.random(4, 9, STEPS, 3), numbers, team);
      checkPacksInPlace(tokens, ids, team);
    }
  }

  /** What threads share the units out with is kept with a workspace, and reads a layer's bias. */
  @Test
  void packsInPlaceWhereThreadsShareTheUnitsOfAStep() {
    Plan large = shapes(8, Lstm.of(320));
    try (Team team = new Team()) {
      ForwardBlocks blocks = blocks(large, weights(large, 1));
      assertEquals(true, blocks.canShareSteps(STEPS, 1));
      checkPacksInPlace(ReferenceModel.random(4, 1, STEPS, 8), large, team);
    }
  }

  @Test
  void memoryIsHandedOutAgainInTheOrderOfBefore() {
    ReusedArena arena = new ReusedArena();
    MemorySegment a = arena.allocate(64, 64);
    MemorySegment b = arena.allocate(128, 64);
    assertNotEquals(a.address(), b.address());
    arena.rewind();
    assertEquals(List.of(a, b), List.of(arena.allocate(64, 64), arena.allocate(128, 64)));
    assertEquals(0, arena.allocate(64, 64).address() % 64);
    arena.rewind();
    assertThrows(AssertionError.class, () -> arena.allocate(63, 64));
    assertThrows(UnsupportedOperationException.class, arena::close);
  }
}

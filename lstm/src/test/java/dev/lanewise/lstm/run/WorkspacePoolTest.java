package dev.lanewise.lstm.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspacePoolTest {
  /** One input of four features, which is the output. */
  private static final Wiring SHAPES =
      new Wiring(
          new boolean[1],
          new int[] {4},
          List.of(),
          new int[1],
          new int[] {1},
          new int[1],
          1,
          (given, all) -> all[0] = given[0]);

  private static WorkspacePool pool(int capacity) {
    return new WorkspacePool(SHAPES, new ForwardNode[0], capacity);
  }

  /** Takes as many at once as there are numbers of rows, then gives all back. */
  private static void use(WorkspacePool pool, int steps, int... rows) {
    ForwardWorkspace[] taken = new ForwardWorkspace[rows.length];
    for (int i = 0; i < rows.length; i++) {
      taken[i] = pool.take(new int[] {steps}, rows[i]);
    }
    for (ForwardWorkspace each : taken) {
      pool.giveBack(each);
    }
  }

  @Test
  void aRepeatedCallFindsItsWorkspaceAfterManyLargerOnesThatDoNotFit() {
    WorkspacePool pool = pool(4);
    use(pool, 2, 100, 200, 300, 400, 500);
    ForwardWorkspace small = pool.take(new int[] {10}, 1);
    pool.giveBack(small);
    assertSame(small, pool.take(new int[] {10}, 1));
  }

  @Test
  void takesTheSmallestThatFits() {
    WorkspacePool pool = pool(4);
    use(pool, 8, 64, 16, 4);
    ForwardWorkspace middle = pool.take(new int[] {8}, 5);
    assertEquals(
        middle.size(), new ForwardWorkspace(SHAPES, new ForwardNode[0], new int[] {8}, 16).size());
    pool.giveBack(middle);
    assertSame(middle, pool.take(new int[] {7}, 16));
  }

  @Test
  void letsTheOneGoThatWasUsedLongestAgo() {
    WorkspacePool pool = pool(2);
    ForwardWorkspace wide = pool.take(new int[] {1}, 100);
    ForwardWorkspace longer = pool.take(new int[] {100}, 1);
    pool.giveBack(wide);
    pool.giveBack(longer);
    pool.giveBack(pool.take(new int[] {1}, 100)); // now longer is the older one
    pool.giveBack(pool.take(new int[] {10}, 20));
    assertSame(wide, pool.take(new int[] {1}, 100));
    assertNotSame(longer, pool.take(new int[] {100}, 1));
  }

  @Test
  void countsWhatIsIdle() {
    WorkspacePool pool = pool(2);
    use(pool, 8, 1, 2, 3);
    long two = pool.size();
    ForwardWorkspace taken = pool.take(new int[] {8}, 1);
    assertEquals(two - taken.size(), pool.size());
  }
}

package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Team;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.run.ForwardBlocks;
import dev.lanewise.lstm.run.ForwardThreads;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TeamTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Starts so many threads and then, as the system at its limit, no more. */
  private static final class Limited {
    final List<Thread> started = Collections.synchronizedList(new ArrayList<>());
    int left;

    Limited(int left) {
      this.left = left;
    }

    void start(Thread thread) {
      if (left-- <= 0) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      thread.start();
      started.add(thread);
    }
  }

  private static void assertEnds(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(5_000);
      assertFalse(thread.isAlive(), thread.getName());
    }
  }

  @Test
  void endsThoseThatWereStartedWhereOneCannotBe() throws InterruptedException {
    Limited limited = new Limited(20);
    assertThrows(OutOfMemoryError.class, () -> new Workers(30, limited::start));
    assertEquals(20, limited.started.size());
    assertEnds(limited.started);
  }

  @Test
  void lendsNothingWhereNoThreadCanBeStartedAndDoesNotTryAtEachCall() throws InterruptedException {
    Limited limited = new Limited(5);
    try (Team team = new Team(limited::start)) {
      assertNull(team.lend(8));
      limited.left = 100;
      assertNull(team.lend(8)); // too soon
      assertEquals(5, limited.started.size());
      assertEnds(limited.started);
    }
  }

  @Test
  void aCallOfAPredictorGoesOnWithoutThreads() {
    Sequential model = Sequential.of(Lstm.of(16), Dense.of(2)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 300, 20, 3);
    Plan shapes = ReferenceModel.shapes(model);
    ModelWeights weights = shapes.initialized(1);
    ForwardBlocks blocks =
        new ForwardBlocks(shapes.wiring(), weights::layer, WeightFormat.FLOAT32, 4);
    try (Team none = new Team(new Limited(0)::start)) {
      Tensor y = ReferenceModel.predict(shapes, new ForwardThreads(blocks, none, 4), x);
      assertArrayEquals(model.predict(x).toArray(), y.toArray());
    }
  }

  @Test
  void lendsItsThreadsToOneCallAtATime() {
    try (Team team = new Team()) {
      Workers lent = team.lend(2);
      assertNotNull(lent);
      assertNull(team.lend(2));
      team.giveBack();
      assertSame(lent, team.lend(2));
      team.giveBack();
      assertNull(team.lend(1)); // the caller itself
    }
  }

  @Test
  void growsToWhatACallMayUseAndNoFurther() throws InterruptedException {
    Limited counting = new Limited(100);
    try (Team team = new Team(counting::start)) {
      assertEquals(2, threads(team, 2));
      assertEquals(4, threads(team, 4));
      assertEquals(3, threads(team, 3));
      assertEquals(1 + 3, counting.started.size());
      assertEnds(counting.started.subList(0, 1));
    }
    assertEnds(counting.started);
  }

  private static int threads(Team team, int wanted) {
    Workers lent = team.lend(wanted);
    assertNotNull(lent);
    int[] runs = new int[wanted + 1];
    lent.run(100, (part, _) -> runs[part]++);
    for (int part = 0; part < wanted; part++) {
      assertEquals(1, runs[part]);
    }
    team.giveBack();
    return lent.threads();
  }

  @Test
  void endsThreadsThatAreLentWhenTheyComeBack() throws InterruptedException {
    Limited counting = new Limited(10);
    Team team = new Team(counting::start);
    Workers lent = team.lend(3);
    assertNotNull(lent);
    team.close();
    int[] runs = new int[3];
    lent.run(3, (part, _) -> runs[part]++);
    assertArrayEquals(new int[] {1, 1, 1}, runs);
    team.giveBack();
    assertEnds(counting.started);
    assertNull(team.lend(3));
  }

  @Test
  void anOptionNeverAsksForMoreThanThereIs() {
    for (int option : new int[] {0, PROCESSORS, PROCESSORS + 1, 1 << 30, Integer.MAX_VALUE}) {
      assertEquals(PROCESSORS, Team.threads(option, false));
    }
    assertEquals(1, Team.threads(1, false));
    assertEquals(PROCESSORS, Team.threads(0, true));
    assertEquals(1000, Team.threads(1000, true));
    assertEquals(1024, Team.threads(Integer.MAX_VALUE, true));
  }

  @Test
  void anyNumberOfPredictorsShareTheThreadsOfTheProcess() {
    Sequential model = Sequential.of(Lstm.of(16), Dense.of(2)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 300, 20, 3);
    model.predictor(PredictorOptions.of()).predict(x); // starts them, unless they are
    long before = lanewise();
    List<Predictor> kept = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Predictor predictor =
          model.predictor(PredictorOptions.builder().threads(i % 2 == 0 ? 0 : 1 << 30).build());
      predictor.predict(x);
      kept.add(predictor);
    }
    assertTrue(lanewise() <= before, () -> lanewise() + " threads, before " + before);
    assertEquals(100, kept.size());
  }

  private static long lanewise() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lanewise-"))
        .count();
  }

  @Test
  void threadsKeepNoLoaderAndNoLocalsOfTheirStarter() {
    Limited counting = new Limited(1);
    try (Team team = new Team(counting::start)) {
      threads(team, 2);
      Thread thread = counting.started.getFirst();
      assertEquals("lanewise-1", thread.getName());
      assertTrue(thread.isDaemon());
      assertSame(ClassLoader.getSystemClassLoader(), thread.getContextClassLoader());
    }
  }
}

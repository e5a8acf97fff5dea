package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Memory that is gone or another thread's: an exception that is documented, never a crash. */
@Tag("no-kernels")
class ArenaProperties {
  private static final Predictor PREDICTOR = Sequential.of(Dense.of(1)).build(1, 1).predictor();

  /** All that touches the memory; of rank 1 or more, with an element. */
  @SuppressWarnings("ImmutableEnumChecker") // Lambdas without state.
  enum Touch {
    GET(t -> t.get(new long[t.rank()])),
    SET(t -> t.set(1, new long[t.rank()])),
    FILL(t -> t.fill(1)),
    SEGMENT(Tensor::segment),
    TO_ARRAY(Tensor::toArray),
    TO_INT(Tensor::toInt),
    COPY(Tensor::copy),
    COPY_TO(t -> Tensor.zeros(t.shape().toArray()).copyFrom(t)),
    COPY_FROM(t -> t.copyFrom(Tensor.zeros(t.shape().toArray()))),
    PAD(t -> t.pad(0, 1, 1, 0)),
    PAD_EDGE(t -> t.padEdge(0, 1, 1)),
    PAD_REFLECT(t -> t.padReflect(0, 0, 0)),
    TILE(t -> t.tile(new long[t.rank()])),
    GATHER(t -> t.gather(0, 0)),
    CONCAT(t -> Tensor.concat(0, t, t)),
    STACK(t -> Tensor.stack(0, t, t)),
    ALL_CLOSE(t -> t.allClose(Tensor.zeros(t.shape().toArray()))),
    ARRAY_EQUAL(t -> Tensor.zeros(t.shape().toArray()).arrayEqual(t)),
    PREDICT(t -> PREDICTOR.predict(t.flatten(0).expandDims(1))),
    PREDICT_INTO(t -> PREDICTOR.predict(Tensor.zeros(t.size(), 1), t.flatten(0).expandDims(1)));

    private final Consumer<Tensor> action;

    Touch(Consumer<Tensor> action) {
      this.action = action;
    }
  }

  private static ExecutorService other = Executors.newSingleThreadExecutor();

  @BeforeContainer
  static void startTheOtherThread() {
    other.close();
    other = Executors.newSingleThreadExecutor();
  }

  @AfterContainer
  static void stopTheOtherThread() {
    other.close();
  }

  private static Tensor in(Arena arena, ViewRecipe view) {
    ViewRecipe some = view.rank() > 0 && view.size() > 0 ? view : ViewRecipe.of(2, 3);
    return some.on(some.baseValues().tensor().copy(arena));
  }

  private static <T> T elsewhere(Callable<T> action) throws Exception {
    try {
      return other.submit(action).get();
    } catch (ExecutionException failed) {
      throw (Exception) failed.getCause();
    }
  }

  @Property(tries = 1000)
  void aClosedArenaIsAnIllegalState(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view,
      @ForAll Touch touch,
      @ForAll boolean shared) {
    Tensor tensor;
    try (Arena arena = shared ? Arena.ofShared() : Arena.ofConfined()) {
      tensor = in(arena, view);
      touch.action.accept(tensor);
    }
    assertThrows(IllegalStateException.class, () -> touch.action.accept(tensor));
    assertNotNull(tensor.toString());
  }

  @Property(tries = 1000)
  void aConfinedArenaOfAnotherThreadIsTheWrongThread(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view, @ForAll Touch touch) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor tensor = in(arena, view);
      assertThrows(
          WrongThreadException.class,
          () ->
              elsewhere(
                  () -> {
                    touch.action.accept(tensor);
                    return 0;
                  }));
      assertThrows(WrongThreadException.class, () -> elsewhere(() -> Tensor.zeros(arena, 1)));
      assertEquals(tensor.toString(), tensor.toString());
    }
  }

  @Property(tries = 1000)
  void closingUnderAnotherThreadsFeetIsAnExceptionThereOrHere(
      @ForAll(supplier = ViewRecipe.Any.class) ViewRecipe view, @ForAll Touch touch)
      throws Exception {
    Arena arena = Arena.ofShared();
    Tensor tensor = in(arena, view);
    Future<?> touching = other.submit(() -> touch.action.accept(tensor));
    boolean closed = false;
    while (!closed) {
      try {
        arena.close();
        closed = true;
      } catch (IllegalStateException inUse) {
        Thread.onSpinWait();
      }
    }
    try {
      touching.get();
    } catch (ExecutionException failed) {
      assertEquals(IllegalStateException.class, failed.getCause().getClass());
    }
  }
}

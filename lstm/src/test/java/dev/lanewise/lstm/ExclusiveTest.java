package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.memory.Exclusive;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What is for one thread at a time, what was closed, and what is interrupted. */
@Timeout(60)
class ExclusiveTest {
  private final Sequential model =
      Sequential.of(Lstm.of(5), Dense.of(2))
          .build(3, 1)
          .compile(Sgd.of(0.01), Loss.MEAN_SQUARED_ERROR);
  private final Tensor x = ReferenceModel.random(1, 40, 4, 3);
  private final Tensor y = ReferenceModel.random(2, 40, 2);

  private static void fails(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }

  @Test
  void namesTheThreadThatUsesIt() throws InterruptedException {
    Exclusive stream = new Exclusive("Stream", "Predictor.stream(batch)");
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .name("feeder")
            .start(
                () -> {
                  stream.enter("Stream.step");
                  entered.countDown();
                  await(over);
                  stream.leave();
                });
    entered.await();
    String inUse =
        ": this Stream is in use by thread \"feeder\", and is for one thread at a time;"
            + " Predictor.stream(batch) makes another";
    fails("Stream.step" + inUse, () -> stream.enter("Stream.step"));
    fails("Stream.close" + inUse, stream::close);
    over.countDown();
    other.join();
    stream.enter("Stream.step");
    stream.leave();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Without a look at who else is there, both are parked for ever sooner or later. */
  @Test
  void aStreamUsedByTwoThreadsIsFoundOut() throws InterruptedException {
    Predictor wide =
        Sequential.of(Lstm.of(256))
            .build(64, 1)
            .predictor(PredictorOptions.builder().ownThreads(true).build());
    Stream stream = wide.stream(4, 3);
    AtomicInteger found = new AtomicInteger();
    List<Thread> users = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      Tensor in = ReferenceModel.random(t, 4, 64);
      Tensor out = Tensor.zeros(4, 256);
      users.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    long end = System.nanoTime() + 20_000_000_000L;
                    while (found.get() < 20 && System.nanoTime() < end) {
                      try {
                        stream.step(in, out);
                      } catch (IllegalStateException inUse) {
                        found.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread user : users) {
      user.join();
    }
    assertTrue(found.get() >= 20, found + " times");
    stream.step(Tensor.zeros(4, 64), Tensor.zeros(4, 256)); // goes on
  }

  @Test
  void aFitFromAListenerOrAnotherThreadIsRefused() throws InterruptedException {
    AtomicReference<Throwable> ownCall = new AtomicReference<>();
    AtomicReference<Throwable> otherCall = new AtomicReference<>();
    String name = Thread.currentThread().getName();
    FitOptions options =
        FitOptions.builder()
            .onEpoch(
                _ -> {
                  ownCall.set(assertThrows(IllegalStateException.class, this::fit));
                  Thread other =
                      Thread.ofPlatform()
                          .start(
                              () ->
                                  otherCall.set(
                                      assertThrows(IllegalStateException.class, this::fit)));
                  join(other);
                })
            .build();
    model.fit(x, y, options);
    assertEquals(
        "Sequential.fit: this Sequential is in use by this very thread, which called from a listener."
            + " Call it when the other call is over",
        ownCall.get().getMessage());
    assertEquals(
        "Sequential.fit: this Sequential is in use by thread \""
            + name
            + "\", and is for one thread at a time; Sequential.of(model.layers()) makes another",
        otherCall.get().getMessage());
    fit(); // goes on
  }

  private void fit() {
    model.fit(x, y, FitOptions.of());
  }

  private static void join(Thread other) {
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // Closing

  @Test
  void aClosedPredictorSaysSoAndStreamsOfItGoOn() {
    Predictor predictor = model.predictor(PredictorOptions.of());
    Stream stream = predictor.stream(1);
    predictor.close();
    predictor.close();
    String closed = ": this Predictor was closed; Sequential.predictor(options) makes another";
    Tensor out = Tensor.zeros(40, 2);
    Mask mask = Mask.ofLengths(4, new int[40]);
    fails("Predictor.predict" + closed, () -> predictor.predict(x));
    fails("Predictor.predict" + closed, () -> predictor.predict(x, mask));
    fails("Predictor.predict" + closed, () -> predictor.predict(x, out));
    fails("Predictor.predict" + closed, () -> predictor.predict(x, mask, out));
    fails("Predictor.predictWithState" + closed, () -> predictor.predictWithState(x));
    fails("Predictor.stream" + closed, () -> predictor.stream(1));
    fails("Predictor.stream" + closed, () -> predictor.stream(1, 2));
    fails("Predictor.weightBytes" + closed, predictor::weightBytes);
    fails("Predictor.workspaceBytes" + closed, () -> predictor.workspaceBytes(1, 1));
    fails("Predictor.warmUp" + closed, predictor::warmUp);
    stream.step(Tensor.zeros(1, 3), Tensor.zeros(1, 2));
  }

  @Test
  void theModelsOwnPredictorIsNotClosed() {
    float[] before = model.predict(x).toArray();
    try (Predictor own = model.predictor()) {
      assertArrayEquals(before, own.predict(x).toArray());
    }
    assertArrayEquals(before, model.predictor().predict(x).toArray());
  }

  @Test
  void aClosedStreamSaysSo() {
    Stream stream = model.predictor().stream(1);
    StreamState state = stream.save();
    stream.close();
    stream.close();
    String closed = ": this Stream was closed; Predictor.stream(batch) makes another";
    fails("Stream.step" + closed, () -> stream.step(Tensor.zeros(1, 3), Tensor.zeros(1, 2)));
    fails("Stream.reset" + closed, stream::reset);
    fails("Stream.save" + closed, stream::save);
    fails("Stream.restore" + closed, () -> stream.restore(state));
  }

  // Interrupts

  @Test
  void anInterruptEndsAFitBetweenBatches() {
    List<float[]> after = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .batchSize(8)
            .epochs(1000)
            .onBatch(
                _ -> {
                  after.add(ReferenceModel.weights(model));
                  if (after.size() == 7) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build();
    Exception thrown = assertThrows(CancellationException.class, () -> model.fit(x, y, options));
    assertTrue(Thread.interrupted(), "the interrupt stays set");
    assertEquals(
        "Sequential.fit: the thread was interrupted in epoch 1 before batch 2 of 5, counted from 0."
            + " The weights are those after the batch before; fit again to go on. The thread's"
            + " interrupt is still set: Thread.interrupted() clears it",
        thrown.getMessage());
    assertEquals(7, after.size());
    assertArrayEquals(after.getLast(), ReferenceModel.weights(model));
    fit();
  }

  @Test
  void whatAListenerThrowsLeavesTheWeightsWhole() {
    List<float[]> after = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .batchSize(8)
            .onBatch(
                _ -> {
                  after.add(ReferenceModel.weights(model));
                  if (after.size() == 3) {
                    throw new UnsupportedOperationException("enough");
                  }
                })
            .build();
    assertThrows(UnsupportedOperationException.class, () -> model.fit(x, y, options));
    assertArrayEquals(after.getLast(), ReferenceModel.weights(model));
    fit();
  }

  @Test
  void anInterruptEndsALongPredictionAndLetsAShortOneBe() {
    Predictor predictor = model.predictor();
    Tensor longer = ReferenceModel.random(1, 2_000, 40, 3);
    Thread.currentThread().interrupt();
    assertEquals(40, predictor.predict(x).dim(0));
    Exception thrown = assertThrows(CancellationException.class, () -> predictor.predict(longer));
    assertTrue(Thread.interrupted(), "the interrupt stays set");
    assertEquals(
        "Predictor.predict: the thread was interrupted; y is written in part. Its interrupt is still"
            + " set: Thread.interrupted() clears it",
        thrown.getMessage());
    assertEquals(2_000, predictor.predict(longer).dim(0));
  }

  @Test
  void anInterruptEndsTheValidationOfAFit() {
    Tensor many = Tensor.zeros(1, 4, 3).broadcastTo(600, 4, 3);
    FitOptions options =
        FitOptions.builder()
            .batchSize(40)
            .validationData(many, Tensor.zeros(600, 2))
            .onBatch(_ -> Thread.currentThread().interrupt())
            .build();
    Exception thrown = assertThrows(CancellationException.class, () -> model.fit(x, y, options));
    assertTrue(Thread.interrupted());
    assertEquals(
        "Sequential.fit: the thread was interrupted in epoch 0, counted from 0, at its validation. The"
            + " weights are those after the epoch's last batch; fit again to go on. The thread's"
            + " interrupt is still set: Thread.interrupted() clears it",
        thrown.getMessage());
  }
}

package dev.lanewise.bench;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Sgemm;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Calls the public entries in every way that a program might beside the one that is measured, so
 * that what the JVM has learned of them is of no use: memory of all kinds, odd and tiny shapes,
 * with and without bias and mask, every activation, several layers, prediction and training.
 */
final class Pollution {
  private static final long NANOS = 6_000_000_000L;
  private static final int[] SIZES = {1, 2, 3, 5, 7, 17, 33, 65};
  private static final int LARGEST = 65;

  private Pollution() {}

  static void spread() {
    try (Arena shared = Arena.ofShared();
        Arena confined = Arena.ofConfined()) {
      long bytes = (long) LARGEST * LARGEST * Float.BYTES;
      List<MemorySegment> memories =
          List.of(
              Arena.ofAuto().allocate(bytes, 64),
              Arena.global().allocate(bytes, 4),
              shared.allocate(bytes, 64),
              confined.allocate(bytes, 64),
              mapped(confined, bytes));
      List<Runnable> calls = new ArrayList<>(models());
      calls.add(() -> products(memories));
      long until = System.nanoTime() + NANOS;
      do {
        calls.forEach(Runnable::run);
      } while (System.nanoTime() < until);
    }
  }

  private static MemorySegment mapped(Arena arena, long bytes) {
    try {
      Path file = Files.createTempFile("lanewise", ".floats");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void products(List<MemorySegment> memories) {
    SplittableRandom random = new SplittableRandom(1);
    for (int m : SIZES) {
      for (int n : SIZES) {
        int k = SIZES[random.nextInt(SIZES.length)];
        MemorySegment a = memories.get(random.nextInt(memories.size()));
        MemorySegment b = memories.get(random.nextInt(memories.size()));
        MemorySegment c = Arena.ofAuto().allocate((long) m * n * Float.BYTES, 4);
        PackedMatrix packed = PackedMatrix.of(Arena.ofAuto(), k, n);
        packed.packTransposed(b, 0, k);
        Sgemm.multiply(m, a, 0, k, packed, c, 0, n);
        packed.pack(b, 0, n);
        Sgemm.multiplyAdd(m, a, 0, k, packed, c, 0, n);
        Sgemm.multiplyBias(m, a, 0, k, packed, b, 0, c, 0, n);
        Activation activation = Activation.values()[random.nextInt(Activation.values().length)];
        activation.apply((long) m * n, a, 0, c, 0);
      }
    }
  }

  private static List<Runnable> models() {
    List<Runnable> calls = new ArrayList<>();
    for (Activation any : Activation.values()) {
      // an exponential of an exponential, step after step, is infinite
      Activation activation = any == Activation.EXPONENTIAL ? Activation.TANH : any;
      int units = SIZES[2 + activation.ordinal() % 6];
      Lstm first = Lstm.builder(units).returnSequences(true).useBias(units % 4 == 1).build();
      Lstm second = Lstm.builder(units + 1).activation(activation).returnSequences(true).build();
      Lstm third = Lstm.builder(16).recurrentActivation(activation).goBackwards(true).build();
      add(
          calls,
          Sequential.of(first, second, third, Dense.of(units, activation)),
          units,
          1 + units);
      add(calls, Sequential.of(first, Dense.of(3)), 1 + units % 3, units);
    }
    Lstm every = Lstm.builder(24).returnSequences(true).build();
    add(calls, Sequential.of(Bidirectional.of(every), Lstm.of(9), Dense.of(1)), 3, 5);
    return calls;
  }

  private static void add(List<Runnable> calls, Sequential model, int batch, int features) {
    int steps = 5;
    model.build(features, 1).compile(Adam.of(1e-6), Loss.MEAN_SQUARED_ERROR);
    Tensor x = Inputs.tensor(2, batch, steps, features);
    Tensor strided = x.permute(1, 0, 2).copy().permute(1, 0, 2);
    Predictor predictor = model.predictor();
    Tensor y = predictor.predict(x);
    Mask mask = Mask.ofLengths(steps, new int[batch]);
    int[] lengths = new int[batch];
    for (int i = 0; i < batch; i++) {
      lengths[i] = i % (steps + 1);
    }
    Mask some = Mask.ofLengths(steps, lengths);
    FitOptions options = FitOptions.builder().batchSize(3).seed(1).build();
    calls.add(
        () -> {
          predictor.predict(strided, y);
          predictor.predict(x, mask, y);
          predictor.predict(strided, some, y);
          model.fit(x, some, y, options);
        });
    if (model.layers().stream().allMatch(Layer::streams)) {
      addStream(calls, predictor.stream(batch), batch * features, batch, y);
    }
  }

  private static void addStream(
      List<Runnable> calls, Stream stream, int inputs, int batch, Tensor y) {
    Tensor x = Inputs.tensor(3, batch, inputs / batch);
    int outputs = batch * (int) y.dim(-1);
    Tensor last = Tensor.zeros(batch, y.dim(-1));
    MemorySegment heap = MemorySegment.ofArray(new float[inputs + 1]);
    MemorySegment heapOut = MemorySegment.ofArray(new float[outputs + 1]);
    MemorySegment bytes = MemorySegment.ofArray(new byte[4 * outputs]);
    calls.add(
        () -> {
          stream.step(x, last);
          stream.step(heap, 1, heapOut, 1);
          stream.step(x.segment(), 0, bytes, 0);
          stream.step(heap, 0, last.segment(), 0);
        });
  }
}

package dev.lanewise.bench;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The machine's ceilings for reading: vector loads over a working set in each level of memory. */
final class Bandwidth {

  /** Where a working set lies. */
  enum Level {
    L1(32L << 10),
    L2(512L << 10),
    L3(16L << 20),
    DRAM(0);

    private final long usual;

    Level(long usual) {
      this.usual = usual;
    }

    /** Bytes of a processor's cache, as the system says, or what is usual; DRAM has no end. */
    long bytes() {
      return this == DRAM ? Long.MAX_VALUE : cache(ordinal() + 1, usual);
    }

    /** Bytes to read over and over: half the level, or four times the last cache. */
    private long workingSet() {
      return this == DRAM ? 4 * L3.bytes() : bytes() / 2;
    }

    /** The first level that holds so many bytes. */
    static Level of(double bytes) {
      return Arrays.stream(values())
          .filter(level -> bytes <= level.bytes())
          .findFirst()
          .orElse(DRAM);
    }
  }

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int STRIDE = 8 * SPECIES.length();
  private static final int SAMPLES = 11;
  private static final double SAMPLE_NANOS = 10e6;
  private static final long WARM_NANOS = 1_000_000_000L;

  /** Kept so that nothing measured is dead code. */
  private static volatile float sink;

  private Bandwidth() {}

  /** Gigabytes a second that so many threads read together, each from memory of its own. */
  static Map<Level, Double> measured(int threads) {
    Map<Level, Double> rates = new EnumMap<>(Level.class);
    for (int warm = 0; warm < 5; warm++) {
      together(1, Level.L1.workingSet()); // the compilers may be slow
    }
    for (Level level : Level.values()) {
      // A last level that all share is shared out.
      long each = level.workingSet() / (level.ordinal() >= Level.L3.ordinal() ? threads : 1);
      rates.put(level, together(threads, each));
    }
    return rates;
  }

  private static double together(int threads, long bytes) {
    double[] rates = new double[threads];
    CyclicBarrier start = new CyclicBarrier(threads);
    Thread[] readers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int reader = i;
      readers[i] = new Thread(() -> rates[reader] = rate(bytes, start), "bandwidth-" + i);
      readers[i].start();
    }
    for (Thread reader : readers) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while the bandwidth was measured", e);
      }
    }
    return Arrays.stream(rates).sum();
  }

  private static double rate(long bytes, CyclicBarrier start) {
    int floats = (int) (bytes / Float.BYTES / STRIDE) * STRIDE;
    MemorySegment memory = Inputs.floats(floats, 1, 1);
    long warm = System.nanoTime();
    long turns = 0;
    while (System.nanoTime() - warm < WARM_NANOS) {
      sink = read(memory, floats);
      turns++;
    }
    int reps = (int) Math.max(1, SAMPLE_NANOS * turns / WARM_NANOS);
    try {
      start.await();
    } catch (Exception e) {
      throw new IllegalStateException("a reader did not come", e);
    }
    // A ceiling: what disturbs a sample only lowers it.
    double best = 0;
    for (int i = 0; i < SAMPLES; i++) {
      long from = System.nanoTime();
      for (int r = 0; r < reps; r++) {
        sink = read(memory, floats);
      }
      long nanos = System.nanoTime() - from;
      best = Math.max(best, (double) floats * Float.BYTES * reps / nanos);
    }
    return best;
  }

  private static float read(MemorySegment memory, int floats) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    long step = SPECIES.vectorByteSize();
    for (long at = 0; at < (long) floats * Float.BYTES; at += 8 * step) {
      s0 = s0.add(FloatVector.fromMemorySegment(SPECIES, memory, at, ByteOrder.nativeOrder()));
      s1 =
          s1.add(
              FloatVector.fromMemorySegment(SPECIES, memory, at + step, ByteOrder.nativeOrder()));
      s2 =
          s2.add(
              FloatVector.fromMemorySegment(
                  SPECIES, memory, at + 2 * step, ByteOrder.nativeOrder()));
      s3 =
          s3.add(
              FloatVector.fromMemorySegment(
                  SPECIES, memory, at + 3 * step, ByteOrder.nativeOrder()));
      s4 =
          s4.add(
              FloatVector.fromMemorySegment(
                  SPECIES, memory, at + 4 * step, ByteOrder.nativeOrder()));
      s5 =
          s5.add(
              FloatVector.fromMemorySegment(
                  SPECIES, memory, at + 5 * step, ByteOrder.nativeOrder()));
      s6 =
          s6.add(
              FloatVector.fromMemorySegment(
                  SPECIES, memory, at + 6 * step, ByteOrder.nativeOrder()));
      s7 =
          s7.add(
              FloatVector.fromMemorySegment(
                  SPECIES, memory, at + 7 * step, ByteOrder.nativeOrder()));
    }
    FloatVector left = s0.add(s1).add(s2).add(s3);
    FloatVector right = s4.add(s5).add(s6).add(s7);
    return left.add(right).lane(0) + memory.get(JAVA_FLOAT, 0);
  }

  /** Linux's size of the first processor's data cache of a level; what is usual elsewhere. */
  private static long cache(int level, long usual) {
    for (int index = 0; index < 8; index++) {
      Path cache = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + index);
      try {
        if (Files.readString(cache.resolve("level")).strip().equals(Integer.toString(level))
            && !Files.readString(cache.resolve("type")).strip().equals("Instruction")) {
          String size = Files.readString(cache.resolve("size")).strip(); // 32768K
          long unit = size.endsWith("M") ? 1L << 20 : 1L << 10;
          return Long.parseLong(size.substring(0, size.length() - 1)) * unit;
        }
      } catch (IOException e) {
        return usual;
      }
    }
    return usual;
  }
}

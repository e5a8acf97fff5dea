package dev.lanewise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What a JVM that measures tells the one that started it, beside the times: the arithmetic peak of
 * the moment, or why there is nothing to time. Lines in the file that {@value #PROPERTY} names;
 * nowhere without it.
 */
final class LaunchNote {

  static final String PROPERTY = "dev.lanewise.bench.note";
  static final String PEAK = "peak=";
  static final String BYTES = "bytes=";
  static final String FAILURE = "failure=";

  private static final int TURNS = 1 << 18;
  private static final int SAMPLES = 200;

  /** Kept so that nothing measured is dead code. */
  private static volatile float sink;

  private LaunchNote() {}

  /**
   * Makes a peer and warms it up, and notes why where that fails. One with one thread then stays on
   * one processor: not before, as the compilers are to have all of them.
   */
  static Peer made(int threads, Supplier<Peer> peer) {
    LaunchLimit.begin();
    try {
      Peer made = Settled.of(peer.get());
      if (threads == 1) {
        Pinned.toOneProcessor();
      }
      return made;
    } catch (RuntimeException e) {
      failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Notes why there is nothing to time. */
  static void failed(String why) {
    write(FAILURE + why.replace('\n', ' '));
  }

  /**
   * To be called when all has been timed: notes what a step or a sequence allocates by then, and
   * the machine's peak, and closes the peer.
   *
   * @param steps that a run is
   */
  static void end(Peer peer, int steps) {
    write(BYTES + Settled.bytes(peer) / steps);
    peak();
    peer.close();
  }

  /** Measures the fused multiply-adds of one thread, and notes their GFLOP/s. */
  private static void peak() {
    double[] rates = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      sink = Peak.run(TURNS, 0.25f);
      rates[i] = Peak.flops(TURNS) / (System.nanoTime() - start);
    }
    // The first half is for the compiler.
    double[] warm = Arrays.copyOfRange(rates, SAMPLES / 2, SAMPLES);
    Arrays.sort(warm);
    write(PEAK + warm[warm.length / 2]);
  }

  private static void write(String line) {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't note " + line + " in " + file, e);
    }
  }
}

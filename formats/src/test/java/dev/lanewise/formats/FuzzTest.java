package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reads files changed at random. Each is read, or refused with the exception of this module, in a
 * moment; nothing stays open, and memory does not grow.
 *
 * <p>{@code lanewise.fuzz.seconds} says how long for each format, {@code lanewise.fuzz.mutants} how
 * many files instead, {@code lanewise.fuzz.format} which format alone, {@code lanewise.fuzz.seed}
 * where to begin. See CONTRIBUTING.md.
 */
class FuzzTest {
  private static final long SECONDS = Long.getLong("lanewise.fuzz.seconds", 4);
  private static final long MUTANTS = Long.getLong("lanewise.fuzz.mutants", 0);
  private static final long SEED = Long.getLong("lanewise.fuzz.seed", 1);
  private static final String ONLY = System.getProperty("lanewise.fuzz.format", "");

  private static final long SLOWEST = TimeUnit.SECONDS.toNanos(2);
  private static final long GROWTH = 160; // MiB: what the collector leaves lying about
  private static final int WARM_UP = 2000;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyMutantIsReadOrRefused(FuzzFormat format) throws IOException {
    if (!ONLY.isEmpty() && !format.name().equals(ONLY)) {
      return;
    }
    List<byte[]> seeds = format.seeds(directory);
    assertTrue(seeds.size() > 0, "no files to begin with");
    Path file = directory.resolve("mutant" + format.suffix());
    for (byte[] seed : seeds) {
      // Warms up what keeps a descriptor or memory of its own.
      Files.write(file, seed);
      read(format, file);
    }
    long descriptors = descriptors();
    long resident = resident();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    long slowest = 0;
    long count = 0;
    int refused = 0;
    while (MUTANTS > 0 ? count < MUTANTS : System.nanoTime() < end) {
      Mutator mutator = new Mutator(SEED * 1_000_003 + count, format.words());
      byte[] seed = seeds.get(mutator.random.nextInt(seeds.size()));
      Files.write(file, format.mutant(mutator, seed));
      long start = System.nanoTime();
      refused += attempt(format, file, count) ? 0 : 1;
      long took = System.nanoTime() - start;
      if (took > SLOWEST) {
        // Not where the machine was busy with something else.
        start = System.nanoTime();
        attempt(format, file, count);
        took = Math.min(took, System.nanoTime() - start);
      }
      slowest = Math.max(slowest, took);
      assertTrue(took < SLOWEST, () -> kept(format, file) + " takes over 2 s");
      if (++count == WARM_UP) {
        resident = resident();
      }
    }
    System.gc();
    long grown = resident() - resident;
    System.out.printf(
        "%s: %d mutants, %d refused, slowest %d ms, descriptors %+d, resident %+d MiB%n",
        format,
        count,
        refused,
        TimeUnit.NANOSECONDS.toMillis(slowest),
        descriptors() - descriptors,
        grown);
    assertTrue(descriptors() <= descriptors, "descriptors left open");
    assertTrue(grown < GROWTH, () -> "memory grew by " + grown + " MiB");
  }

  /** Whether it is read; anything but the exception of this module fails the test. */
  private boolean attempt(FuzzFormat format, Path file, long number) {
    try {
      return read(format, file);
    } catch (Throwable e) {
      return fail(format + ", mutant " + number + ", " + kept(format, file), e);
    }
  }

  private static boolean read(FuzzFormat format, Path file) {
    try {
      format.read(file);
      return true;
    } catch (FormatException e) {
      String message = e.getMessage();
      assertTrue(message.length() < 12_000, () -> "a message of " + message.length());
      assertTrue(message.equals(Printable.of(message)), () -> "raw characters in " + message);
      return false;
    }
  }

  /** Where a copy of a file is after the test. */
  private static Path kept(FuzzFormat format, Path file) {
    try {
      Path copy = Files.createTempFile("mutant-" + format + "-", format.suffix());
      return Files.write(copy, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How many files this process has open; 0 where the system does not say. */
  private static long descriptors() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.isDirectory(open)) {
      return 0;
    }
    try (var files = Files.list(open)) {
      return files.count();
    }
  }

  /** In MiB; 0 where the system does not say. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}

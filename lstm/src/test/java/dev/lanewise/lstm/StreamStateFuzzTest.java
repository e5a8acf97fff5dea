package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * Reads states changed at random, half of them with the checksum that belongs to the change. Each
 * is refused with the one exception, or is a state that is written again to the same bytes.
 *
 * <p>{@code lanewise.fuzz.mutants} says how many, {@code lanewise.fuzz.seed} where to begin. See
 * CONTRIBUTING.md.
 */
class StreamStateFuzzTest {
  private static final long MUTANTS = Long.getLong("lanewise.fuzz.mutants", 100_000);
  private static final long SEED = Long.getLong("lanewise.fuzz.seed", 1);

  /** What a header counts with, and what its sizes wrap at. */
  private static final List<Integer> INTS =
      List.of(0, 1, 2, 3, 4, 5, 16, 127, 128, 255, 65_535, 1 << 29, 1 << 30, 1 << 31, -1, -2);

  private final Predictor predictor =
      Sequential.of(Lstm.builder(3).returnSequences(true).build(), Gru.of(2))
          .build(2, 7)
          .predictor();

  private final List<byte[]> seeds =
      List.of(
          predictor.stream(1).save().toBytes(),
          state(1),
          state(4),
          Sequential.of(Lstm.of(3)).build(2, 7).predictor().stream(1).save().toBytes());

  private byte[] state(int batch) {
    return predictor.predictWithState(ReferenceModel.random(1, batch, 5, 2)).state().toBytes();
  }

  @Test
  void everyMutantIsReadOrRefused() {
    int read = 0;
    for (long number = 0; number < MUTANTS; number++) {
      Random random = new Random(SEED * 1_000_003 + number);
      byte[] mutant = mutant(random);
      if (random.nextBoolean() && mutant.length >= 4) {
        sum(mutant);
      }
      read += attempt(mutant, number) ? 1 : 0;
    }
    System.out.printf("states: %d mutants, %d read%n", MUTANTS, read);
    assertTrue(read > MUTANTS / 100, "changed numbers are a state too");
    assertTrue(read < MUTANTS / 2, "most are refused");
  }

  /** Whether it is a state; anything but the exception of states fails the test. */
  private boolean attempt(byte[] mutant, long number) {
    try {
      byte[] before = mutant.clone();
      StreamState state = predictor.readState(mutant);
      assertArrayEquals(before, mutant);
      assertArrayEquals(mutant, state.toBytes());
      return true;
    } catch (StreamStateException refused) {
      assertTrue(refused.getMessage().length() < 1000, refused::getMessage);
      return false;
    } catch (Throwable e) {
      return fail("mutant " + number + ": " + HexFormat.of().formatHex(mutant), e);
    }
  }

  private byte[] mutant(Random random) {
    byte[] mutant = seeds.get(random.nextInt(seeds.size())).clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      mutant = changed(mutant, random);
    }
    return mutant;
  }

  private byte[] changed(byte[] bytes, Random random) {
    if (bytes.length < 8) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> { // a whole number of the header, or any other
        int most = random.nextBoolean() ? Math.min(48, bytes.length - 4) : bytes.length - 4;
        int word = Math.min(at, most) / 4 * 4;
        int value = INTS.get(random.nextInt(INTS.size()));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(word, value);
      }
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
      }
      default -> { // part of another
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length);
        int length = Math.min(random.nextInt(40), Math.min(bytes.length - at, other.length - from));
        System.arraycopy(other, from, bytes, at, length);
      }
    }
    return bytes;
  }

  private static void sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - 4, (int) sum.getValue());
  }
}

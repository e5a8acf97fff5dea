package dev.lanewise.lstm;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A {@link StreamState} as bytes, little-endian:
 *
 * <pre>
 *  0  4  the letters LWST
 *  4  2  version, 1
 *  6  2  weights: 0 float32, 1 bfloat16, 2 int8
 *  8 16  fingerprint: layers, weights
 * 24  4  sequences (batch)
 * 28  4  how many h
 * 32  4  how many c
 * 36  .  4 for each h, then each c: its numbers a sequence (units)
 *  .  .  float32 of each h, then each c: (batch, units), row-major
 *  .  4  CRC-32C of all bytes before
 * </pre>
 *
 * <p>What is read is held against the length before memory is taken for it.
 */
final class StateBytes {
  private static final int MAGIC = 'L' | 'W' << 8 | 'S' << 16 | 'T' << 24;
  private static final int VERSION = 1;
  private static final int VERSION_AT = 4;
  private static final int WEIGHTS_AT = 6;
  private static final int HEADER = 36;
  private static final int SUM = 4;
  private static final int LEAST = HEADER + SUM;

  /** In the order of their codes, which is for ever. */
  private static final List<WeightFormat> FORMATS =
      List.of(WeightFormat.FLOAT32, WeightFormat.BFLOAT16, WeightFormat.INT8);

  private StateBytes() {}

  static byte[] write(StreamState state, StateOwner owner) {
    List<Tensor> all = new ArrayList<>(state.h());
    all.addAll(state.c());
    List<StateOwner.Kept> kept = owner.kept();
    long batch = all.isEmpty() ? 0 : all.getFirst().dim(0);
    long size = size(all.stream().mapToLong(each -> each.dim(1)).sum(), all.size(), batch);
    if (size > Integer.MAX_VALUE - 8) { // the longest array of most JVMs
      throw StateBytesErrors.tooLarge(size);
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MAGIC).putShort((short) VERSION);
    bytes.putShort((short) FORMATS.indexOf(owner.weights()));
    bytes.putLong(owner.fingerprint().layers()).putLong(owner.fingerprint().weights());
    bytes.putInt((int) batch).putInt(state.h().size()).putInt(state.c().size());
    all.forEach(each -> bytes.putInt((int) each.dim(1)));
    for (int i = 0; i < all.size(); i++) {
      float[] numbers = all.get(i).toArray();
      int bad = notFinite(numbers);
      if (bad >= 0) {
        throw StateBytesErrors.notFiniteToWrite(kept.get(i), bad, numbers[bad]);
      }
      bytes.asFloatBuffer().put(numbers);
      bytes.position(bytes.position() + numbers.length * Float.BYTES);
    }
    return bytes.putInt(sum(bytes.array())).array();
  }

  static StreamState read(byte[] state, StateOwner owner) {
    ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    requireWhole(state, bytes);
    int code = Short.toUnsignedInt(bytes.getShort(WEIGHTS_AT));
    if (code >= FORMATS.size()) {
      throw StateBytesErrors.weights(code);
    }
    requireOwner(bytes.position(8), FORMATS.get(code), owner);
    return numbers(bytes, owner);
  }

  /** Refuses bytes that are not those that were written. */
  private static void requireWhole(byte[] state, ByteBuffer bytes) {
    int length = state.length;
    if (length >= Integer.BYTES && bytes.getInt(0) != MAGIC) {
      throw StateBytesErrors.magic(state);
    }
    if (length >= WEIGHTS_AT && Short.toUnsignedInt(bytes.getShort(VERSION_AT)) != VERSION) {
      throw StateBytesErrors.version(Short.toUnsignedInt(bytes.getShort(VERSION_AT)), VERSION);
    }
    long size = length < LEAST ? LEAST : size(bytes);
    if (size > length) {
      throw StateBytesErrors.cutOff(length, size);
    }
    if (size < length) {
      throw StateBytesErrors.trailing(length, size);
    }
    int sum = sum(state);
    int kept = bytes.getInt(length - SUM);
    if (sum != kept) {
      throw StateBytesErrors.changed(kept, sum);
    }
  }

  /** The bytes that a header tells of; as many as a long holds where they are more. */
  private static long size(ByteBuffer bytes) {
    long arrays =
        Integer.toUnsignedLong(bytes.getInt(28)) + Integer.toUnsignedLong(bytes.getInt(32));
    if (HEADER + arrays * Integer.BYTES > bytes.capacity() - SUM) {
      return LEAST + arrays * Integer.BYTES;
    }
    long widths = 0;
    for (int i = 0; i < arrays; i++) {
      widths += Integer.toUnsignedLong(bytes.getInt(HEADER + i * Integer.BYTES));
    }
    return size(widths, arrays, Integer.toUnsignedLong(bytes.getInt(24)));
  }

  private static long size(long widths, long arrays, long batch) {
    long most = (Long.MAX_VALUE - LEAST) / Float.BYTES - arrays;
    boolean fits = Math.multiplyHigh(widths, batch) == 0 && widths * batch >= 0;
    long numbers = fits ? Math.min(most, widths * batch) : most;
    return LEAST + (arrays + numbers) * Integer.BYTES;
  }

  private static void requireOwner(ByteBuffer bytes, WeightFormat weights, StateOwner owner) {
    Fingerprint of = new Fingerprint(bytes.getLong(), bytes.getLong());
    if (!of.equals(owner.fingerprint())) {
      throw StateBytesErrors.otherModel(of, owner.fingerprint());
    }
    if (weights != owner.weights()) {
      throw StateBytesErrors.otherWeights(of, weights, owner.weights());
    }
  }

  private static StreamState numbers(ByteBuffer bytes, StateOwner owner) {
    int batch = bytes.getInt();
    List<StateOwner.Kept> kept = owner.kept();
    int ofH = bytes.getInt();
    int ofC = bytes.getInt();
    int[] widths = new int[ofH + ofC];
    bytes.asIntBuffer().get(widths);
    bytes.position(HEADER + widths.length * Integer.BYTES);
    if (ofH != owner.h().size() || !Arrays.equals(widths, owner.widths()) || batch < 0) {
      throw StateBytesErrors.otherLayers(ofH, widths, owner);
    }
    Arena arena = Arena.ofAuto(); // one for all
    List<Tensor> all = new ArrayList<>();
    for (StateOwner.Kept each : kept) {
      float[] numbers = new float[batch * each.width()];
      bytes.asFloatBuffer().get(numbers);
      bytes.position(bytes.position() + numbers.length * Float.BYTES);
      int bad = notFinite(numbers);
      if (bad >= 0) {
        throw StateBytesErrors.notFiniteToRead(each, bad, numbers[bad]);
      }
      all.add(Tensor.of(arena, numbers, batch, each.width()));
    }
    return new StreamState(all.subList(0, ofH), all.subList(ofH, all.size()), owner);
  }

  /** The place of the first number that is none; -1 where all are. */
  private static int notFinite(float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        return i;
      }
    }
    return -1;
  }

  private static int sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length - SUM);
    return (int) sum.getValue();
  }
}

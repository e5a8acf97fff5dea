package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.files.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The type of the elements of an array or an attribute.
 *
 * @param name in words, for errors
 * @param bytes the size of an element
 * @param number what it is in this library; null where it is no float
 * @param text whether an element is a string
 * @param apart whether a string is elsewhere in the file
 * @param padding the character after a string that is shorter than its size
 */
record Hdf5Type(
    String name,
    long bytes,
    @Nullable ElementType number,
    ByteOrder order,
    boolean text,
    boolean apart,
    char padding) {
  private static final int INTEGER = 0;
  private static final int FLOAT = 1;
  private static final int STRING = 3;
  private static final int OPAQUE = 5;
  private static final int APART = 9;

  static Hdf5Type read(ByteBuffer type) {
    int kind = type.get() & 0x0f;
    int bits = Byte.toUnsignedInt(type.get());
    Hdf5Input.skip(type, 2); // none of these bits matters here
    long bytes = Integer.toUnsignedLong(type.getInt());
    return switch (kind) {
      case INTEGER -> {
        String sign = (bits & 8) != 0 ? "int" : "uint";
        yield other(sign + Byte.SIZE * bytes, bytes);
      }
      case FLOAT -> real(type, bits, bytes);
      case STRING -> {
        // Ends at its first zero; at its last; or at its last blank.
        char padding = (bits & 0x0f) == 2 ? ' ' : '\0';
        yield new Hdf5Type("text", bytes, null, ByteOrder.LITTLE_ENDIAN, true, false, padding);
      }
      case OPAQUE ->
          // How h5py writes bfloat16, which NumPy does not have.
          bytes == 2
              ? new Hdf5Type(
                  "bfloat16", bytes, ElementType.BF16, ByteOrder.LITTLE_ENDIAN, false, false, '\0')
              : other("opaque bytes", bytes);
      case APART ->
          (bits & 0x0f) == 1
              ? new Hdf5Type("text", bytes, null, ByteOrder.LITTLE_ENDIAN, true, true, '\0')
              : other("lists", bytes);
      default -> other("elements of kind " + kind, bytes);
    };
  }

  private static Hdf5Type other(String name, long bytes) {
    return new Hdf5Type(name, bytes, null, ByteOrder.LITTLE_ENDIAN, false, false, '\0');
  }

  private static Hdf5Type real(ByteBuffer type, int bits, long bytes) {
    Hdf5Input.skip(type, 2);
    int precision = Short.toUnsignedInt(type.getShort());
    Hdf5Input.skip(type, 1);
    int exponent = type.get();
    ElementType number =
        bytes * Byte.SIZE != precision
            ? null
            : switch (precision << 8 | exponent) {
              case 64 << 8 | 11 -> ElementType.F64;
              case 32 << 8 | 8 -> ElementType.F32;
              case 16 << 8 | 5 -> ElementType.F16;
              case 16 << 8 | 8 -> ElementType.BF16;
              default -> null;
            };
    ByteOrder order = (bits & 1) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    String name = "floats of " + precision + " bits";
    return new Hdf5Type(name, bytes, number, order, false, false, '\0');
  }
}

package dev.lanewise.formats.torch;

import dev.lanewise.formats.torch.PickleValue.None;
import dev.lanewise.formats.torch.PickleValue.Opaque;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbers, texts and bytes of a pickle. */
final class PickleScalars {
  /** As long as a text may be, in bytes: reading it takes several times as much. */
  private static final long LONGEST = 8 << 20;

  private static final String BEYOND_LONG = "an integer beyond 64 bits";
  private static final Pattern LONG_INTEGER = Pattern.compile("[+-]?[0-9]+");

  private final PickleInput input;
  private final PickleStack stack;

  PickleScalars(PickleInput input, PickleStack stack) {
    this.input = input;
    this.stack = stack;
  }

  /** The value that an opcode pushes; null where it is no scalar's. */
  @Nullable Object read(int opcode) {
    Object number = number(opcode);
    return number == null ? text(opcode) : number;
  }

  private @Nullable Object number(int opcode) {
    return switch (opcode) {
      case 'N' -> None.NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> input.unsigned(1);
      case 'M' -> input.unsigned(2);
      case 'J' -> (long) (int) input.unsigned(4);
      case 'G' -> input.bigEndianDouble();
      case 0x8a -> twosComplement(input.unsigned(1));
      case 0x8b -> twosComplement(input.unsigned(4));
      case 'I' -> decimal(input.line());
      case 'L' -> decimal(withoutL(input.line()));
      case 'F' -> floating(input.line());
      default -> null;
    };
  }

  private Object twosComplement(long size) {
    if (size > Long.BYTES) {
      input.skip(size);
      return new Opaque(BEYOND_LONG);
    }
    byte[] bytes = input.bytes((int) size);
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = i == bytes.length - 1 ? bytes[i] : (value << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return value;
  }

  private static String withoutL(String line) {
    return line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
  }

  /** A number in digits, or a truth. */
  Object decimal(String line) {
    if (line.equals("00") || line.equals("01")) {
      return line.equals("01");
    }
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      if (LONG_INTEGER.matcher(line).matches()) {
        return new Opaque(BEYOND_LONG);
      }
      throw TorchErrors.number(input.file(), stack.here(), line);
    }
  }

  private double floating(String line) {
    try {
      return Double.parseDouble(line);
    } catch (NumberFormatException e) {
      throw TorchErrors.number(input.file(), stack.here(), line);
    }
  }

  private @Nullable Object text(int opcode) {
    return switch (opcode) {
      case 'X' -> utf8(input.unsigned(4));
      case 0x8c -> utf8(input.unsigned(1));
      case 0x8d -> utf8(input.unsigned(8));
      case 'V' -> unescaped();
      // Python 2 has no other text: what is UTF-8 is a name.
      case 'T' -> textOrBytes(input.unsigned(4));
      case 'U' -> textOrBytes(input.unsigned(1));
      case 'B' -> bytes(input.unsigned(4));
      case 'C' -> bytes(input.unsigned(1));
      case 0x8e, 0x96 -> bytes(input.unsigned(8));
      default -> null;
    };
  }

  private byte[] text(long size) {
    // A character may take two bytes.
    stack.charge(PickleStack.TEXT + 2 * size);
    return input.bytes((int) size);
  }

  private String utf8(long size) {
    if (size < 0 || size > LONGEST) {
      throw TorchErrors.longText(input.file(), stack.here(), LONGEST, size);
    }
    return input.utf8(text(size), stack.position());
  }

  private Object textOrBytes(long size) {
    if (size > LONGEST) {
      return bytes(size);
    }
    String text = PickleInput.utf8(text(size));
    return text == null ? new Opaque("bytes") : text;
  }

  private Object bytes(long size) {
    stack.charge(PickleStack.TEXT);
    input.skip(size);
    return new Opaque("bytes");
  }

  /** Protocol 0 writes what is beyond a byte, and the backslash, in four digits or eight. */
  private String unescaped() {
    String line = new String(input.lineBytes(), StandardCharsets.ISO_8859_1);
    stack.charge(PickleStack.TEXT + line.length());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      int digits = c == '\\' && i + 1 < line.length() ? digits(line.charAt(i + 1)) : 0;
      if (digits == 0 || i + 2 + digits > line.length()) {
        text.append(c);
        continue;
      }
      try {
        text.appendCodePoint(Integer.parseInt(line, i + 2, i + 2 + digits, 16));
      } catch (IllegalArgumentException e) {
        throw TorchErrors.text(input.file(), stack.here());
      }
      i += 1 + digits;
    }
    return text.toString();
  }

  private static int digits(char kind) {
    return kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  }
}

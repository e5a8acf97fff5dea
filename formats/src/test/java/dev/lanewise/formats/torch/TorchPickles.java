package dev.lanewise.formats.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of PyTorch by hand, of pickles in protocol 0. */
final class TorchPickles {
  private TorchPickles() {}

  /** A tensor of four numbers in storage "0". */
  static String tensor(String offset, String sizes, String strides) {
    return tensor("torch\nFloatStorage", "0", "4", offset, sizes, strides);
  }

  static String tensor(
      String type, String key, String size, String offset, String sizes, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n("
        + storage(type, key, size)
        + "I"
        + offset
        + "\n"
        + tuple(sizes)
        + tuple(strides)
        + "I00\nccollections\nOrderedDict\n)RtR";
  }

  static String storage(String type, String key, String size) {
    return "(Vstorage\nc" + type + "\nV" + key + "\nVcpu\nI" + size + "\ntQ";
  }

  private static String tuple(String numbers) {
    StringBuilder tuple = new StringBuilder("(");
    for (String number : numbers.split(" ", -1)) {
      tuple.append(number.isEmpty() ? "" : "I" + number + "\n");
    }
    return tuple.append("t").toString();
  }

  /** A dict of a name and a value, and so on. */
  static String dict(String... pairs) {
    StringBuilder dict = new StringBuilder("}");
    for (int i = 0; i < pairs.length; i += 2) {
      dict.append("V").append(pairs[i]).append("\n").append(pairs[i + 1]).append("s");
    }
    return dict.toString();
  }

  /** A module of TorchScript. */
  static String module(String type, String state) {
    return "c__torch__\n" + type + "\n)\u0081" + state + "b";
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** An archive of a pickle and of storage "0" with the numbers 1 to 4. */
  static Path archive(Path file, String pickle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", bytes(pickle + "."));
    entries.put("archive/data/0", floats(1, 2, 3, 4));
    return archive(file, entries);
  }

  static Path archive(Path file, Map<String, byte[]> entries) {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** A file of before PyTorch 1.6. */
  static Path legacy(Path file, String version, String pickle, String keys, byte[]... storages) {
    String magic = "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";
    List<String> pickles = List.of(magic, version + ".", "}.", pickle + ".", keys + ".");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes(String.join("", pickles)));
      for (byte[] storage : storages) {
        ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        out.write(size.putLong(0, storage.length / 4).array());
        out.write(storage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}

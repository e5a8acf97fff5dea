package dev.lanewise.formats.safetensors;

import static dev.lanewise.tensor.ElementType.FLOAT32;

import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.json.Jackson;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** What the JSON at the front of a {@code .safetensors} file says, checked against the file. */
public record SafeTensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final long MOST_BYTES = 100_000_000;
  private static final int START = Long.BYTES;

  /**
   * A tensor in the file.
   *
   * @param position where its elements begin in the file, in bytes
   * @param bytes how long they are, in bytes
   */
  public record Entry(ElementType type, Shape shape, long position, long bytes) {}

  /** Whether a file may be one: a header length within bounds, then the header's brace. */
  public static boolean begins(byte[] head) {
    if (head.length <= START || head[START] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 0 && length <= MOST_BYTES;
  }

  public static SafeTensorsHeader read(InputFile input, Path file) {
    if (input.size() < START) {
      throw SafeTensorsErrors.cut(file, 0, "a header length of 8 bytes", input.size());
    }
    long length = ByteBuffer.wrap(input.bytes(0, START)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MOST_BYTES) {
      throw SafeTensorsErrors.headerLength(file, MOST_BYTES, length);
    }
    if (length > input.size() - START) {
      throw SafeTensorsErrors.cut(
          file, START, "a header of " + length + " bytes", input.size() - START);
    }
    byte[] json = input.bytes(START, (int) length);
    if (json.length == 0 || json[0] != '{') {
      throw SafeTensorsErrors.brace(file, START, json.length == 0 ? -1 : json[0] & 0xff);
    }
    return parse(json, file, input.size());
  }

  private static SafeTensorsHeader parse(byte[] json, Path file, long fileSize) {
    long dataStart = START + (long) json.length;
    JsonObject root = JsonObject.of(Json.parse(json, file, "", START), file, "header");
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String name : root.names()) {
      if (name.equals(METADATA)) {
        JsonObject texts = root.object(name, METADATA);
        for (String key : texts.names()) {
          metadata.put(key, texts.string(key));
        }
      } else {
        JsonObject tensor = root.object(name, SafeTensorsErrors.tensor(name));
        entries.put(name, entry(tensor, file, dataStart));
      }
    }
    requireNoGaps(entries, file, dataStart, fileSize);
    return new SafeTensorsHeader(entries, metadata);
  }

  private static Entry entry(JsonObject tensor, Path file, long dataStart) {
    tensor.allowOnly("dtype", "shape", "data_offsets");
    ElementType type = type(tensor.string("dtype"));
    if (type == null) {
      throw SafeTensorsErrors.type(file, tensor.where(), tensor.string("dtype"));
    }
    long[] dims = tensor.longs("shape");
    long[] offsets = tensor.longs("data_offsets");
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw SafeTensorsErrors.offsets(file, tensor.where(), offsets);
    }
    if (Sizes.extent(dims, type.bytes()) == Sizes.TOO_MANY) {
      throw SafeTensorsErrors.overflow(file, tensor.where(), dims, type);
    }
    Shape shape = Shape.of(dims);
    long needed = Sizes.bytes(dims, type.bytes());
    if (offsets[1] - offsets[0] != needed) {
      throw SafeTensorsErrors.size(file, tensor.where(), shape, type, needed, offsets);
    }
    if (offsets[1] > Long.MAX_VALUE - dataStart) {
      throw SafeTensorsErrors.offsets(file, tensor.where(), offsets);
    }
    return new Entry(type, shape, dataStart + offsets[0], needed);
  }

  private static @Nullable ElementType type(String name) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  private static void requireNoGaps(
      Map<String, Entry> entries, Path file, long dataStart, long fileSize) {
    List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(SafeTensorsHeader::compare);
    long end = dataStart;
    for (Map.Entry<String, Entry> next : ordered) {
      long position = next.getValue().position();
      if (position != end) {
        throw SafeTensorsErrors.gap(file, next.getKey(), end - dataStart, position - dataStart);
      }
      end += next.getValue().bytes();
    }
    if (end > fileSize) {
      throw SafeTensorsErrors.cut(
          file, dataStart, (end - dataStart) + " bytes of tensors", fileSize - dataStart);
    }
    if (end < fileSize) {
      throw SafeTensorsErrors.tooLong(file, dataStart, end - dataStart, fileSize - dataStart);
    }
  }

  private static int compare(Map.Entry<String, Entry> left, Map.Entry<String, Entry> right) {
    int byPosition = Long.compare(left.getValue().position(), right.getValue().position());
    return byPosition != 0
        ? byPosition
        : Long.compare(left.getValue().bytes(), right.getValue().bytes());
  }

  /** The JSON, padded with blanks so that the tensors begin at a multiple of 8 bytes. */
  public static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Jackson.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectPropertyStart(METADATA);
        metadata.forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, Tensor> next : tensors.entrySet()) {
        begin = writeEntry(json, next.getKey(), next.getValue(), begin);
      }
      json.writeEndObject();
    }
    int size = (bytes.size() + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    byte[] padded = Arrays.copyOf(bytes.toByteArray(), size);
    Arrays.fill(padded, bytes.size(), size, (byte) ' ');
    return padded;
  }

  private static long writeEntry(JsonGenerator json, String name, Tensor tensor, long begin) {
    if (tensor.type() != FLOAT32) {
      throw SafeTensorsErrors.notFloat32(tensor);
    }
    if (name.equals(METADATA)) {
      throw SafeTensorsErrors.reservedTensorName(METADATA);
    }
    Shape shape = tensor.shape();
    long end = begin + shape.size() * Float.BYTES;
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("dtype", "F32");
    json.writeArrayPropertyStart("shape");
    for (long length : shape.toArray()) {
      json.writeNumber(length);
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("data_offsets");
    json.writeNumber(begin);
    json.writeNumber(end);
    json.writeEndArray();
    json.writeEndObject();
    return end;
  }
}

package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.ElementType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The types of elements, by the names that PyTorch gives them and their storages. */
enum TorchType {
  FLOAT32("FloatStorage", ElementType.F32),
  FLOAT64("DoubleStorage", ElementType.F64),
  FLOAT16("HalfStorage", ElementType.F16),
  BFLOAT16("BFloat16Storage", ElementType.BF16),
  INT64("LongStorage", ElementType.I64),
  INT32("IntStorage", ElementType.I32),
  INT16("ShortStorage", ElementType.I16),
  INT8("CharStorage", ElementType.I8),
  UINT8("ByteStorage", ElementType.U8),
  BOOL("BoolStorage", ElementType.BOOL),
  UINT16("", ElementType.U16),
  UINT32("", ElementType.U32),
  UINT64("", ElementType.U64),
  COMPLEX64("ComplexFloatStorage", 8),
  COMPLEX128("ComplexDoubleStorage", 16),
  QINT8("QInt8Storage", 1),
  QUINT8("QUInt8Storage", 1),
  QINT32("QInt32Storage", 4),

  /** Bytes, whose tensors say what they are. */
  UNTYPED("UntypedStorage", 1);

  private final String storage;
  private final int bytes;
  private final @Nullable ElementType element;

  TorchType(String storage, ElementType element) {
    this.storage = storage;
    this.bytes = element.bytes();
    this.element = element;
  }

  TorchType(String storage, int bytes) {
    this.storage = storage;
    this.bytes = bytes;
    this.element = null;
  }

  /** The size of an element, in bytes. */
  int bytes() {
    return bytes;
  }

  /** How the elements become numbers; null where they are not read. */
  @Nullable ElementType element() {
    return element;
  }

  /** That of a class of storages, for instance {@code torch.FloatStorage}; null for another. */
  static @Nullable TorchType ofStorage(String name) {
    for (String room : new String[] {"torch.cuda.", "torch.storage.", "torch."}) {
      if (name.startsWith(room)) {
        String own = name.substring(room.length());
        for (TorchType type : values()) {
          if (type.storage.equals(own) && !own.isEmpty()) {
            return type;
          }
        }
      }
    }
    return null;
  }

  /** That of a dtype, for instance {@code torch.float32}; null for another. */
  static @Nullable TorchType ofDtype(String name) {
    for (TorchType type : values()) {
      if (name.equals(type.words()) && type != UNTYPED) {
        return type;
      }
    }
    return null;
  }

  /** As PyTorch writes it. */
  String words() {
    return "torch." + name().toLowerCase(Locale.ROOT);
  }
}

package dev.lanewise.formats;

import io.jhdf.api.Attribute;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Strings in attributes of HDF5, as UTF-8. Keras writes UTF-8 and, of a list, has the file say
 * ASCII, which jhdf believes. ASCII is UTF-8 too.
 */
final class Hdf5Strings {
  // HDF5 file format, section IV.A.2.d: classes of datatypes, and what their bits say.
  private static final int VERSION = 1 << 4;
  private static final int STRING = 3;
  private static final int VARIABLE_LENGTH = 9;
  private static final int OF_STRINGS = 1;
  private static final int UTF_8 = 1;

  private Hdf5Strings() {}

  /** What jhdf reads from an attribute that is not empty, strings as UTF-8. */
  static Object read(Attribute attribute) {
    ByteBuffer message = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    DataType type = attribute.getDataType();
    switch (type) {
      case StringData fixed -> put(message, STRING, padding(fixed.getPaddingType()), type);
      case VariableLength strings when strings.isVariableLengthString() -> {
        int bits = OF_STRINGS | padding(strings.getPaddingType()) << 4;
        put(message, VARIABLE_LENGTH, bits, type);
        put(message, STRING, 0, strings.getParent());
      }
      default -> {
        return attribute.getData();
      }
    }
    return DataType.readDataType(message.flip())
        .fillData(
            attribute.getBuffer(),
            attribute.isScalar() ? new int[] {1} : attribute.getDimensions(),
            attribute.getNode().getHdfFile().getHdfBackingStorage());
  }

  private static void put(ByteBuffer message, int kind, int bits, DataType type) {
    message.put((byte) (VERSION | kind)).put((byte) bits).put((byte) UTF_8).put((byte) 0);
    message.putInt(type.getSize());
  }

  private static int padding(StringData.PaddingType type) {
    return switch (type) {
      case NULL_TERMINATED -> 0;
      case NULL_PADDED -> 1;
      case SPACE_PADDED -> 2;
    };
  }
}

package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.ElementType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** Where the elements of a storage are: in the file, in an entry of it, or in memory. */
interface TorchElements {
  /**
   * Reads elements as float32.
   *
   * @param position where they are in the storage's bytes
   * @param target (.., count, ..) float32. Overwritten
   * @param offset where to in the target, in elements
   * @param where names the tensor in errors
   */
  void floats(
      ElementType type,
      ByteOrder order,
      long position,
      long count,
      MemorySegment target,
      long offset,
      String where);
}

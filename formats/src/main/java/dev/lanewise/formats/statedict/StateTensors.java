package dev.lanewise.formats.statedict;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * The tensors of a file by name, as {@code state_dict()} has them. None is read before its time.
 */
public interface StateTensors {
  /** For errors. */
  Path file();

  /** By name, in the order of the file. */
  Map<String, Shape> shapes();

  /** Whether that order is the one in which the modules were made. */
  boolean isInOrder();

  /**
   * Reads a tensor.
   *
   * @param name of one that is there
   * @param target of its shape, contiguous. Overwritten
   */
  void copyTo(String name, Tensor target);
}

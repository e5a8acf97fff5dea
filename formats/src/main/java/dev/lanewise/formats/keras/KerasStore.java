package dev.lanewise.formats.keras;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/** Where the arrays of a model's layers are: a file, or several, of any layout. */
public interface KerasStore {
  /** An array, of which only the shape is read yet. */
  interface Array {
    /** What the array is, as the file says. */
    Shape shape();

    /** The elements as float32. */
    Tensor read();
  }

  /**
   * The arrays of one layer of the file.
   *
   * @param layer what the file calls it
   * @param paths of its arrays, in the order of the layer's weights
   */
  record Group(String layer, List<String> paths) {
    /** Copies the paths. */
    public Group {
      paths = List.copyOf(paths);
    }
  }

  /**
   * The arrays of all layers of the file.
   *
   * @param wanted the layers of the model that have weights, in order
   * @return one for each layer that the file has; another count than {@code wanted} is refused by
   *     the caller
   */
  List<Group> groups(List<KerasPlace> wanted);

  /** One of the arrays that {@link #groups} names. */
  Array array(String path);

  /** Names an array in errors. */
  String where(String path);
}

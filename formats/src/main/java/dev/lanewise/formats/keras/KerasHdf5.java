package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.hdf5.Hdf5Array;
import dev.lanewise.formats.hdf5.Hdf5Errors;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arrays of an HDF5 file, or of several, in any of Keras's two layouts. */
final class KerasHdf5 implements KerasStore {
  private static final List<String> CONTAINERS =
      List.of("layers", "_layer_checkpoint_dependencies");

  private final Hdf5 hdf5;
  private final KerasTree tree;
  private final Path file;
  private final Map<String, List<String>> ordered = new HashMap<>(); // by group and class

  KerasHdf5(Hdf5 hdf5, Path file) {
    this(List.of(hdf5), file);
  }

  /**
   * @param files one or more, of which only one may list its layers
   */
  KerasHdf5(List<Hdf5> files, Path file) {
    this.hdf5 = files.getFirst();
    this.tree = new KerasTree(files, file);
    this.file = file;
  }

  private record Stored(Hdf5Array array) implements Array {
    @Override
    public Shape shape() {
      return array.shape();
    }

    @Override
    public Tensor read() {
      return array.read();
    }
  }

  @Override
  public Array array(String path) {
    return new Stored(tree.array(path));
  }

  @Override
  public String where(String path) {
    return Hdf5Errors.array(path);
  }

  @Override
  public List<Group> groups(List<KerasPlace> wanted) {
    for (String group : List.of("", "model_weights")) {
      if (hdf5.hasList(group, "layer_names")) {
        return KerasUnits.apart(file, byLayerName(group), wanted);
      }
    }
    for (String container : CONTAINERS) {
      if (!tree.children(container).isEmpty()) {
        return wanted.stream().map(place -> variables(container, place)).toList();
      }
    }
    throw KerasErrors.noWeights(file, hdf5.children(""));
  }

  /** The layout until Keras 2, and of .h5 in Keras 3: the groups that list any weights. */
  private List<Group> byLayerName(String group) {
    String prefix = group.isEmpty() ? "" : group + "/";
    List<Group> all = new ArrayList<>();
    for (String layer : hdf5.list(group, "layer_names")) {
      List<String> names = hdf5.list(prefix + layer, "weight_names");
      if (!names.isEmpty()) {
        List<String> paths = names.stream().map(name -> prefix + layer + "/" + name).toList();
        all.add(new Group(layer, paths));
      }
    }
    return all;
  }

  /** The layout of .keras and .weights.h5: numbered variables, below the class of the layer. */
  private Group variables(String container, KerasPlace place) {
    StringBuilder base = new StringBuilder();
    for (KerasGroupName part : place.stored()) {
      base.append(base.isEmpty() ? "" : "/").append(container).append('/');
      String group = base.substring(0, base.length() - 1);
      List<String> own =
          ordered.computeIfAbsent(
              group + " " + part.base(), _ -> part.ordered(tree.children(group)));
      base.append(part.in(own));
    }
    List<String> paths = new ArrayList<>();
    for (String group : place.groups()) {
      int count = tree.children(base + group).size();
      for (int i = 0; i < count; i++) {
        paths.add(base + group + "/" + i);
      }
    }
    return new Group(base.toString(), paths);
  }
}

package dev.lanewise.formats.keras;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.FileErrors;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.npy.NpyHeader;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The arrays of {@code numpy.savez(file, *model.get_weights())}: {@code arr_0}, {@code arr_1} and
 * so on, which are the weights of one layer after the other.
 */
final class KerasNpz implements KerasStore {
  private static final long HEADER = 1 << 20;

  private final ZipArchive zip;
  private final Path file;
  private final long most;

  /**
   * @param elements how many elements all weights have together
   */
  KerasNpz(ZipArchive zip, Path file, long elements) {
    this.zip = zip;
    this.file = file;
    this.most = HEADER + Math.min(elements, Integer.MAX_VALUE) * Double.BYTES;
  }

  private record Stored(InputFile input, NpyHeader header, String where) implements Array {
    @Override
    public Shape shape() {
      return header.shape();
    }

    @Override
    public Tensor read() {
      long[] dims = header.dims();
      int rank = dims.length;
      int[] reversed = new int[rank];
      for (int axis = 0; axis < rank; axis++) {
        reversed[axis] = rank - 1 - axis;
      }
      if (header.fortranOrder()) {
        // Row-major with its axes the other way round.
        dims = Shape.of(dims).toArray();
        for (int axis = 0; axis < rank / 2; axis++) {
          long first = dims[axis];
          dims[axis] = dims[rank - 1 - axis];
          dims[rank - 1 - axis] = first;
        }
      }
      Tensor values = Tensor.zeros(dims);
      input.floats(
          header.type(),
          header.order(),
          header.dataStart(),
          values.size(),
          values.segment(),
          values.offset(),
          where);
      return header.fortranOrder() ? values.permute(reversed) : values;
    }
  }

  @Override
  public Array array(String path) {
    byte[] bytes = Objects.requireNonNull(zip.bytes(path, most));
    InputFile input = InputFile.of(bytes, file);
    try {
      return new Stored(input, NpyHeader.read(input, file), where(path));
    } catch (FormatException e) {
      throw FileErrors.within(file, where(path), e);
    }
  }

  @Override
  public String where(String path) {
    return FileErrors.entry(path);
  }

  @Override
  public List<Group> groups(List<KerasPlace> wanted) {
    List<String> names = zip.names();
    Set<String> all = new HashSet<>(names);
    int count = wanted.stream().mapToInt(KerasPlace::count).sum();
    List<Group> groups = new ArrayList<>();
    int next = 0;
    for (KerasPlace place : wanted) {
      List<String> own = new ArrayList<>();
      for (int i = 0; i < place.count(); i++) {
        String name = "arr_" + next++ + ".npy";
        if (!all.contains(name)) {
          throw KerasErrors.npzArrays(file, count, names);
        }
        own.add(name);
      }
      groups.add(new Group(place.name(), own));
    }
    if (names.size() != count) {
      throw KerasErrors.npzArrays(file, count, names);
    }
    return groups;
  }
}

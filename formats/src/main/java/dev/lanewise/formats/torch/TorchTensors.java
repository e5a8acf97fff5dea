package dev.lanewise.formats.torch;

import static dev.lanewise.tensor.ElementType.FLOAT32;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.InputFile;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.files.ZipArchive;
import dev.lanewise.formats.statedict.StateTensors;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a file of {@code torch.save} or {@code torch.jit.save}, by the names of the one
 * state_dict in it. The file stays open: each tensor is read where it is asked for.
 *
 * <p>All types of real numbers are read as float32, as {@link
 * dev.lanewise.formats.files.ElementType} says. What wrappers put in front of all names is gone:
 * {@code module.}, {@code _orig_mod.}, {@code model.} and {@code net.}. A tensor that is no real
 * numbers, or that is not within the file, is refused when the file is opened. For one thread at a
 * time.
 */
public final class TorchTensors implements StateTensors, AutoCloseable {
  /** How many times the bytes of the file tensors may have together: more than any model ties. */
  private static final long MOST_SHARING = 16;

  private static final int HEAD = 32;

  private final TorchContents contents;
  private final Path file;
  private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private TorchTensors(TorchContents contents, Path file) {
    this.contents = contents;
    this.file = file;
    Map<String, PickleValue> saved = TorchCheckpoint.tensors(file, contents);
    int wrapped = TorchNames.wrapped(saved.keySet());
    saved.forEach((name, value) -> add(name.substring(wrapped), value));
    requireOwn(saved);
  }

  private void add(String name, PickleValue value) {
    TorchTensor tensor = TorchTensor.of(contents, file, name, value);
    tensors.put(name, tensor);
    shapes.put(name, tensor.shape);
  }

  /**
   * Memory is allocated by what the tensors say together. Those that share elements are to be
   * backed by the file, not by what it unpacks to.
   */
  private void requireOwn(Map<String, PickleValue> saved) {
    Map<String, Long> storages = new HashMap<>();
    for (PickleValue value : saved.values()) {
      if (value instanceof PickleValue.View view) {
        PickleValue.Storage storage = view.storage;
        storages.put(storage.key, Sizes.multiply(storage.rootSize, storage.type.bytes()));
      }
    }
    long stored = storages.values().stream().reduce(0L, Sizes::add);
    long used = 0;
    for (TorchTensor tensor : tensors.values()) {
      used = Sizes.add(used, Sizes.multiply(tensor.shape.size(), tensor.type.bytes()));
    }
    long most = Math.max(stored, Sizes.multiply(MOST_SHARING, contents.size()));
    if (used > most) {
      throw TorchErrors.sharing(file, most, used);
    }
  }

  /** Whether a file that begins so was written before PyTorch 1.6. */
  public static boolean begins(byte[] head) {
    return TorchLegacy.begins(head);
  }

  /** Whether a zip archive with these entries is PyTorch's. */
  public static boolean isTorch(List<String> entries) {
    return TorchArchive.folder(entries) != null;
  }

  /**
   * Opens a file.
   *
   * @throws FormatException when it cannot be read, is malformed, holds anything whose reading
   *     would run code, or holds no state_dict or several
   */
  public static TorchTensors read(Path file) {
    TorchContents contents =
        ZipArchive.begins(head(file)) ? TorchArchive.open(file) : TorchLegacy.open(file);
    try {
      return new TorchTensors(contents, file);
    } catch (RuntimeException | Error e) {
      contents.close();
      throw e;
    }
  }

  private static byte[] head(Path file) {
    try (InputFile input = InputFile.open(file)) {
      return input.bytes(0, (int) Math.min(HEAD, input.size()));
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Map<String, Shape> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * The type that a tensor has in the file, for instance {@code F32} or {@code BF16}.
   *
   * @throws FormatException when there is none of that name
   */
  public String type(String name) {
    return tensor(name).type.name();
  }

  @Override
  public boolean isInOrder() {
    return true;
  }

  /**
   * Reads a tensor, straight from the file.
   *
   * @param target float32 of the tensor's shape, of any strides. Overwritten
   * @throws IllegalArgumentException when the target has another shape or type
   * @throws FormatException when there is none of that name, a float64 is beyond float32, or the
   *     file is damaged or can no longer be read
   */
  @Override
  public void copyTo(String name, Tensor target) {
    TorchTensor tensor = tensor(name);
    if (target.type() != FLOAT32 || !target.shape().equals(tensor.shape)) {
      throw TorchErrors.target(name, tensor.shape, target);
    }
    TorchCopy.copy(tensor, target);
  }

  private TorchTensor tensor(String name) {
    TorchTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw TorchErrors.tensorMissing(file, name, tensors.keySet());
    }
    return tensor;
  }

  @Override
  public void close() {
    contents.close();
  }
}

package dev.lanewise.formats.torch;

import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open file of {@code torch.save}: what its pickle says, and where its storages are. */
interface TorchContents extends AutoCloseable {
  /** What was saved. */
  Object root();

  /**
   * Where a storage is, which the file is known to hold as a whole.
   *
   * @param where names the tensor in errors
   */
  TorchElements elements(PickleValue.Storage storage, String where);

  /** The parameters and buffers of a class of TorchScript; null where they are not known. */
  @Nullable Set<String> tensors(String type);

  /** Of the file, in bytes. */
  long size();

  /** That of the elements. */
  ByteOrder order();

  @Override
  void close();
}

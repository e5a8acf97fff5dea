package dev.lanewise.formats.torch;

import dev.lanewise.formats.files.ElementType;
import dev.lanewise.formats.files.Sizes;
import dev.lanewise.formats.torch.PickleValue.Unread;
import dev.lanewise.formats.torch.PickleValue.View;
import dev.lanewise.tensor.Shape;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A strided view of elements in a file, which are known to be there. */
final class TorchTensor {
  final TorchElements elements;
  final ByteOrder order;
  final ElementType type;

  /** Of the first element, in the bytes of the storage. */
  final long position;

  final Shape shape;

  /** In elements, none negative. */
  final long[] strides;

  /** Names the tensor in errors. */
  final String where;

  private TorchTensor(
      TorchElements elements,
      ByteOrder order,
      ElementType type,
      long position,
      Shape shape,
      long[] strides,
      String where) {
    this.elements = elements;
    this.order = order;
    this.type = type;
    this.position = position;
    this.shape = shape;
    this.strides = strides;
    this.where = where;
  }

  /** Held against its storage; the storage against the file. */
  static TorchTensor of(TorchContents contents, Path file, String name, PickleValue value) {
    String where = TorchErrors.tensor(name);
    if (value instanceof Unread unread) {
      throw TorchErrors.unread(file, where, unread.words(), unread.remedy);
    }
    if (!(value instanceof View view)) {
      throw TorchErrors.unread(file, where, value.words(), "");
    }
    ElementType type = view.type.element();
    if (type == null) {
      throw TorchErrors.unread(
          file, where, "a tensor of " + view.type.words(), TorchErrors.CONVERT);
    }
    long[] sizes = view.sizes;
    if (view.strides.length != sizes.length || Sizes.extent(sizes, 8) == Sizes.TOO_MANY) {
      throw TorchErrors.view(file, where, view);
    }
    long bytes = Sizes.multiply(view.storage.size, view.storage.type.bytes());
    long room = bytes / type.bytes();
    Shape shape = Shape.of(sizes);
    if (view.offset < 0 || Sizes.add(view.offset, reach(view, shape.size())) > room) {
      throw TorchErrors.view(file, where, view);
    }
    if (shape.size() > 0 && !liesApart(view)) {
      throw TorchErrors.overlap(file, where, view);
    }
    TorchElements elements = contents.elements(view.storage, where);
    long start = view.storage.offset * view.storage.type.bytes() + view.offset * type.bytes();
    return new TorchTensor(elements, contents.order(), type, start, shape, view.strides, where);
  }

  /** How many elements there are from the first to the last in the storage. */
  private static long reach(View view, long elements) {
    long reach = elements == 0 ? 0 : 1;
    for (int axis = 0; axis < view.sizes.length; axis++) {
      if (view.strides[axis] < 0) {
        return Sizes.TOO_MANY;
      }
      if (elements > 0) {
        reach = Sizes.add(reach, Sizes.multiply(view.sizes[axis] - 1, view.strides[axis]));
      }
    }
    return reach;
  }

  /** Whether each axis steps over all that the axes of smaller steps reach. */
  private static boolean liesApart(View view) {
    List<Integer> axes =
        IntStream.range(0, view.sizes.length)
            .filter(axis -> view.sizes[axis] > 1)
            .boxed()
            .sorted(Comparator.comparingLong(axis -> view.strides[axis]))
            .toList();
    long reach = 0;
    for (int axis : axes) {
      if (view.strides[axis] <= reach) {
        return false;
      }
      reach += (view.sizes[axis] - 1) * view.strides[axis];
    }
    return true;
  }
}

package dev.lanewise.formats.torch;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.torch.PickleValue.Global;
import dev.lanewise.formats.torch.PickleValue.Instance;
import dev.lanewise.formats.torch.PickleValue.Items;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.Opaque;
import dev.lanewise.formats.torch.PickleValue.Storage;
import dev.lanewise.formats.torch.PickleValue.Tuple;
import dev.lanewise.formats.torch.PickleValue.Unread;
import dev.lanewise.formats.torch.PickleValue.View;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls that {@code torch.save} writes, and what each stands for. All others are refused. */
final class TorchCalls implements PickleCalls {
  /** The classes of a TorchScript archive. */
  private static final String SCRIPT = "__torch__.";

  /** As many axes as PyTorch's tensors may have. */
  private static final int MOST_AXES = 64;

  private static final String REBUILD = "torch._utils._rebuild_";

  private static final Unread SPARSE =
      new Unread("a sparse tensor", "save it dense: tensor.to_dense()");

  private static final Unread XLA =
      new Unread("a tensor of an XLA device", "save it from the CPU: tensor.cpu()");

  /** Tensors of kinds that are not read. */
  private static final Map<String, Unread> UNREAD =
      Map.of(
          REBUILD + "qtensor",
          new Unread("a quantized tensor", "save it as numbers: tensor.dequantize()"),
          REBUILD + "sparse_tensor",
          SPARSE,
          REBUILD + "sparse_csr_tensor",
          SPARSE,
          REBUILD + "nested_tensor",
          new Unread("a nested tensor", "save its parts: tensor.unbind()"),
          REBUILD + "meta_tensor_no_storage",
          new Unread("a tensor of the device \"meta\", without elements", ""),
          REBUILD + "device_tensor_from_numpy",
          XLA,
          REBUILD + "xla_tensor",
          XLA);

  private static final Set<String> PLAIN_TENSORS =
      Set.of(
          "torch.Tensor",
          "torch.nn.parameter.Parameter",
          "torch.nn.parameter.Buffer",
          "torch._tensor.Tensor");

  private final Path file;
  private final Map<String, Storage> storages = new LinkedHashMap<>();

  TorchCalls(Path file) {
    this.file = file;
  }

  /** Those that the pickle names, by their keys. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Object call(String where, Global function, List<Object> arguments) {
    Unread unread = UNREAD.get(function.name);
    if (unread != null) {
      return unread;
    }
    return switch (function.name) {
      case "collections.OrderedDict", "builtins.dict", "__builtin__.dict" ->
          mapping(where, arguments.isEmpty() ? new Mapping() : arguments.getFirst());
      case "collections.defaultdict" -> new Mapping();
      case REBUILD + "tensor", REBUILD + "tensor_v2" -> view(where, arguments, null);
      case REBUILD + "tensor_v3" -> viewOfType(where, arguments);
      case REBUILD + "parameter",
          REBUILD + "parameter_with_state",
          REBUILD + "device_tensor_from_cpu_tensor" ->
          first(where, arguments);
      case "torch._tensor._rebuild_from_type_v2" -> plainTensor(where, function, arguments);
      case "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch.jit._pickle.restore_type_tag" ->
          first(where, arguments);
      default -> harmless(where, function);
    };
  }

  private Object harmless(String where, Global function) {
    if (!TorchHarmless.contains(function.name)) {
      throw TorchErrors.call(file, where, function.name);
    }
    return new Opaque("a value of " + function.name);
  }

  private Mapping mapping(String where, Object content) {
    Mapping mapping = new Mapping();
    if (content instanceof Mapping other) {
      mapping.entries.putAll(other.entries);
      return mapping;
    }
    for (Object pair : items(where, content)) {
      List<Object> both = items(where, pair);
      if (both.size() != 2) {
        throw damaged(where, "a key and its value", both.size() + " values");
      }
      mapping.put(both.getFirst(), both.getLast());
    }
    return mapping;
  }

  private List<Object> items(String where, Object value) {
    return switch (value) {
      case Items list -> list.items;
      case Tuple tuple -> tuple.items;
      default -> throw damaged(where, "a list or a tuple", TorchErrors.words(value));
    };
  }

  private Object first(String where, List<Object> arguments) {
    return argument(where, arguments, 0, Object.class, "an argument");
  }

  /** {@code (storage, offset, sizes, strides, ..)}. */
  private View view(String where, List<Object> arguments, @Nullable TorchType type) {
    Storage storage = argument(where, arguments, 0, Storage.class, "a storage");
    return new View(
        storage,
        type == null ? storage.type : type,
        argument(where, arguments, 1, Long.class, "the offset of a tensor"),
        numbers(where, argument(where, arguments, 2, Tuple.class, "the sizes of a tensor")),
        numbers(where, argument(where, arguments, 3, Tuple.class, "the strides of a tensor")));
  }

  /** {@code (storage, offset, sizes, strides, requires_grad, hooks, dtype, ..)}. */
  private Object viewOfType(String where, List<Object> arguments) {
    Global dtype = argument(where, arguments, 6, Global.class, "a dtype");
    TorchType type = TorchType.ofDtype(dtype.name);
    return type == null
        ? new Unread("a tensor of " + dtype.name, TorchErrors.CONVERT)
        : view(where, arguments, type);
  }

  /** {@code (function, type, arguments, state)}, where the type adds nothing to a tensor. */
  private Object plainTensor(String where, Global function, List<Object> arguments) {
    Global rebuild = argument(where, arguments, 0, Global.class, "a function");
    Global type = argument(where, arguments, 1, Global.class, "a class");
    if (!PLAIN_TENSORS.contains(type.name) || rebuild.name.equals(function.name)) {
      throw TorchErrors.call(file, where, type.name);
    }
    List<Object> own = argument(where, arguments, 2, Tuple.class, "a tuple of arguments").items;
    return call(where, rebuild, own);
  }

  private long[] numbers(String where, Tuple tuple) {
    if (tuple.items.size() > MOST_AXES) {
      throw damaged(where, "at most " + MOST_AXES + " axes", "" + tuple.items.size());
    }
    long[] numbers = new long[tuple.items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = argument(where, tuple.items, i, Long.class, "a whole number");
    }
    return numbers;
  }

  private <T> T argument(
      String where, List<Object> arguments, int index, Class<T> type, String expected) {
    if (index >= arguments.size()) {
      throw damaged(where, expected + " as argument " + index, "" + arguments.size());
    }
    Object value = arguments.get(index);
    if (!type.isInstance(value)) {
      throw damaged(where, expected, TorchErrors.words(value));
    }
    return type.cast(value);
  }

  @Override
  public Object create(String where, Global type, List<Object> arguments) {
    if (type.name.startsWith(SCRIPT)) {
      return new Instance(type.name);
    }
    if (type.name.equals("collections.OrderedDict")) {
      return new Mapping();
    }
    if (!TorchHarmless.contains(type.name)) {
      throw TorchErrors.create(file, where, type.name);
    }
    return new Opaque("a value of " + type.name);
  }

  /**
   * {@code ("storage", class, key, device, size)}; before PyTorch 1.6 one more: {@code (key,
   * offset, size)} of a part of it, or None.
   */
  @Override
  public Object persistent(String where, Object id) {
    List<Object> all = items(where, id);
    Object kind = argument(where, all, 0, Object.class, "what is kept outside");
    if (kind.equals("module") && all.size() > 1 && all.get(1) instanceof Global type) {
      throw TorchErrors.create(file, where, type.name);
    }
    if (!kind.equals("storage")) {
      throw damaged(where, "a storage", kind instanceof String ? "" + kind : "another thing");
    }
    Global name = argument(where, all, 1, Global.class, "the class of a storage");
    TorchType type = TorchType.ofStorage(name.name);
    if (type == null) {
      throw TorchErrors.storageClass(file, where, name.name);
    }
    String key = argument(where, all, 2, String.class, "the key of a storage");
    long size = argument(where, all, 4, Long.class, "the size of a storage");
    if (size < 0) {
      throw damaged(where, "the size of a storage", "" + size);
    }
    Storage root = new Storage(key, type, size, 0, size);
    Storage known = storages.putIfAbsent(key, root);
    if (known != null && (known.type.bytes() != type.bytes() || known.size != size)) {
      throw damaged(
          where,
          "the same size of a storage as before, " + known.size + " of " + known.type.words(),
          size + " of " + type.words());
    }
    return all.size() > 5 && all.get(5) instanceof Tuple part ? part(where, root, part) : root;
  }

  private Storage part(String where, Storage root, Tuple part) {
    long offset = argument(where, part.items, 1, Long.class, "the offset of a storage");
    long size = argument(where, part.items, 2, Long.class, "the size of a storage");
    if (offset < 0 || size < 0 || offset > root.size - size) {
      throw damaged(
          where, "a part of a storage of " + root.size, "the " + size + " from " + offset + " on");
    }
    return new Storage(root.key, root.type, root.size, offset, size);
  }

  private FormatException damaged(String where, String expected, String got) {
    return TorchErrors.damaged(file, where, expected, got);
  }
}

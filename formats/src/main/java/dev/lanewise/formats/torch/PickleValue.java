package dev.lanewise.formats.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle is made of, beside String, Long, Double and Boolean. Each is itself alone: a pickle
 * may hold itself, so that nothing here compares or prints what is in it.
 */
sealed interface PickleValue {
  /** Of what {@code where} is in words, for instance "a list". */
  String words();

  /** None. */
  final class None implements PickleValue {
    static final None NONE = new None();

    private None() {}

    @Override
    public String words() {
      return "None";
    }
  }

  /** A tuple, which no one changes once it is made. */
  final class Tuple implements PickleValue {
    final List<Object> items;

    Tuple(List<Object> items) {
      this.items = items;
    }

    @Override
    public String words() {
      return "a tuple";
    }
  }

  /** A list. */
  final class Items implements PickleValue {
    final List<Object> items = new ArrayList<>();

    @Override
    public String words() {
      return "a list";
    }
  }

  /** A dict, or an OrderedDict. */
  final class Mapping implements PickleValue {
    final Map<Object, Object> entries = new LinkedHashMap<>();

    /** Keys that are no plain value are never looked for: each is kept as another. */
    void put(Object key, Object value) {
      boolean isPlain = key instanceof String || key instanceof Long || key instanceof Boolean;
      entries.put(isPlain ? key : new Object(), value);
    }

    @Override
    public String words() {
      return "a dict";
    }
  }

  /** A class or a function by its name. Nothing of that name is looked for. */
  final class Global implements PickleValue {
    final String name;

    Global(String module, String name) {
      this.name = module + "." + name;
    }

    @Override
    public String words() {
      return name;
    }
  }

  /** An object of a class of a TorchScript archive, by its attributes. */
  final class Instance implements PickleValue {
    final String type;
    Object state = None.NONE;

    Instance(String type) {
      this.type = type;
    }

    @Override
    public String words() {
      return "an object of " + type;
    }
  }

  /** A value that is no tensor and holds none, of which nothing but its kind is kept. */
  final class Opaque implements PickleValue {
    private final String words;

    Opaque(String words) {
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }
  }

  /** The elements that tensors are views of. */
  final class Storage implements PickleValue {
    final String key;
    final TorchType type;

    /** Of all that is kept by that key, in elements. */
    final long rootSize;

    /** Where this begins in it, in elements. */
    final long offset;

    /** In elements. */
    final long size;

    Storage(String key, TorchType type, long rootSize, long offset, long size) {
      this.key = key;
      this.type = type;
      this.rootSize = rootSize;
      this.offset = offset;
      this.size = size;
    }

    @Override
    public String words() {
      return "a storage";
    }
  }

  /** A strided view of a storage. */
  final class View implements PickleValue {
    final Storage storage;
    final TorchType type;

    /** In elements. */
    final long offset;

    final long[] sizes;

    /** In elements. */
    final long[] strides;

    View(Storage storage, TorchType type, long offset, long[] sizes, long[] strides) {
      this.storage = storage;
      this.type = type;
      this.offset = offset;
      this.sizes = sizes;
      this.strides = strides;
    }

    @Override
    public String words() {
      return "a tensor";
    }
  }

  /** A tensor of a kind that is not read, for instance a sparse one. */
  final class Unread implements PickleValue {
    private final String words;

    /** How it becomes one that is read; may be empty. */
    final String remedy;

    Unread(String words, String remedy) {
      this.words = words;
      this.remedy = remedy;
    }

    @Override
    public String words() {
      return words;
    }
  }
}

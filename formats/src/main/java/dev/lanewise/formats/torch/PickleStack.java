package dev.lanewise.formats.torch;

import dev.lanewise.formats.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the machine of a pickle has: a stack, marks in it, a memo, and a bound on their memory. */
final class PickleStack {
  /** An estimate of the memory that all values may take, in bytes: far above any checkpoint. */
  static final long MOST_MEMORY = 128 << 20;

  // What a value takes, a text or a class beside its characters, a list or a call, an entry.
  static final int VALUE = 24;
  static final int TEXT = 72;
  static final int OBJECT = 192;
  static final int ENTRY = 64;

  private final PickleInput input;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();

  /** The values that are remembered by the numbers 0, 1, 2, .., as all writers do. */
  private final List<Object> memo = new ArrayList<>();

  /** Those by other numbers. */
  private final Map<Long, Object> sparse = new HashMap<>();

  private long memory;

  /** Of the opcode that is at work. */
  private long at;

  PickleStack(PickleInput input) {
    this.input = input;
  }

  /** The next opcode, which errors then name the place of. */
  int next() {
    at = input.position();
    charge(VALUE);
    return input.unsigned8();
  }

  void mark() {
    marks.add(stack.size());
  }

  void push(Object value) {
    stack.add(value);
  }

  Object top() {
    if (stack.size() <= floor()) {
      throw damaged("a value before it", "none");
    }
    return stack.getLast();
  }

  /** What is below the last mark is out of reach. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  Object pop() {
    Object top = top();
    stack.removeLast();
    return top;
  }

  /** The last values, in the order that they were pushed. */
  List<Object> pop(int count) {
    if (stack.size() - floor() < count) {
      throw damaged(count + " values before it", "" + (stack.size() - floor()));
    }
    return cutAt(stack.size() - count);
  }

  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw damaged("a mark before it", "none");
    }
    return cutAt(marks.removeLast());
  }

  private List<Object> cutAt(int size) {
    List<Object> tail = stack.subList(size, stack.size());
    List<Object> values = List.copyOf(tail);
    tail.clear();
    return values;
  }

  void charge(long bytes) {
    memory += bytes;
    if (memory > MOST_MEMORY) {
      throw TorchErrors.large(input.file(), here(), MOST_MEMORY);
    }
  }

  <T> T require(Object value, Class<T> type, String expected) {
    if (!type.isInstance(value)) {
      throw damaged(expected, TorchErrors.words(value));
    }
    return type.cast(value);
  }

  FormatException damaged(String expected, String got) {
    return TorchErrors.damaged(input.file(), here(), expected, got);
  }

  /** Of the opcode that is at work, in bytes. */
  long position() {
    return at;
  }

  String here() {
    return input.where(at);
  }

  void popOrMark() {
    if (!marks.isEmpty() && marks.getLast() == stack.size()) {
      marks.removeLast();
    } else {
      pop();
    }
  }

  void remember(long index) {
    if (index == memo.size()) {
      memo.add(top());
    } else if (index < memo.size() && index >= 0) {
      memo.set((int) index, top());
    } else {
      charge(ENTRY);
      sparse.put(index, top());
    }
  }

  void rememberNext() {
    remember(memo.size() + sparse.size());
  }

  Object remembered(long index) {
    boolean isDense = index >= 0 && index < memo.size();
    Object value = isDense ? memo.get((int) index) : sparse.get(index);
    if (value == null) {
      throw damaged("a value that was remembered before", "number " + index + " of them");
    }
    return value;
  }
}

package dev.lanewise.formats.torch;

import dev.lanewise.formats.torch.PickleValue.Global;
import dev.lanewise.formats.torch.PickleValue.Instance;
import dev.lanewise.formats.torch.PickleValue.Items;
import dev.lanewise.formats.torch.PickleValue.Mapping;
import dev.lanewise.formats.torch.PickleValue.None;
import dev.lanewise.formats.torch.PickleValue.Opaque;
import dev.lanewise.formats.torch.PickleValue.Tuple;
import java.util.List;

/**
 * Reads a pickle of any protocol, 0 to 5, as data. The machine of a pickle has a stack, marks in it
 * and a memo; it has no other means to call than {@link PickleCalls}, which calls nothing.
 *
 * <p>What it makes is held against {@link PickleStack#MOST_MEMORY} before it is made. Nothing
 * recurs.
 *
 * <p>Source: the comments of Python's {@code pickletools.py}.
 */
final class PickleReader {
  private static final int NEWEST = 5;

  private final PickleInput input;
  private final PickleCalls calls;
  private final PickleStack stack;
  private final PickleScalars scalars;

  private PickleReader(PickleInput input, PickleCalls calls) {
    this.input = input;
    this.calls = calls;
    this.stack = new PickleStack(input);
    this.scalars = new PickleScalars(input, stack);
  }

  /** The next pickle of the input, which then stands behind it. */
  static Object read(PickleInput input, PickleCalls calls) {
    return new PickleReader(input, calls).read();
  }

  private Object read() {
    while (true) {
      int opcode = stack.next();
      if (opcode == '.') {
        return stack.pop();
      }
      Object scalar = scalars.read(opcode);
      if (scalar != null) {
        stack.push(scalar);
      } else if (!container(opcode) && !machine(opcode)) {
        object(opcode);
      }
    }
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case ']', 'l', '}', 'd' -> stack.charge(PickleStack.OBJECT);
      case ')', 't', 0x85, 0x86, 0x87, 0x8f, 0x91 -> stack.charge(PickleStack.TEXT);
      default -> {}
    }
    switch (opcode) {
      case ')' -> stack.push(new Tuple(List.of()));
      case 't' -> stack.push(new Tuple(stack.popToMark()));
      case 0x85, 0x86, 0x87 -> stack.push(new Tuple(stack.pop(opcode - 0x84)));
      case ']' -> stack.push(new Items());
      case 'l' -> pushItems(stack.popToMark());
      case 'a' -> append(stack.pop(1));
      case 'e' -> append(stack.popToMark());
      case '}' -> stack.push(new Mapping());
      case 'd' -> {
        List<Object> pairs = stack.popToMark();
        stack.push(new Mapping());
        putAll(pairs);
      }
      case 's' -> putAll(stack.pop(2));
      case 'u' -> putAll(stack.popToMark());
      case 0x8f -> stack.push(new Opaque("a set"));
      case 0x90 -> {
        stack.popToMark();
        stack.require(stack.top(), Opaque.class, "a set");
      }
      case 0x91 -> {
        stack.popToMark();
        stack.push(new Opaque("a set"));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void pushItems(List<Object> items) {
    Items list = new Items();
    list.items.addAll(items);
    stack.push(list);
  }

  private void append(List<Object> items) {
    if (stack.top() instanceof Items list) {
      list.items.addAll(items);
    } else {
      stack.require(stack.top(), Opaque.class, "a list");
    }
  }

  private void putAll(List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw stack.damaged("keys and values in pairs", "a key without a value");
    }
    if (stack.top() instanceof Mapping mapping) {
      stack.charge((long) PickleStack.ENTRY * pairs.size() / 2);
      for (int i = 0; i < pairs.size(); i += 2) {
        mapping.put(pairs.get(i), pairs.get(i + 1));
      }
    } else {
      stack.require(stack.top(), Opaque.class, "a dict");
    }
  }

  private boolean machine(int opcode) {
    switch (opcode) {
      case 0x80 -> {
        int protocol = input.unsigned8();
        if (protocol > NEWEST) {
          throw TorchErrors.protocol(input.file(), stack.here(), NEWEST, protocol);
        }
      }
      case 0x95 -> input.unsigned(8);
      case '(' -> stack.mark();
      case '0' -> stack.popOrMark();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case 'p' -> stack.remember(index(input.line()));
      case 'q' -> stack.remember(input.unsigned(1));
      case 'r' -> stack.remember(input.unsigned(4));
      case 0x94 -> stack.rememberNext();
      case 'g' -> stack.push(stack.remembered(index(input.line())));
      case 'h' -> stack.push(stack.remembered(input.unsigned(1)));
      case 'j' -> stack.push(stack.remembered(input.unsigned(4)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private long index(String line) {
    return stack.require(scalars.decimal(line), Long.class, "a number in the memo");
  }

  private void object(int opcode) {
    stack.charge(PickleStack.OBJECT);
    switch (opcode) {
      case 'c' -> stack.push(global());
      case 0x93 -> {
        List<Object> names = stack.pop(2);
        String module = stack.require(names.get(0), String.class, "the name of a module");
        String name = stack.require(names.get(1), String.class, "a name in a module");
        stack.charge(module.length() + name.length());
        stack.push(new Global(module, name));
      }
      case 'R', 0x81 -> {
        List<Object> pair = stack.pop(2);
        Global function = stack.require(pair.get(0), Global.class, "a function or a class");
        List<Object> arguments =
            stack.require(pair.get(1), Tuple.class, "a tuple of arguments").items;
        stack.push(opcode == 'R' ? call(function, arguments) : create(function, arguments));
      }
      case 0x92 -> {
        List<Object> triple = stack.pop(3);
        Global type = stack.require(triple.get(0), Global.class, "a class");
        stack.push(
            create(type, stack.require(triple.get(1), Tuple.class, "a tuple of arguments").items));
      }
      case 'i' -> {
        Global type = global();
        stack.push(create(type, stack.popToMark()));
      }
      case 'o' -> {
        List<Object> all = stack.popToMark();
        Object type = all.isEmpty() ? None.NONE : all.getFirst();
        stack.push(
            create(stack.require(type, Global.class, "a class"), all.subList(1, all.size())));
      }
      case 'b' -> build(stack.pop());
      case 'P' -> stack.push(calls.persistent(stack.here(), input.line()));
      case 'Q' -> stack.push(calls.persistent(stack.here(), stack.pop()));
      default -> throw TorchErrors.opcode(input.file(), stack.here(), opcode);
    }
  }

  private Global global() {
    Global global = new Global(input.line(), input.line());
    stack.charge(global.name.length());
    return global;
  }

  private Object call(Global function, List<Object> arguments) {
    // A call may copy what it is given.
    for (Object argument : arguments) {
      stack.charge((long) PickleStack.ENTRY * size(argument));
    }
    return calls.call(stack.here(), function, arguments);
  }

  private static int size(Object value) {
    return switch (value) {
      case Items list -> list.items.size();
      case Tuple tuple -> tuple.items.size();
      case Mapping mapping -> mapping.entries.size();
      default -> 0;
    };
  }

  private Object create(Global type, List<Object> arguments) {
    return calls.create(stack.here(), type, arguments);
  }

  /** The attributes of an OrderedDict, such as a state_dict's _metadata, hold no tensor. */
  private void build(Object state) {
    switch (stack.top()) {
      case Instance instance -> instance.state = state;
      case Mapping _, Opaque _ -> {}
      default -> throw stack.damaged("an object that has a state", TorchErrors.words(stack.top()));
    }
  }
}

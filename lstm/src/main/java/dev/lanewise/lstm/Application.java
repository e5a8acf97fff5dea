package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer called on values. Two calls of one layer object share its weights. Immutable. */
final class Application {
  private final Layer layer;
  private final List<Value> in;
  private final List<Value> from;
  private final List<Value> gives;

  /**
   * Checks what goes in.
   *
   * @param from what its states begin from, h before c; null for 0
   */
  Application(Layer layer, List<Value> in, @Nullable States from) {
    this.layer = layer;
    this.in = List.copyOf(in);
    List<Value> begins = new ArrayList<>();
    if (from != null) {
      requireStates(layer, "h", layer.stateUnits(), from.h());
      requireStates(layer, "c", layer.cellUnits(), from.c());
      begins.addAll(from.h());
      begins.addAll(from.c());
    }
    this.from = List.copyOf(begins);
    List<Value> all = new ArrayList<>();
    all.add(new Value(this, 0, output(layer, in)));
    for (List<Integer> units : List.of(layer.stateUnits(), layer.cellUnits())) {
      units.forEach(each -> all.add(new Value(this, all.size(), new Axes(Axes.NONE, each))));
    }
    this.gives = List.copyOf(all);
  }

  private static void requireStates(
      Layer layer, String name, List<Integer> units, List<Value> states) {
    if (units.size() != states.size()) {
      throw GraphErrors.stateCount(layer, name, units, states.size());
    }
    for (int i = 0; i < units.size(); i++) {
      Value state = states.get(i);
      if (state.hasTime() || state.features() != units.get(i)) {
        throw GraphErrors.state(layer, name, units.get(i), state);
      }
    }
  }

  private static Axes output(Layer layer, List<Value> in) {
    if (in.isEmpty() || (in.size() > 1 && !layer.takesSeveral())) {
      throw GraphErrors.count(layer, in);
    }
    for (Value each : in) {
      boolean ids = each.kind() == InputKind.IDS;
      if (ids != layer.takesIds()) {
        throw GraphErrors.ids(layer, each);
      }
      if (layer.needsTime() && !each.hasTime()) {
        Application before = each.from();
        throw before == null || each.place() > 0
            ? GraphErrors.noTime(layer, each)
            : GraphErrors.timeGone(layer, before.layer);
      }
      int length = layer.inputLength();
      if (length != 0 && length != each.axes().steps()) {
        throw GraphErrors.inputLength(layer, each);
      }
      if (layer.fixesTime() && each.axes().steps() == Axes.ANY) {
        throw GraphErrors.timestepsUnknown(layer, each);
      }
    }
    return layer.output(in.stream().map(Value::axes).toList());
  }

  Layer layer() {
    return layer;
  }

  List<Value> in() {
    return in;
  }

  List<Value> from() {
    return from;
  }

  /** Its output, then the states after it, h before c. */
  List<Value> gives() {
    return gives;
  }

  ValueWithStates withStates() {
    int h = 1 + layer.stateUnits().size();
    return new ValueWithStates(
        gives.getFirst(), new States(gives.subList(1, h), gives.subList(h, gives.size())));
  }
}

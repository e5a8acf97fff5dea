package dev.lanewise.properties;

import dev.lanewise.cli.bits.RecurrentKind;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Multiply;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Draws the calls of an {@link AnyGraph}. For one use. */
final class GraphDraw {
  /** More lengths of the input than this are too slow. */
  private static final int LONGEST = 4;

  private final AnyGraph of;
  private final SplittableRandom random;
  private final List<Value> given = new ArrayList<>();
  private final List<Known> values = new ArrayList<>();
  private final List<Called> layers = new ArrayList<>();
  private final BitSet used = new BitSet();
  private BitSet usedByFirst = new BitSet();
  private final List<Value> outputs = new ArrayList<>();

  /**
   * A value, and what is known of it.
   *
   * @param length how often the timesteps of the input; 0 for rows
   * @param inputs that it depends on
   */
  private record Known(Value value, int length, BitSet inputs) {}

  /** A layer that was called on a width, and may be again. */
  private record Called(Layer layer, int width, boolean recurrent) {}

  GraphDraw(AnyGraph of) {
    this.of = of;
    this.random = new SplittableRandom(of.seed());
    int inputs = 1 + random.nextInt(3);
    for (int i = 0; i < inputs; i++) {
      addInput(i);
    }
    int first = values.size();
    for (int i = 0; i < of.calls() || values.size() == first; i++) {
      call();
    }
    if (of.cut()) {
      walk(pick(known -> known.length > 0), false);
    }
    int wanted = 1 + random.nextInt(3);
    for (int i = 0; i < wanted; i++) {
      int least = Math.max(first, values.size() - 1 - 3 * i);
      Known end = values.get(least + random.nextInt(values.size() - least));
      while (of.cut() && end.length > 0) {
        end = values.get(first + random.nextInt(values.size() - first));
      }
      used.or(end.inputs);
      usedByFirst = i == 0 ? end.inputs : usedByFirst;
      outputs.add(end.value.named("y" + i));
    }
  }

  /** Those that an output depends on. */
  List<Value> inputs() {
    return used.stream().mapToObj(given::get).toList();
  }

  List<Value> inputsOfFirstOutput() {
    return usedByFirst.stream().mapToObj(given::get).toList();
  }

  List<Value> outputs() {
    return outputs;
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T of(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void addInput(int index) {
    int kind = index == 0 ? 1 + random.nextInt(2) : random.nextInt(3);
    BitSet self = new BitSet();
    self.set(index);
    if (kind == 0) {
      given.add(Input.rows("rows" + index, of.units()));
      values.add(new Known(given.getLast(), 0, self));
    } else if (kind == 1) {
      given.add(Input.sequences("x" + index, 1 + random.nextInt(5)));
      values.add(new Known(given.getLast(), 1, self));
    } else {
      given.add(Input.ids("ids" + index));
      Embedding.Builder table = Embedding.builder(AnyGraph.VOCABULARY, of.units());
      Layer layer = again(1, false, Embedding.class, table.maskZero(chance(2)).build());
      values.add(new Known(layer.apply(given.getLast()), 1, self));
    }
  }

  /** A layer of a kind that was called on such a width before; as often as not the new one. */
  private Layer again(int width, boolean recurrent, Class<? extends Layer> kind, Layer other) {
    if (chance(2)) {
      for (Called before : layers) {
        boolean fits = before.width == width && before.recurrent == recurrent;
        if (fits && kind.isInstance(before.layer)) {
          return before.layer;
        }
      }
    }
    Layer named = AnyGraph.named(other, layers.size());
    layers.add(new Called(named, width, recurrent));
    return named;
  }

  private Layer fresh(Layer layer) {
    Layer named = AnyGraph.named(layer, layers.size());
    layers.add(new Called(named, 0, false));
    return named;
  }

  private Known pick(Predicate<Known> wanted) {
    return of(values.stream().filter(wanted).toList());
  }

  private void add(Value value, int length, List<Known> from) {
    BitSet inputs = new BitSet();
    from.forEach(each -> inputs.or(each.inputs));
    values.add(new Known(value, length, inputs));
  }

  private void call() {
    switch (random.nextInt(10)) {
      case 0, 1 -> dense(pick(_ -> true));
      case 2, 3, 4, 5 -> walk(pick(known -> known.length > 0), chance(5));
      case 6 -> mask(pick(known -> known.length > 0));
      case 7 -> repeat();
      default -> merge(pick(_ -> true));
    }
  }

  private void dense(Known in) {
    Layer other = Dense.of(of.units(), Activation.TANH);
    Layer layer = again(in.value.features(), false, Dense.class, other);
    add(layer.apply(in.value), in.length, List.of(in));
  }

  private void mask(Known in) {
    add(fresh(Masking.of(0)).apply(in.value), in.length, List.of(in));
  }

  private void repeat() {
    List<Known> rows = values.stream().filter(known -> known.length == 0).toList();
    if (rows.isEmpty() || of.cut()) {
      dense(pick(_ -> true));
      return;
    }
    Known in = of(rows);
    add(fresh(RepeatVector.of(of.timesteps())).apply(in.value), 1, List.of(in));
  }

  private void walk(Known in, boolean both) {
    RecurrentKind kind = of(List.of(RecurrentKind.values()));
    AnyRecurrent cell = of.cell();
    boolean sequences = chance(2);
    boolean backwards = !both && chance(4) && !(of.cut() && sequences);
    Recurrent one =
        kind.builder(of.units(), cell.activation(), cell.gates())
            .useBias(cell.useBias())
            .returnSequences(sequences)
            .goBackwards(backwards)
            .zeroOutputForMask(chance(4))
            .build();
    Layer other = both ? Bidirectional.of(one, of(List.of(Bidirectional.Merge.values()))) : one;
    Class<? extends Layer> type = both ? Bidirectional.class : Recurrent.class;
    Layer layer = again(in.value.features(), true, type, other);
    List<Known> from = new ArrayList<>(List.of(in));
    ValueWithStates gives = called(layer, in, from);
    add(gives.y(), layer.givesTime(true) ? in.length : 0, from);
    gives.states().h().forEach(state -> add(state, 0, from));
    gives.states().c().forEach(state -> add(state, 0, from));
  }

  /** From states or from 0; adds what it depends on. */
  private ValueWithStates called(Layer layer, Known in, List<Known> from) {
    List<Integer> widths = new ArrayList<>(layer.stateUnits());
    int h = widths.size();
    widths.addAll(layer.cellUnits());
    if (widths.stream().anyMatch(width -> rows(width).isEmpty()) || chance(2)) {
      return layer.applyWithState(in.value);
    }
    List<Value> all = new ArrayList<>();
    for (int width : widths) {
      Known state = of(rows(width));
      from.add(state);
      all.add(state.value);
    }
    return layer.applyWithState(
        in.value, new States(all.subList(0, h), all.subList(h, all.size())));
  }

  private List<Known> rows(int width) {
    return values.stream()
        .filter(known -> known.length == 0 && known.value.features() == width)
        .toList();
  }

  private void merge(Known first) {
    int op = random.nextInt(first.length > 0 ? 5 : 4);
    int width = first.value.features();
    List<Known> in = new ArrayList<>(List.of(first));
    int length = first.length;
    for (int i = random.nextInt(3); i > 0; i--) {
      Known next =
          pick(
              known ->
                  (op == 4 ? known.length > 0 : known.length == first.length)
                      && (op == 3 || known.value.features() == width));
      boolean fits = op != 4 || length + next.length <= LONGEST;
      if (fits) {
        in.add(next);
        length += op == 4 ? next.length : 0;
      }
    }
    Layer layer =
        switch (op) {
          case 0 -> Add.of();
          case 1 -> Average.of();
          case 2 -> Multiply.of();
          case 3 -> Concatenate.of();
          default -> Concatenate.of(Concatenate.Axis.TIME);
        };
    add(fresh(layer).apply(in.stream().map(Known::value).toArray(Value[]::new)), length, in);
  }
}

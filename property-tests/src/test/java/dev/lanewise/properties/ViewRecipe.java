package dev.lanewise.properties;

import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** A base tensor of 1, 2, 3, .. and the moves to a view of it: arbitrary shapes and strides. */
record ViewRecipe(List<Long> base, List<ViewMove> moves, List<Long> shape) {

  /** Ranks 0 to 5, lengths from 0; now and then as long as a run or a tile of a copy. */
  static Arbitrary<List<Long>> shapes() {
    Arbitrary<Long> length =
        Arbitraries.frequencyOf(
            Tuple.of(14, Arbitraries.longs().between(1, 5)), Tuple.of(1, Arbitraries.just(0L)));
    Arbitrary<List<Long>> small =
        Arbitraries.frequency(
                Tuple.of(1, 0),
                Tuple.of(2, 1),
                Tuple.of(4, 2),
                Tuple.of(5, 3),
                Tuple.of(4, 4),
                Tuple.of(1, 5))
            .flatMap(rank -> length.list().ofSize(rank));
    Arbitrary<List<Long>> wide =
        Combinators.combine(
                Arbitraries.longs().between(1, 3).list().ofMaxSize(1),
                wideLengths(),
                wideLengths().list().ofMaxSize(1))
            .as(
                (outer, middle, inner) -> {
                  List<Long> dims = new ArrayList<>(outer);
                  dims.add(middle);
                  dims.addAll(inner);
                  return dims;
                });
    return Arbitraries.frequencyOf(Tuple.of(5, small), Tuple.of(1, wide));
  }

  /** Around the lengths from which on a copy goes by runs and by tiles. */
  static Arbitrary<Long> wideLengths() {
    return Arbitraries.longs().between(12, 70).withDistribution(RandomDistribution.uniform());
  }

  /** Any number, to be taken modulo what there is to choose from. */
  static Arbitrary<Integer> picks() {
    return Arbitraries.integers()
        .between(0, 5_039)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }

  /** Views that may be written to: permuted, sliced, stepped, flipped. */
  static Arbitrary<ViewRecipe> views() {
    Arbitrary<Choice> choice =
        Combinators.combine(Arbitraries.of(0, 1, 2, 3, 4, 5), picks(), picks(), picks())
            .as(Choice::new);
    Arbitrary<List<Choice>> choices =
        Arbitraries.frequency(
                Tuple.of(1, 0), Tuple.of(3, 1), Tuple.of(4, 2), Tuple.of(4, 3), Tuple.of(3, 4))
            .flatMap(count -> choice.list().ofSize(count));
    return Combinators.combine(shapes(), choices).as(ViewRecipe::of).withoutEdgeCases();
  }

  /** Any view, in a third of them broadcast and then moved once more. */
  static Arbitrary<ViewRecipe> readable() {
    Arbitrary<ViewRecipe> broadcast =
        Combinators.combine(views(), picks(), picks(), Arbitraries.of(0, 1, 3, 4, 5))
            .as(
                (view, a, b, kind) -> {
                  ViewRecipe wide = view.then(ViewMove.Broadcast.pick(a, b, view.dims()));
                  return wide.then(ViewMove.pick(kind, a, b, a + b, wide.dims()));
                });
    return Arbitraries.frequencyOf(Tuple.of(2, views()), Tuple.of(1, broadcast));
  }

  ViewRecipe then(ViewMove move) {
    List<ViewMove> more = new ArrayList<>(moves);
    more.add(move);
    return new ViewRecipe(base, more, shape(move.on(values())));
  }

  private record Choice(int kind, int a, int b, int c) {}

  /** A dense tensor. */
  static ViewRecipe of(long... dims) {
    List<Long> shape = Arrays.stream(dims).boxed().toList();
    return new ViewRecipe(shape, List.of(), shape);
  }

  private static ViewRecipe of(List<Long> base, List<Choice> choices) {
    TensorValues values = TensorValues.counting(1, TensorValues.dims(base));
    List<ViewMove> moves = new ArrayList<>();
    for (Choice choice : choices) {
      ViewMove move =
          ViewMove.pick(choice.kind(), choice.a(), choice.b(), choice.c(), values.dims());
      values = move.on(values);
      moves.add(move);
    }
    return new ViewRecipe(base, moves, shape(values));
  }

  private static List<Long> shape(TensorValues values) {
    return Arrays.stream(values.dims()).boxed().toList();
  }

  /** For {@code @ForAll(supplier = ..)}. */
  static final class Any implements ArbitrarySupplier<ViewRecipe> {
    @Override
    public Arbitrary<ViewRecipe> get() {
      return views();
    }
  }

  /** For {@code @ForAll(supplier = ..)}, for laws that only read. */
  static final class ToRead implements ArbitrarySupplier<ViewRecipe> {
    @Override
    public Arbitrary<ViewRecipe> get() {
      return readable();
    }
  }

  TensorValues baseValues() {
    return TensorValues.counting(1, TensorValues.dims(base));
  }

  TensorValues values() {
    TensorValues values = baseValues();
    for (ViewMove move : moves) {
      values = move.on(values);
    }
    return values;
  }

  Tensor on(Tensor baseTensor) {
    Tensor view = baseTensor;
    for (ViewMove move : moves) {
      view = move.on(view);
    }
    return view;
  }

  Tensor tensor() {
    return on(baseValues().tensor());
  }

  Tensor tensor(ElementType type) {
    return on(baseValues().tensor(type));
  }

  long[] dims() {
    return TensorValues.dims(shape);
  }

  int rank() {
    return shape.size();
  }

  int size() {
    return TensorValues.size(dims());
  }

  /** As it would be written: {@code (2, 3).permute(1, 0).slice(0, 1, 3)}. */
  @Override
  public String toString() {
    return base.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"))
        + moves.stream().map(move -> "." + move).collect(Collectors.joining());
  }
}

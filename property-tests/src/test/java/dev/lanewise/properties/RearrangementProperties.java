package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** The layers that only move numbers are the tensors' own operations. */
@Tag("no-kernels")
class RearrangementProperties {
  /** A batch, and a number to choose a shape by. */
  record Batch(int batch, int timesteps, int features, int pick, ViewLayout layout) {
    TensorValues values() {
      return TensorValues.counting(1, batch, timesteps, features);
    }

    Tensor input() {
      return layout.place(values());
    }

    Tensor through(Layer... layers) {
      return Sequential.of(layers).build(timesteps, features, 0).predict(input());
    }

    /** A divisor of the elements of a sample. */
    int divisor() {
      List<Integer> divisors = new ArrayList<>();
      for (int each = 1; each <= timesteps * features; each++) {
        if (timesteps * features % each == 0) {
          divisors.add(each);
        }
      }
      return divisors.get(pick % divisors.size());
    }
  }

  @Provide
  Arbitrary<Batch> batches() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 8),
            ViewRecipe.picks(),
            ViewLayout.layouts())
        .as(Batch::new)
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void permuteIsTheTensorsPermute(@ForAll("batches") Batch of) {
    of.values().permute(0, 2, 1).assertReads(of.through(Permute.of(2, 1)));
    of.values().assertReads(of.through(Permute.of(1, 2)));
    of.values().assertReads(of.through(Permute.of(2, 1), Permute.of(2, 1)));
  }

  @Property(tries = 1000)
  void reshapeIsTheTensorsReshape(@ForAll("batches") Batch of) {
    int rows = of.divisor();
    int columns = of.timesteps() * of.features() / rows;
    TensorValues expected = of.values().reshape(of.batch(), rows, columns);
    expected.assertReads(of.through(Reshape.of(rows, columns)));
    expected.assertReads(of.through(Reshape.of(-1, columns)));
    expected.assertReads(of.through(Reshape.of(rows, -1)));
    of.values()
        .assertReads(
            of.through(Reshape.of(rows, columns), Reshape.of(of.timesteps(), of.features())));
  }

  @Property(tries = 1000)
  void flattenIsTheTensorsFlatten(@ForAll("batches") Batch of) {
    TensorValues expected = TensorValues.read(of.input().flatten(1));
    expected.assertReads(of.through(Flatten.of()));
    expected.assertReads(of.through(Reshape.of(of.timesteps() * of.features())));
  }

  @Property(tries = 1000)
  void embeddingIsAGatherOfItsTable(@ForAll("batches") Batch of, @ForAll ElementType type) {
    int vocabulary = of.batch() * of.timesteps();
    Tensor table = RecurrentModel.random(of.pick(), 1, vocabulary, of.features());
    int[] ids = new int[vocabulary];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (of.pick() + 5 * i) % vocabulary;
    }
    Tensor x = Tensor.ofInts(ids, of.timesteps(), of.batch()).transpose();
    Sequential model = Sequential.of(Embedding.given(table).build()).build(0);
    Tensor typed = type == ElementType.INT32 ? x : x.toFloat();
    TensorValues.read(table.gather(0, x)).assertReads(model.predict(typed));
    assertEquals(ElementType.FLOAT32, model.predict(typed).type());
    Tensor outside = x.copy();
    outside.setInt(vocabulary, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> model.predict(outside));
  }
}

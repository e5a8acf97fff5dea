package dev.lanewise.cli.bits;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Multiply;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A graph, and what it is fed and trained with, drawn under its name: the same for ever. */
enum SeededGraph {
  /** A sequence with padding and a row; a softmax that its loss takes the place of. */
  TWO_INPUTS {
    @Override
    Map<String, Loss> losses() {
      return Map.of("y", Loss.CATEGORICAL_CROSSENTROPY);
    }

    @Override
    Model graph() {
      Value x = Input.sequences("x", 3);
      Value s = Input.rows("s", 4);
      Value read = Lstm.of(19).apply(x);
      Value both = Concatenate.of().apply(read, Dense.of(5, Activation.TANH).apply(s));
      return Model.of(
          List.of(x, s), List.of(Softmax.of().apply(Dense.of(3).apply(both)).named("y")));
    }
  },
  /** Around two layers, to two outputs, of which another layer reads one. */
  SKIP {
    @Override
    Map<String, Loss> losses() {
      return Map.of("h", Loss.MEAN_SQUARED_ERROR, "y", Loss.MEAN_ABSOLUTE_ERROR);
    }

    @Override
    Model graph() {
      Value x = Input.sequences("x", 3);
      Value wide = Dense.of(12).apply(x);
      Value once = Add.of().apply(wide, sequences(12).apply(wide));
      Value twice = Add.of().apply(once, sequences(12).apply(once), wide);
      Value h = Gru.of(7).apply(twice);
      return Model.of(List.of(x), List.of(h.named("h"), Dense.of(2).apply(h).named("y")));
    }
  },
  /** An encoder's states begin a decoder, and come out too. */
  HANDED_OVER {
    @Override
    Map<String, Loss> losses() {
      return Map.of("y", Loss.MEAN_SQUARED_ERROR);
    }

    @Override
    Model graph() {
      Value x = Input.sequences("x", 3);
      Value z = Input.sequences("z", 2);
      ValueWithStates read = Lstm.of(17).applyWithState(x);
      ValueWithStates told = sequences(17).applyWithState(z, read.states());
      Value y = Dense.of(2).apply(told.y()).named("y");
      return Model.of(
          List.of(x, z),
          List.of(y, told.states().h().getFirst().named("h"), told.states().c().getFirst()));
    }
  },
  /** From both ends; the states side by side. */
  BOTH_WAYS {
    @Override
    Map<String, Loss> losses() {
      return Map.of("y", Loss.MEAN_SQUARED_ERROR);
    }

    @Override
    Model graph() {
      Value x = Input.sequences("x", 3);
      Value z = Input.sequences("z", 2);
      States ends = Bidirectional.of(Lstm.of(6)).applyWithState(x).states();
      Value h = Concatenate.of().apply(ends.h().getFirst(), ends.h().getLast());
      Value c = Concatenate.of().apply(ends.c().getFirst(), ends.c().getLast());
      Value told = sequences(12).applyWithState(z, States.of(h, c)).y();
      return Model.of(List.of(x, z), List.of(Dense.of(2).apply(told).named("y")));
    }
  },
  /** One layer called on two sequences; their product and their mean. */
  SHARED {
    @Override
    Map<String, Loss> losses() {
      return Map.of("y", Loss.MEAN_SQUARED_ERROR);
    }

    @Override
    Model graph() {
      Value x = Input.sequences("x", 3);
      Value w = Input.sequences("w", 3);
      Gru reader = Gru.builder(11).returnSequences(true).build();
      Value one = reader.apply(x);
      Value other = reader.apply(w);
      Value all = Average.of().apply(Multiply.of().apply(one, other), one, other);
      return Model.of(
          List.of(x, w), List.of(Dense.of(2).apply(SimpleRnn.of(5).apply(all)).named("y")));
    }
  },
  /** Ids of two texts by one table, one after the other. */
  TEXTS {
    @Override
    Map<String, Loss> losses() {
      return Map.of("y", Loss.BINARY_CROSSENTROPY);
    }

    @Override
    Model graph() {
      Value a = Input.ids("a");
      Value b = Input.ids("b");
      Embedding words = Embedding.builder(SeededModel.VOCABULARY, 6).maskZero(true).build();
      Value text = Concatenate.of(Concatenate.Axis.TIME).apply(words.apply(a), words.apply(b));
      Value read = Lstm.of(9).apply(text);
      return Model.of(
          List.of(a, b), List.of(Dense.of(1, Activation.SIGMOID).apply(read).named("y")));
    }
  };

  private static final int BATCH = 13;
  private static final int STEPS = 7;

  abstract Model graph();

  private static Lstm sequences(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  String title() {
    return "graph-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Model model() {
    return graph().build(title().hashCode());
  }

  /** Of the outputs that are trained on. */
  abstract Map<String, Loss> losses();

  private Random random(String of) {
    return new Random((title() + of).hashCode());
  }

  /** A tensor for each input. */
  Map<String, Tensor> inputs(Model model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      Random random = random(input.name());
      all.put(
          input.name(),
          input.isIds()
              ? ids(random)
              : input.hasTime()
                  ? numbers(random, BATCH, STEPS, input.features())
                  : numbers(random, BATCH, input.features()));
    }
    return all;
  }

  private static Tensor ids(Random random) {
    Tensor ids = Tensor.zeros(BATCH, STEPS);
    for (int sample = 0; sample < BATCH; sample++) {
      int length = 1 + random.nextInt(STEPS);
      for (int step = 0; step < length; step++) {
        ids.set(1 + random.nextInt(SeededModel.VOCABULARY - 1), sample, step);
      }
    }
    return ids;
  }

  private static Tensor numbers(Random random, long... dims) {
    Tensor tensor = Tensor.zeros(dims);
    float[] values = new float[(int) tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Tensor.of(values, dims);
  }

  /** Padding of x, where it is an input. */
  Map<String, Mask> masks(Model model) {
    if (!model.inputNames().contains("x")) {
      return Map.of();
    }
    Random random = random("mask");
    int[] lengths = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      lengths[i] = random.nextInt(STEPS + 1);
    }
    return Map.of("x", Mask.ofLengths(STEPS, lengths));
  }

  /** What is wanted of an output: of its shape, from 0 to 1, and of classes one. */
  Tensor target(String output, Tensor shape) {
    Random random = random(output);
    Tensor target = Tensor.zeros(shape.shape().toArray());
    boolean classes = Objects.equals(losses().get(output), Loss.CATEGORICAL_CROSSENTROPY);
    if (classes) {
      for (int sample = 0; sample < BATCH; sample++) {
        target.set(1, sample, random.nextInt((int) shape.dim(1)));
      }
      return target;
    }
    float[] values = new float[(int) target.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.of(values, shape.shape().toArray());
  }
}

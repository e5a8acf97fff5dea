package dev.lanewise.formats;

import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.BothDirections;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Multiply;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models of {@code models-2}, by the names of their files, and inputs for each. */
final class Models2 {
  private static final int SAMPLES = 3;
  private static final int TIMESTEPS = 4;

  private Models2() {}

  static Map<String, Model> all() {
    Map<String, Model> all = new LinkedHashMap<>();
    all.put("two-inputs", twoInputs());
    all.put("encoder-decoder", encoderDecoder());
    all.put("skip", skip());
    all.put("twice", twice());
    all.put("directions", directions());
    all.put("apart", apart());
    return all;
  }

  static Model twoInputs() {
    Value sensors = Input.sequences("sensors", 3);
    Value site = Input.rows("site", 2);
    Value read = Lstm.of(4).apply(sensors);
    Value load = Dense.of(1).apply(Concatenate.of().apply(read, site)).named("load");
    return Model.of(List.of(sensors, site), List.of(load)).build(1);
  }

  /** The states of one LSTM go to another, through an input of ids, and out. */
  private static Model encoderDecoder() {
    Value words = Input.ids("words");
    Value past = Input.sequences("past", TIMESTEPS, 2);
    ValueWithStates encoded = Lstm.of(3).applyWithState(past);
    Lstm decoder = Lstm.builder(3).returnSequences(true).name("decoder").build();
    Value vectors = Embedding.of(6, 2).apply(words);
    ValueWithStates decoded = decoder.applyWithState(vectors, encoded.states());
    return Model.of(
            List.of(words, past),
            List.of(
                Dense.of(2).apply(decoded.y()),
                decoded.states().h().getFirst(),
                decoded.states().c().getFirst().named("the cells")))
        .build(2);
  }

  /** Around a layer, along both axes, and a second output within. */
  private static Model skip() {
    Value x = Input.sequences("x", TIMESTEPS, 3);
    Value gru = Gru.builder(3).returnSequences(true).build().apply(x);
    Value sum = Add.of().apply(gru, x);
    Value longer = Concatenate.of(Concatenate.Axis.TIME).named("time").apply(sum, x);
    Value product = Multiply.of().apply(longer, longer, longer);
    return Model.of(
            List.of(x),
            List.of(Dense.of(1).apply(Flatten.of().apply(product)), gru.named("inside/gru.0")))
        .build(3);
  }

  private static Model twice() {
    Value a = Input.sequences("a", 2);
    Value b = Input.sequences("b", 2);
    Layer shared = Lstm.of(3);
    Value both = Average.of().apply(shared.apply(a), shared.apply(b));
    return Model.of(List.of(a, b), List.of(Dense.of(1).apply(both))).build(4);
  }

  /** The states of both directions come in as inputs and go on. */
  private static Model directions() {
    Value x = Input.sequences("x", 2);
    List<Value> h = List.of(Input.rows("h", 2), Input.rows("h back", 2));
    Bidirectional first =
        Bidirectional.of(Gru.builder(2).returnSequences(true).build(), Bidirectional.Merge.SUM);
    ValueWithStates one = first.applyWithState(x, new States(h, List.of()));
    ValueWithStates two = Bidirectional.of(Gru.of(2)).applyWithState(one.y(), one.states());
    return Model.of(
            List.of(x, h.get(0), h.get(1)),
            List.of(two.y(), two.states().h().get(0), two.states().h().get(1)))
        .build(5);
  }

  /** Each direction goes its own way. */
  private static Model apart() {
    Value x = Input.sequences("x", 2);
    Lstm each = Lstm.builder(2).returnSequences(true).build();
    BothDirections both = Bidirectional.of(each).applyBoth(x);
    Value last = Gru.of(2).apply(both.backward());
    return Model.of(List.of(x), List.of(both.forward().named("forward"), last)).build(6);
  }

  /** Ids from 0 on; else numbers. */
  static Map<String, Tensor> inputs(Model model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      all.put(input.name(), tensor(input, all.size()));
    }
    return all;
  }

  private static Tensor tensor(Value input, int place) {
    if (input.isIds()) {
      return Tensor.ofInts(new int[][] {{0, 1, 2, 3}, {4, 5, 0, 0}, {1, 1, 1, 1}});
    }
    int width = input.features();
    float[] numbers = new float[SAMPLES * (input.hasTime() ? TIMESTEPS : 1) * width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ((i + place) * 7 % 24 - 12) / 8f;
    }
    return input.hasTime()
        ? Tensor.of(numbers, SAMPLES, TIMESTEPS, width)
        : Tensor.of(numbers, SAMPLES, width);
  }
}

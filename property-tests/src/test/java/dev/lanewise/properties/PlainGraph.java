package dev.lanewise.properties;

import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Average;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.MergeLayer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Multiply;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph in parts: each layer a model of its own, merged by plain loops. For one use. */
final class PlainGraph {
  private final Model model;
  private final List<Tensor> values = new ArrayList<>();

  /** Of each value: (batch, timesteps) of what is no padding; empty where nothing is. */
  private final List<Tensor> live = new ArrayList<>();

  private static final Tensor ALL = Tensor.zeros(0);

  PlainGraph(Model model) {
    this.model = model;
  }

  Map<String, Tensor> predict(Map<String, Tensor> x, Map<String, Tensor> masks) {
    for (Value input : model.inputs()) {
      values.add(x.get(input.name()));
      live.add(masks.getOrDefault(input.name(), ALL));
    }
    for (Model.Call call : model.calls()) {
      if (call.layer() instanceof MergeLayer merge) {
        merge(merge, call.in());
      } else {
        run(call);
      }
    }
    Map<String, Tensor> y = new LinkedHashMap<>();
    model.outputValues().forEach((name, value) -> y.put(name, values.get(value)));
    return y;
  }

  private static boolean isReal(Tensor mask, int sample, int step) {
    return mask == ALL || mask.get(sample, step) != 0;
  }

  private void run(Model.Call call) {
    Layer layer = call.layer();
    Tensor x = values.get(call.in().getFirst());
    Tensor mask = live.get(call.in().getFirst());
    Sequential alone = Sequential.of(layer);
    alone = layer.takesIds() ? alone.build(0) : alone.build((int) x.dim(-1), 0);
    int place = model.layers().indexOf(layer);
    for (int i = 0; i < alone.weights().size(); i++) {
      alone.weights().get(i).set(model.weights(place).get(i).value());
    }
    Predictor predictor = alone.predictor(PredictorOptions.builder().threads(1).build());
    int h = layer.stateUnits().size();
    List<Tensor> from = call.from().stream().map(values::get).toList();
    if (h == 0) {
      values.add(mask == ALL ? predictor.predict(x) : predictor.predict(x, Mask.of(mask)));
      live.add(marked(layer, x, mask));
      return;
    }
    Prediction ends;
    if (from.isEmpty()) {
      ends =
          mask == ALL
              ? predictor.predictWithState(x)
              : predictor.predictWithState(x, Mask.of(mask));
    } else {
      StreamState begin = new StreamState(from.subList(0, h), from.subList(h, from.size()));
      ends =
          mask == ALL
              ? predictor.predictWithState(x, begin)
              : predictor.predictWithState(x, Mask.of(mask), begin);
    }
    values.add(ends.y());
    live.add(layer.givesTime(true) ? mask : ALL);
    for (List<Tensor> states : List.of(ends.state().h(), ends.state().c())) {
      values.addAll(states);
      states.forEach(_ -> live.add(ALL));
    }
  }

  /** What is no padding after a layer that keeps no state. */
  private static Tensor marked(Layer layer, Tensor x, Tensor mask) {
    boolean zero = layer instanceof Embedding ids && ids.maskZero();
    if (layer instanceof RepeatVector || !(zero || layer instanceof Masking)) {
      return layer instanceof RepeatVector ? ALL : mask;
    }
    Tensor all = Tensor.zeros(x.dim(0), x.dim(1));
    Tensor full = x.rank() == 2 ? x.expandDims(2) : x;
    for (int sample = 0; sample < x.dim(0); sample++) {
      for (int step = 0; step < x.dim(1); step++) {
        boolean any = false;
        for (int i = 0; i < full.dim(2); i++) {
          any |= full.get(sample, step, i) != 0;
        }
        all.set(any && isReal(mask, sample, step) ? 1 : 0, sample, step);
      }
    }
    return all;
  }

  private void merge(MergeLayer layer, List<Integer> in) {
    List<Tensor> x =
        in.stream().map(values::get).map(t -> t.rank() == 2 ? t.expandDims(1) : t).toList();
    List<Tensor> masks = in.stream().map(live::get).toList();
    boolean rows = values.get(in.getFirst()).rank() == 2;
    boolean time = layer instanceof Concatenate c && c.axis() == Concatenate.Axis.TIME;
    if (time) {
      joinTimes(x, masks);
      return;
    }
    Tensor first = x.getFirst();
    long width = first.dim(2);
    if (layer instanceof Concatenate) {
      width = x.stream().mapToLong(each -> each.dim(2)).sum();
    }
    Tensor y = Tensor.zeros(first.dim(0), first.dim(1), width);
    Tensor merged = Tensor.zeros(first.dim(0), first.dim(1));
    for (int sample = 0; sample < first.dim(0); sample++) {
      for (int step = 0; step < first.dim(1); step++) {
        boolean any = false;
        for (Tensor mask : masks) {
          any |= isReal(mask, sample, step);
        }
        merged.set(any ? 1 : 0, sample, step);
        row(layer, x, masks, any, y, sample, step);
      }
    }
    values.add(rows ? y.squeeze(1) : y);
    live.add(masks.contains(ALL) ? ALL : merged);
  }

  private static void row(
      MergeLayer layer,
      List<Tensor> x,
      List<Tensor> masks,
      boolean any,
      Tensor y,
      int sample,
      int step) {
    if (layer instanceof Concatenate) {
      int at = 0;
      for (Tensor each : x) {
        for (int i = 0; i < each.dim(2); i++) {
          y.set(each.get(sample, step, i), sample, step, at++);
        }
      }
      return;
    }
    for (int i = 0; i < y.dim(2); i++) {
      float sum = x.getFirst().get(sample, step, i);
      float product = any ? 1 : 0;
      for (int k = 0; k < x.size(); k++) {
        float value = x.get(k).get(sample, step, i);
        sum = k == 0 ? value : sum + value;
        product = isReal(masks.get(k), sample, step) ? product * value : product;
      }
      float result =
          switch (layer) {
            case Add _ -> sum;
            case Average _ -> sum * (1f / x.size());
            case Multiply _ -> product;
            case Concatenate _ -> throw new AssertionError(layer);
          };
      y.set(result, sample, step, i);
    }
  }

  private void joinTimes(List<Tensor> x, List<Tensor> masks) {
    values.add(Tensor.concat(1, x.toArray(Tensor[]::new)));
    if (masks.stream().allMatch(mask -> mask == ALL)) {
      live.add(ALL);
      return;
    }
    Tensor[] full = new Tensor[x.size()];
    for (int i = 0; i < full.length; i++) {
      Tensor each = x.get(i);
      full[i] = masks.get(i) == ALL ? Tensor.zeros(each.dim(0), each.dim(1)).fill(1) : masks.get(i);
    }
    live.add(Tensor.concat(1, full));
  }
}

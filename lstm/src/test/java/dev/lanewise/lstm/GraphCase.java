package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A model that is a graph, and what it is tried on. */
record GraphCase(
    String name,
    Model model,
    Map<String, Tensor> x,
    Map<String, Mask> masks,
    Map<String, Tensor> y,
    Map<String, Loss> losses,
    Map<String, Double> weights) {
  static final int BATCH = 5;
  static final int STEPS = 6;
  static final int VOCABULARY = 7;

  @Override
  public String toString() {
    return name;
  }

  /** Trained on all outputs, without padding. */
  static GraphCase of(String name, List<Value> inputs, Value... outputs) {
    return of(name, Model.of(inputs, List.of(outputs)).build(5), Map.of());
  }

  /** The same of a built model. */
  static GraphCase of(String name, Model model, Map<String, Mask> masks) {
    Map<String, Tensor> x = new LinkedHashMap<>();
    for (Value input : model.inputs()) {
      x.put(input.name(), input(input, x.size()));
    }
    Map<String, Tensor> y = new LinkedHashMap<>();
    Map<String, Loss> losses = new LinkedHashMap<>();
    model
        .predict(x, masks)
        .forEach(
            (output, shape) -> {
              y.put(output, ReferenceModel.random(40 + y.size(), shape.shape().toArray()));
              losses.put(output, Loss.MEAN_SQUARED_ERROR);
            });
    return new GraphCase(name, model, x, masks, y, losses, Map.of());
  }

  private static Tensor input(Value input, int seed) {
    if (input.kind() != InputKind.IDS) {
      return input.hasTime()
          ? ReferenceModel.random(seed, BATCH, STEPS, input.features())
          : ReferenceModel.random(seed, BATCH, input.features());
    }
    Tensor ids = ReferenceModel.random(seed, BATCH, STEPS);
    for (int i = 0; i < ids.size(); i++) {
      Tensor flat = ids.reshape(-1);
      flat.set((int) ((flat.get(i) + 1) / 2 * VOCABULARY), i);
    }
    return ids;
  }

  /** With padding in these inputs, in other steps of each. */
  GraphCase masked(String... inputs) {
    Map<String, Mask> all = new LinkedHashMap<>();
    for (String input : inputs) {
      all.put(input, mask(all.size()));
    }
    return new GraphCase(name + ", masked " + all.keySet(), model, x, all, y, losses, weights);
  }

  /** Padding at the end, at the beginning, in the middle, in all and in no step of a sample. */
  static Mask mask(int turn) {
    Tensor mask = Tensor.zeros(BATCH, STEPS).fill(1);
    mask.select(0, turn % BATCH).slice(0, 4, STEPS).fill(0);
    mask.select(0, (turn + 1) % BATCH).slice(0, 0, 2).fill(0);
    mask.select(0, (turn + 2) % BATCH).slice(0, 2, 5).fill(0);
    mask.select(0, (turn + 3) % BATCH).fill(0);
    return Mask.of(mask);
  }

  /** With another loss of an output, and what it counts. */
  GraphCase with(String output, Loss loss, double weight) {
    Map<String, Loss> all = new LinkedHashMap<>(losses);
    all.put(output, loss);
    Map<String, Double> counts = new LinkedHashMap<>(weights);
    counts.put(output, weight);
    Map<String, Tensor> wanted = new LinkedHashMap<>(y);
    if (loss.targets().areProbabilities()) {
      Tensor classes = wanted.get(output).copy();
      for (int i = 0; i < classes.size(); i++) {
        classes.reshape(-1).set(classes.reshape(-1).get(i) > 0 ? 1 : 0, i);
      }
      wanted.put(output, classes);
    }
    return new GraphCase(name, model, x, masks, wanted, all, counts);
  }

  /** Without a loss of an output. */
  GraphCase without(String output) {
    Map<String, Loss> all = new LinkedHashMap<>(losses);
    all.remove(output);
    Map<String, Tensor> wanted = new LinkedHashMap<>(y);
    wanted.remove(output);
    return new GraphCase(name, model, x, masks, wanted, all, weights);
  }

  private Compilation compilation(Plan plan) {
    return Compilation.of(plan, losses, weights, List.of());
  }

  /** The library's gradients of all weights, as a segment in the weights' places. */
  MemorySegment gradients(int threads) {
    Plan plan = model.plan("test");
    ModelWeights all = plan.zeros();
    for (int i = 0; i < all.all().size(); i++) {
      all.all().get(i).set(model.weights().get(i).value());
    }
    TrainingData data = TrainingData.of("test", plan, compilation(plan), new Samples(x, masks, y));
    int batch = data.samples();
    try (Workers workers = new Workers(threads)) {
      OptimizerState none = Sgd.of(Double.MIN_VALUE).state(all);
      TrainingStep step =
          ReferenceModel.step(data, compilation(plan), all, none, batch, 0, threads);
      step.team(workers);
      step.begin(0);
      step.source(data.feed(TimeParts.WHOLE));
      int[] order = Stream.iterate(0, i -> i + 1).limit(batch).mapToInt(i -> i).toArray();
      step.run(order, 0, batch);
      if (!step.update(Double.MIN_VALUE, Clipping.NONE)) {
        throw new AssertionError("gradients overflow");
      }
      return step.gradients();
    }
  }

  // The graphs

  private static Value sequences(String name) {
    return Input.sequences(name, 3);
  }

  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  private static Concatenate times() {
    return Concatenate.of(Concatenate.Axis.TIME);
  }

  static Stream<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    cases.add(threeReaders());
    cases.add(skip());
    cases.add(skip().masked("x"));
    cases.addAll(handedOver());
    cases.addAll(shared());
    cases.addAll(merges());
    cases.addAll(states());
    cases.addAll(directions());
    cases.addAll(outputs());
    return cases.stream();
  }

  private static GraphCase threeReaders() {
    Value x = sequences("x");
    Value read = every(4).apply(x);
    Value y = Add.of().apply(Lstm.of(3).apply(read), Gru.of(3).apply(read));
    Value last = Dense.of(2).apply(y);
    return of("three readers", List.of(x), last, Dense.of(1).named("each").apply(read));
  }

  private static GraphCase skip() {
    Value x = sequences("x");
    Value around = Add.of().apply(x, every(3).apply(x));
    return of("skip connection", List.of(x), Dense.of(2).apply(Lstm.of(4).apply(around)));
  }

  /** Each direction read by itself, and the backward one twice. */
  private static List<GraphCase> directions() {
    List<GraphCase> cases = new ArrayList<>();
    for (boolean sequences : new boolean[] {true, false}) {
      Value x = sequences("x");
      Lstm each = Lstm.builder(4).returnSequences(sequences).build();
      BothDirections both = Bidirectional.of(each).applyBoth(x);
      Value forward = Dense.of(3).apply(both.forward());
      Value y = Add.of().apply(forward, Dense.of(3).apply(both.backward()));
      Value last = Dense.of(2).named("last").apply(both.backward());
      GraphCase apart = of("directions apart, sequences " + sequences, List.of(x), y, last);
      cases.add(apart);
      cases.add(apart.masked("x"));
    }
    return cases;
  }

  private static List<GraphCase> handedOver() {
    List<GraphCase> cases = new ArrayList<>();
    StateCase.kinds(4)
        .forEach(
            kind -> {
              Value x = sequences("x");
              Value more = Input.sequences("more", 2);
              States ends = kind.build().applyWithState(x).states();
              ValueWithStates y = kind.returnSequences(true).build().applyWithState(more, ends);
              GraphCase handed =
                  of("handed over " + kind.build(), List.of(x, more), Dense.of(2).apply(y.y()));
              cases.add(handed);
              cases.add(handed.masked("x"));
              cases.add(handed.masked("more", "x"));
            });
    Value x = sequences("x");
    Value h = Input.rows("h", 4);
    Value c = Input.rows("c", 2);
    States from = new States(List.of(h, Dense.of(4).apply(c)), List.of(h, h));
    ValueWithStates both = Bidirectional.of(every(4)).applyWithState(x, from);
    Value last = Lstm.of(4).applyWithState(x, States.of(both.states().h().get(1), h)).y();
    GraphCase given = of("given states of both ways", List.of(x, h, c), both.y(), last);
    cases.add(given);
    cases.add(given.masked("x"));
    return cases;
  }

  private static List<GraphCase> shared() {
    Value a = sequences("a");
    Value b = sequences("b");
    Lstm twin = every(4);
    Dense small = Dense.of(3);
    Value twice = Multiply.of().apply(twin.apply(a), twin.apply(b));
    GraphCase twins = of("twins", List.of(a, b), small.apply(twice), Lstm.of(2).apply(twice));
    Value thrice = small.apply(small.apply(small.apply(a)));
    Value ids = Input.ids("ids");
    Value others = Input.ids("others");
    Embedding table = Embedding.builder(VOCABULARY, 3).maskZero(true).build();
    Value words = times().apply(table.apply(ids), table.apply(others));
    Lstm chained = Lstm.of(4);
    States ends = chained.applyWithState(a).states();
    return List.of(
        twins,
        twins.masked("a"),
        twins.masked("b", "a"),
        of("one layer after itself", List.of(a), thrice),
        of("shared vectors", List.of(ids, others), Lstm.of(3).apply(words), small.apply(words)),
        of("encoder is decoder", List.of(a, b), chained.applyWithState(b, ends).y()));
  }

  private static List<GraphCase> merges() {
    List<GraphCase> cases = new ArrayList<>();
    for (MergeLayer merge :
        List.of(Add.of(), Average.of(), Multiply.of(), Concatenate.of(), times())) {
      Value a = sequences("a");
      Value b = sequences("b");
      Value all = merge.apply(Dense.of(4).apply(a), every(4).apply(b), every(4).apply(a));
      GraphCase three = of(merge + " of three", List.of(a, b), Lstm.of(3).apply(all), all);
      cases.add(three);
      cases.add(three.masked("a"));
      cases.add(three.masked("b"));
      cases.add(three.masked("a", "b"));
      Value once = merge.apply(every(4).apply(a));
      cases.add(of(merge + " of one", List.of(a), once).masked("a"));
      Value one = every(4).apply(a);
      cases.add(of(merge + " of the same", List.of(a), merge.apply(one, one)).masked("a"));
    }
    Value site = Input.rows("site", 2);
    Value x = sequences("x");
    Value wide = Concatenate.of().apply(Lstm.of(3).apply(x), site, Gru.of(2).apply(x));
    cases.add(of("rows beside", List.of(site, x), Dense.of(2).apply(wide)).masked("x"));
    Value a = sequences("a");
    Value marked = Masking.of(0).apply(a);
    Value both = Multiply.of().apply(Dense.of(3).apply(marked), every(3).apply(x));
    cases.add(of("flat product", List.of(a, x), both));
    return cases;
  }

  private static List<GraphCase> states() {
    Value x = sequences("x");
    States unread = every(4).applyWithState(x).states();
    Value y = Dense.of(2).apply(Multiply.of().apply(unread.h().getFirst(), unread.c().getFirst()));
    GraphCase states = of("states alone", List.of(x), y);
    States both = Bidirectional.of(Gru.of(3)).applyWithState(x).states();
    GraphCase one = of("one of two states", List.of(x), both.h().get(1), Dense.of(2).apply(x));
    ValueWithStates all = Lstm.of(3).applyWithState(x);
    Value c = all.states().c().getFirst();
    GraphCase output = of("a state is an output", List.of(x), c, Dense.of(2).apply(all.y()));
    return List.of(states, states.masked("x"), one, one.masked("x"), output, output.masked("x"));
  }

  private static List<GraphCase> outputs() {
    Value x = sequences("x");
    Value read = every(4).apply(x);
    Value classes = Softmax.of().apply(Dense.of(3).named("logits").apply(read)).named("classes");
    Value size = Dense.of(1).apply(Lstm.of(3).apply(read)).named("size");
    GraphCase two =
        of("classes and size", List.of(x), classes, size)
            .with("classes", Loss.CATEGORICAL_CROSSENTROPY, 0.25)
            .with("size", Loss.MEAN_SQUARED_ERROR, 3);
    Value first = Dense.of(3).apply(read).named("first");
    Value second = Dense.of(2).apply(Lstm.of(3).apply(first)).named("second");
    GraphCase onwards = of("an output read on", List.of(x), first, second);
    Value probable = Softmax.of().apply(first).named("probable");
    Value onProbable = Dense.of(2).apply(probable).named("onProbable");
    GraphCase readOn =
        of("probabilities read on", List.of(x), probable, onProbable)
            .with("probable", Loss.CATEGORICAL_CROSSENTROPY, 2);
    GraphCase sameLogits =
        of("logits and classes", List.of(x), first, probable)
            .with("probable", Loss.CATEGORICAL_CROSSENTROPY, 1.5);
    return List.of(
        two,
        two.masked("x"),
        onwards,
        onwards.masked("x"),
        onwards.without("first"),
        onwards.without("second"),
        readOn,
        sameLogits.masked("x"),
        of("one value twice", List.of(x), first, first.named("again")).masked("x"));
  }
}

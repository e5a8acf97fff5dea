package dev.lanewise.bench;

import dev.lanewise.kernels.WeightFormat;
import java.util.Arrays;

/** Who runs a recurrent layer. A library is loaded when the first of its peers is made. */
enum Engine {
  LANEWISE("lanewise", LanewiseLayer::new, Engine::ours),
  BF16("bf16", narrow(WeightFormat.BFLOAT16), null),
  INT8("int8", narrow(WeightFormat.INT8), null),
  ONEDNN("onednn", OneDnnLayer::new, OneDnnTraining::new),
  ONNXRUNTIME("onnxruntime", OnnxRuntimeLayer::new, null),
  PYTORCH("pytorch", PyTorchLayer::new, PyTorchTraining::new),
  DL4J("dl4j", Dl4jLayer::new, Dl4jTraining::new);

  /** Makes a layer that returns every step of (batch, timesteps, features), or streams. */
  @FunctionalInterface
  private interface Layers {
    Peer of(LayerShape shape, LayerParameters parameters, float[] x, int threads) throws Exception;
  }

  @FunctionalInterface
  private interface Trainings {
    Peer of(TrainingTask task, int threads) throws Exception;
  }

  private final String label;
  private final Layers layers;
  private final Trainings trainings;

  /** Trainings are null for an engine that does not train. */
  Engine(String label, Layers layers, Trainings trainings) {
    this.label = label;
    this.layers = layers;
    this.trainings = trainings;
  }

  /** Lanewise with narrow weights. */
  private static Layers narrow(WeightFormat format) {
    return (shape, parameters, x, threads) ->
        new LanewiseLayer(shape, parameters, x, threads, format);
  }

  /** Whether it is somebody else's. */
  boolean isPeer() {
    return this != LANEWISE && !isNarrow();
  }

  private boolean isNarrow() {
    return this == BF16 || this == INT8;
  }

  /** Whether it is measured on a shape: DL4J has no GRU, and narrow weights are for some. */
  boolean runs(Workload shape) {
    if (shape.isTraining()) {
      return trains();
    }
    return isNarrow() ? shape.narrow() : this != DL4J || shape.cell() == Cell.LSTM;
  }

  /** Shuffled, as training is: what that costs is ours. */
  private static Peer ours(TrainingTask task, int threads) {
    return new LanewiseTraining(task, threads, true);
  }

  boolean trains() {
    return trainings != null;
  }

  String label() {
    return label;
  }

  static Engine named(String label) {
    return Arrays.stream(values())
        .filter(engine -> engine.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No engine "
                        + label
                        + "; there are "
                        + Arrays.toString(Arrays.stream(values()).map(Engine::label).toArray())));
  }

  /**
   * A layer, or a stream where the shape is a step, in agreement with Lanewise's.
   *
   * @throws IllegalStateException if it answers something else, or its engine can't be had
   */
  Peer layer(LayerShape shape, int threads) {
    Peer peer = unchecked(shape, threads);
    if (this != LANEWISE) {
      try (Peer ours = LANEWISE.unchecked(shape, 1)) {
        Agreement.ofLayers(label, peer, ours, isNarrow() ? Agreement.NARROW : Agreement.OUTPUT);
      }
    }
    return peer;
  }

  /**
   * A layer, or a stream where the shape is a step, that may answer something else.
   *
   * @throws IllegalStateException if its engine can't be had
   */
  Peer unchecked(LayerShape shape, int threads) {
    LayerParameters parameters =
        LayerParameters.random(shape.cell(), shape.features(), shape.units(), 1);
    float[] x =
        LayerParameters.uniform((long) shape.batch() * shape.timesteps() * shape.features(), 1, 2);
    return made(() -> layers.of(shape, parameters, x, threads));
  }

  /**
   * Sixteen training steps a run, their losses in agreement with Lanewise's.
   *
   * @throws IllegalStateException if it learns something else, or its engine can't be had
   */
  Peer training(TrainShape shape, int threads) {
    TrainingTask task = TrainingTask.random(shape);
    Peer peer = made(() -> trainings.of(task, threads));
    if (this != LANEWISE) {
      try (Peer ours = new LanewiseTraining(task, 1, false)) {
        Agreement.ofTrainings(label, peer, ours);
      }
    }
    return peer;
  }

  @FunctionalInterface
  private interface Made {
    Peer get() throws Exception;
  }

  private Peer made(Made peer) {
    try {
      return peer.get();
    } catch (Exception | LinkageError e) {
      throw new IllegalStateException(label + " can't be made: " + e, e);
    }
  }
}

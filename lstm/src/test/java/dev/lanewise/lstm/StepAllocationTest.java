package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training step allocates nothing, whatever the layers, trained or frozen. */
class StepAllocationTest {
  private static final int BATCH = 8;

  record Case(String name, List<Layer> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    Regularizer both = new Regularizer(0.25, 0.5);
    Lstm every = Lstm.builder(3).returnSequences(true).dropout(0.2).recurrentDropout(0.1).build();
    Map<String, List<Layer>> kinds =
        Map.of(
            "recurrent",
            List.of(
                every,
                Gru.builder(3).returnSequences(true).kernelRegularizer(both).build(),
                Gru.builder(3).resetAfter(false).returnSequences(true).build(),
                Bidirectional.of(SimpleRnn.builder(2).returnSequences(true).build()),
                FeatureSlice.of(1, 2),
                Lstm.of(2)),
            "general LSTM",
            List.of(
                Lstm.builder(4).returnSequences(true).peepholes(true).projection(2).build(),
                Bidirectional.of(Lstm.of(2), Bidirectional.Merge.MULTIPLY)),
            "convolution and pooling",
            List.of(
                Conv1d.of(4, 3),
                MaxPooling1d.of(2),
                AveragePooling1d.of(2),
                GlobalMaxPooling1d.of(),
                Dense.builder(3).kernelRegularizer(both).biasRegularizer(both).build()),
            "normalizing",
            List.of(
                Normalization.of(new float[] {0, 1, 2}, new float[] {1, 2, 3}),
                LayerNormalization.of(),
                BatchNormalization.of(),
                Dropout.of(0.2),
                SpatialDropout1d.of(0.2),
                Softmax.of(Softmax.Axis.TIMESTEPS),
                GlobalAveragePooling1d.of()),
            "moving",
            List.of(
                Permute.of(2, 1),
                Dense.of(4, Activation.RELU),
                Reshape.of(4, -1),
                Relu.leaky(0.3f),
                Elu.of(1),
                Flatten.of(),
                RepeatVector.of(2),
                Masking.of(0),
                Lstm.of(2),
                Softmax.of()));
    List<Case> cases = new ArrayList<>();
    kinds.forEach(
        (name, layers) -> {
          cases.add(new Case(name, with(layers, Dense.of(2))));
          List<Layer> frozen = new ArrayList<>(List.of(every));
          layers.forEach(layer -> frozen.add(layer.trainable(false)));
          cases.add(new Case(name + ", frozen", with(frozen, Dense.of(2))));
        });
    return cases;
  }

  private static List<Layer> with(List<Layer> layers, Layer last) {
    List<Layer> all = new ArrayList<>(layers);
    all.add(last);
    return all;
  }

  @ParameterizedTest
  @Tag("own-jvm")
  @MethodSource("cases")
  void allocatesNothing(Case of) {
    Sequential model = Sequential.of(of.layers).build(8, 3, 1);
    ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
    Compilation mse = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);
    Tensor x = ReferenceModel.random(1, BATCH, 8, 3);
    Tensor y = ReferenceModel.random(2, BATCH, 2);
    Samples samples = Samples.of(x, null, y);
    TrainingData data = TrainingData.of("test", ReferenceModel.shapes(model), mse, samples);
    OptimizerState state = Sgd.of(1e-9).state(weights);
    TrainingStep step = ReferenceModel.step(data, mse, weights, state, BATCH, 0, 2);
    step.begin(0);
    step.source(data.feed(TimeParts.WHOLE));
    int[] order = IntStream.range(0, BATCH).toArray();
    try (Workers workers = new Workers(2)) {
      step.team(workers);
      Runnable update =
          () -> {
            step.run(order, 0, BATCH);
            step.update(Double.MIN_VALUE, Clipping.NONE);
          };
      assertEquals(0, Allocations.perCall(update));
    }
  }
}

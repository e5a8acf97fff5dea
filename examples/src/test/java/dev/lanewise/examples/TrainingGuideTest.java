package dev.lanewise.examples;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.Checkpoints;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.AdamW;
import dev.lanewise.lstm.CosineDecay;
import dev.lanewise.lstm.CustomOptimizer;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.EarlyStopping;
import dev.lanewise.lstm.ExponentialDecay;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.PiecewiseConstantDecay;
import dev.lanewise.lstm.ReduceOnPlateau;
import dev.lanewise.lstm.Regularizer;
import dev.lanewise.lstm.RmsProp;
import dev.lanewise.lstm.Schedule;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.UpdateRule;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/training.md. */
class TrainingGuideTest {
  private final Sequential model = Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 42);

  /** Whether the loss falls. */
  private void assertLearns() {
    Tensor x = Data.uniform(1, 32, 6, 2);
    Tensor y = x.select(1, 5).slice(1, 0, 1).copy();
    double before = model.evaluate(x, y).loss();
    model.fit(x, y, FitOptions.builder().epochs(30).build());
    assertTrue(model.evaluate(x, y).loss() < before, before + "");
  }

  @Test
  void eachOptimizerLearns() {
    // guide: optimizers
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    model.compile(
        AdamW.builder().learningRate(0.01).weightDecay(0.1).excludeFromWeightDecay("bias").build(),
        Loss.MEAN_SQUARED_ERROR);
    model.compile(
        Sgd.builder().learningRate(0.05).momentum(0.9).nesterov(true).build(),
        Loss.MEAN_SQUARED_ERROR);
    model.compile(RmsProp.builder().momentum(0.5).centered(true).build(), Loss.MEAN_SQUARED_ERROR);
    // guide: end
    assertLearns();
  }

  @Test
  void ratesFollowTheirSchedules() {
    // guide: schedules
    Schedule decay = ExponentialDecay.of(0.01, 1000, 0.96); // times 0.96 in 1000 updates
    Schedule stairs = new ExponentialDecay(0.01, 1000, 0.96, true); // at once, every 1000
    Schedule cosine = CosineDecay.of(0.01, 10_000).warmup(0, 500); // up for 500, down for 10,000
    Schedule pieces = PiecewiseConstantDecay.of(List.of(1000L, 2000L), List.of(1e-3, 3e-4, 1e-4));
    Schedule own = update -> 0.01 / (1 + update / 1000.0);
    model.compile(Adam.builder().learningRate(cosine).build(), Loss.MEAN_SQUARED_ERROR);
    // guide: end
    assertLearns();
    assertEquals(0.0096, decay.at(1000), 1e-12);
    assertEquals(0.01, stairs.at(999), 1e-12);
    assertEquals(0.01, cosine.at(500), 1e-12);
    assertEquals(0, cosine.at(10_500), 1e-12);
    assertEquals(3e-4, pieces.at(2000), 1e-12);
    assertEquals(0.0025, own.at(3000), 1e-12);
  }

  // guide: rule
  static final class Lion implements UpdateRule {
    @Override
    public List<String> slots() {
      return List.of("momentum");
    }

    @Override
    public void update(
        long step,
        double learningRate,
        long from,
        long n,
        MemorySegment gradients,
        List<MemorySegment> slots,
        MemorySegment weights) {
      MemorySegment momentum = slots.getFirst();
      for (long i = from; i < from + n; i++) {
        float g = gradients.getAtIndex(JAVA_FLOAT, i);
        float m = momentum.getAtIndex(JAVA_FLOAT, i);
        float change = (float) learningRate * Math.signum(0.9f * m + 0.1f * g);
        weights.setAtIndex(JAVA_FLOAT, i, weights.getAtIndex(JAVA_FLOAT, i) - change);
        momentum.setAtIndex(JAVA_FLOAT, i, 0.99f * m + 0.01f * g);
      }
    }
  }

  // guide: end

  @Test
  void aRuleOfOnesOwnLearns() {
    // guide: own
    model.compile(CustomOptimizer.of(new Lion(), 1e-4), Loss.MEAN_SQUARED_ERROR);
    // guide: end
    assertLearns();
  }

  @Test
  void layersAreHeldAndFrozen() {
    // guide: held
    Lstm lstm =
        Lstm.builder(16)
            .dropout(0.1)
            .recurrentDropout(0.2)
            .kernelRegularizer(Regularizer.l2(1e-4))
            .build();
    Dense last = Dense.builder(1).kernelRegularizer(new Regularizer(1e-5, 1e-4)).build();
    Sequential held = Sequential.of(lstm, Dropout.of(0.2), last).build(2, 42);
    held.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    // guide: end
    // guide: frozen
    List<Layer> layers =
        held.layers().stream().map(layer -> layer.trainable(layer.name().equals("dense"))).toList();
    Sequential tuned = Sequential.of(layers).build(2, 42);
    for (int i = 0; i < tuned.weights().size(); i++) {
      tuned.weights().get(i).set(held.weights().get(i).value());
    }
    tuned.compile(Adam.of(0.001), Loss.MEAN_SQUARED_ERROR);
    // guide: end
    Tensor x = Data.uniform(1, 32, 6, 2);
    Tensor y = x.select(1, 5).slice(1, 0, 1).copy();
    tuned.fit(x, y, FitOptions.builder().epochs(2).build());
    for (int i = 0; i < 5; i++) {
      Tensor before = held.weights().get(i).value();
      boolean same = Arrays.equals(before.toArray(), tuned.weights().get(i).value().toArray());
      assertEquals(i < 3, same, tuned.weights().get(i).name());
    }
    double evaluated = held.evaluate(x, y).loss();
    held.fit(x, y, FitOptions.builder().epochs(30).build());
    assertTrue(held.evaluate(x, y).loss() < evaluated, evaluated + "");
  }

  private Sequential build() {
    return Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 42);
  }

  @Test
  void callbacksEndAFitInTime() {
    // guide: callbacks
    EarlyStopping stopping = EarlyStopping.of(5);
    FitOptions options =
        FitOptions.builder()
            .epochs(200)
            .validationSplit(0.2)
            .callback(ReduceOnPlateau.builder().factor(0.5).patience(2).build())
            .callback(stopping)
            .build();
    // guide: end
    Tensor x = Data.uniform(1, 40, 6, 2);
    model.compile(Adam.of(0.3), Loss.MEAN_SQUARED_ERROR);
    History history = model.fit(x, Data.uniform(2, 40, 1), options);
    assertTrue(stopping.stopped());
    assertEquals(stopping.bestEpoch() + 6, history.epochs().size());
  }

  @Test
  void aFitGoesOn(@TempDir Path folder) {
    Path file = folder.resolve("last.safetensors");
    Tensor x = Data.uniform(1, 32, 6, 2);
    Tensor y = Data.uniform(2, 32, 1);
    for (int run = 0; run < 2; run++) {
      // guide: checkpoints
      Optional<ModelFile> last = Checkpoints.last(file);
      Model network = last.map(ModelFile::model).orElseGet(this::build);
      network.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
      FitOptions.Builder fit = FitOptions.builder().epochs(20).callback(Checkpoints.of(file));
      last.flatMap(ModelFile::trainingState).ifPresent(fit::resume);
      ((Sequential) network).fit(x, y, fit.build());
      // guide: end
      assertEquals(20, ModelFile.read(file).trainingState().orElseThrow().epochs());
      assertEquals(run == 0, last.isEmpty());
    }
  }

  @Test
  void longSequencesAreTakenInParts() {
    Tensor x = Data.uniform(1, 8, 300, 2);
    Tensor y = Data.uniform(2, 8, 300, 1);
    // guide: truncate
    FitOptions parts = FitOptions.builder().epochs(20).truncate(100).build();
    // guide: end
    // guide: stateful
    FitOptions goingOn =
        FitOptions.builder().epochs(20).batchSize(8).shuffle(false).stateful(true).build();
    // guide: end
    Tensor first = x.slice(1, 0, 100);
    Tensor next = x.slice(1, 100, 200);
    Tensor wanted = Tensor.concat(0, y.slice(1, 0, 100), y.slice(1, 100, 200));
    History cut = reader().fit(x.slice(1, 0, 200), y.slice(1, 0, 200), parts);
    History followed = reader().fit(Tensor.concat(0, first, next), wanted, goingOn);
    assertEquals(cut.loss()[19], followed.loss()[19], 1e-4);
  }

  private static Sequential reader() {
    Lstm lstm = Lstm.builder(8).returnSequences(true).build();
    Sequential model = Sequential.of(lstm, Dense.of(1)).build(2, 1);
    return model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
  }

  @Test
  void classesAreWeighted() {
    Tensor x = Data.uniform(1, 60, 4, 2);
    Tensor labels = Tensor.zeros(60);
    for (int i = 0; i < 60; i++) {
      labels.set(i % 3, i);
    }
    Sequential model = Sequential.of(Lstm.of(4), Dense.of(3), Softmax.of()).build(2, 1);
    // guide: losses
    model.compile(Adam.of(), Loss.SPARSE_CATEGORICAL_CROSSENTROPY, Metric.ACCURACY, Metric.topK(2));
    FitOptions weighted =
        FitOptions.builder()
            .classWeights(Map.of(2, 5.0)) // a sample of class 2 counts five times
            .build();
    // guide: end
    History history = model.fit(x, labels, weighted);
    double all = history.loss()[0];
    assertTrue(all > 2 * Math.log(3) && all < 3 * Math.log(3), () -> "loss " + all); // 7/3
    assertTrue(history.metric(Metric.topK(2))[0] > history.metric(Metric.ACCURACY)[0]);
  }

  @Test
  void aLossOfYourOwnIsTrained() {
    // guide: own-loss
    Loss logCosh =
        Loss.of(
            "log_cosh",
            (p, y, gradient) -> {
              double sum = 0;
              for (int i = 0; i < p.length; i++) {
                gradient[i] = Math.tanh(p[i] - y[i]);
                sum += Math.log(Math.cosh(p[i] - y[i]));
              }
              return sum;
            });
    // guide: end
    Tensor x = Data.uniform(1, 64, 4, 2);
    Sequential model = Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1);
    model.compile(Adam.of(0.01), logCosh);
    FitOptions options = FitOptions.builder().epochs(60).build();
    double[] loss = model.fit(x, x.select(1, 3).slice(1, 0, 1), options).loss();
    assertTrue(loss[59] < loss[0] / 5, () -> loss[0] + " to " + loss[59]);
  }
}

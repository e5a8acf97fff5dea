package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The losses and rates that {@code make_optimizer_goldens.py} had of Keras and PyTorch. */
class OptimizerGoldenTest {
  private static final double LOSS_TOLERANCE = 1e-5;

  /** Keras computes rates in float. */
  private static final double RATE_TOLERANCE = 0.05 * 4 * Math.ulp(1f);

  private static final Map<String, Schedule> SCHEDULES =
      Map.of(
          "keras-exponential", ExponentialDecay.of(0.05, 7, 0.5),
          "keras-staircase", new ExponentialDecay(0.05, 7, 0.5, true),
          "keras-cosine", CosineDecay.of(0.05, 15),
          "keras-cosine-alpha", CosineDecay.of(0.05, 15).alpha(0.1),
          "keras-cosine-warmup", CosineDecay.of(0.05, 12).alpha(0.1).warmup(0.01, 5),
          "keras-piecewise", PiecewiseConstantDecay.of(List.of(4L, 9L), List.of(0.05, 0.02, 0.01)));

  private static Map<String, Optimizer> optimizers() {
    Map<String, Optimizer> cases = new HashMap<>();
    adams(cases);
    descents(cases);
    means(cases);
    return cases;
  }

  private static Schedule schedule(String name) {
    return SCHEDULES.get("keras-" + name);
  }

  private static void adams(Map<String, Optimizer> cases) {
    cases.put("keras-adam", Adam.of(0.02));
    cases.put(
        "keras-adam-epsilon",
        Adam.builder().learningRate(0.02).beta1(0.8).beta2(0.9).epsilon(0.01).build());
    cases.put(
        "keras-adam-cosine-warmup", Adam.builder().learningRate(schedule("cosine-warmup")).build());
    cases.put("keras-adamw", AdamW.of(0.02));
    cases.put("keras-adamw-decay", AdamW.builder().learningRate(0.02).weightDecay(2).build());
    cases.put(
        "keras-adamw-excluding",
        AdamW.builder().learningRate(0.02).weightDecay(2).excludeFromWeightDecay("bias").build());
    cases.put(
        "torch-adam",
        Adam.builder().learningRate(0.02).epsilon(1e-8).epsilonIsCorrected(true).build());
    cases.put(
        "torch-adam-epsilon",
        Adam.builder()
            .learningRate(0.02)
            .beta1(0.8)
            .beta2(0.9)
            .epsilon(0.01)
            .epsilonIsCorrected(true)
            .build());
    AdamW.Builder torch = AdamW.builder().learningRate(0.02).epsilon(1e-8).epsilonIsCorrected(true);
    cases.put("torch-adamw", torch.weightDecay(0.01).build());
    cases.put("torch-adamw-decay", torch.weightDecay(2).build());
  }

  private static void descents(Map<String, Optimizer> cases) {
    for (String library : List.of("keras-", "torch-")) {
      Sgd.Builder momentum = Sgd.builder().learningRate(0.05).momentum(0.9);
      cases.put(library + "sgd", Sgd.of(0.1));
      cases.put(library + "sgd-momentum", momentum.build());
      cases.put(library + "sgd-nesterov", momentum.nesterov(true).build());
      cases.put(library + "sgd-clipvalue", Sgd.builder().learningRate(0.2).clipValue(0.05).build());
      cases.put(
          library + "sgd-global-clipnorm",
          Sgd.builder().learningRate(0.2).globalClipNorm(0.3).build());
    }
    cases.put("keras-sgd-clipnorm", Sgd.builder().learningRate(0.2).clipNorm(0.3).build());
    cases.put(
        "keras-sgd-nesterov-piecewise",
        Sgd.builder().learningRate(schedule("piecewise")).momentum(0.9).nesterov(true).build());
  }

  private static void means(Map<String, Optimizer> cases) {
    cases.put("keras-rmsprop", RmsProp.of(0.01));
    cases.put(
        "keras-rmsprop-epsilon",
        RmsProp.builder().learningRate(0.01).rho(0.8).epsilon(0.01).build());
    cases.put(
        "keras-rmsprop-momentum", RmsProp.builder().learningRate(0.005).momentum(0.5).build());
    cases.put(
        "keras-rmsprop-centered",
        RmsProp.builder().learningRate(0.01).centered(true).epsilon(1e-3).build());
    cases.put(
        "keras-rmsprop-momentum-centered-staircase",
        RmsProp.builder()
            .learningRate(schedule("staircase"))
            .momentum(0.5)
            .centered(true)
            .epsilon(0.1)
            .build());
    RmsProp.Builder torch =
        RmsProp.builder().learningRate(0.01).epsilon(1e-8).epsilonIsInside(false);
    cases.put("torch-rmsprop", torch.build());
    cases.put("torch-rmsprop-momentum", torch.learningRate(0.005).momentum(0.5).build());
    torch.learningRate(0.01).momentum(0).epsilon(0.01);
    cases.put("torch-rmsprop-epsilon", torch.rho(0.8).build());
    cases.put("torch-rmsprop-centered", torch.rho(0.9).centered(true).build());
  }

  /** Element i of array k is sin(i + k) / 2. */
  private static Tensor sines(int k, double scale, long... shape) {
    Tensor values = Tensor.zeros(shape);
    float[] each = new float[Math.toIntExact(values.size())];
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) scale * (float) (Math.sin(i + k) / 2);
    }
    return Tensor.of(each, shape);
  }

  private static double[] losses(Optimizer optimizer) {
    Sequential model = Sequential.of(Lstm.of(5), Dense.of(2)).build(3, 0);
    List<Weight> weights = model.weights();
    for (int k = 0; k < weights.size(); k++) {
      weights.get(k).set(sines(k, 1, weights.get(k).shape().toArray()));
    }
    model.compile(optimizer, Loss.MEAN_SQUARED_ERROR);
    FitOptions options = FitOptions.builder().epochs(20).batchSize(6).shuffle(false).build();
    History history = model.fit(sines(5, 1, 6, 4, 3), sines(6, 4, 6, 2), options);
    return history.epochs().stream().mapToDouble(Epoch::loss).toArray();
  }

  private static Map<String, double[]> goldens(String file) throws IOException {
    Map<String, double[]> found = new HashMap<>();
    try (InputStream in = OptimizerGoldenTest.class.getResourceAsStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] words = line.split(",", -1);
        double[] values = Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
        assertEquals(20, values.length, words[0]);
        found.put(words[0], values);
      }
    }
    return found;
  }

  @Test
  void trainsAsKerasAndPyTorchDo() throws IOException {
    Map<String, double[]> goldens = goldens("optimizers.csv");
    Map<String, Optimizer> cases = optimizers();
    assertEquals(new TreeSet<>(goldens.keySet()), new TreeSet<>(cases.keySet()));
    cases.forEach(
        (name, optimizer) -> {
          double[] losses = losses(optimizer);
          for (int i = 0; i < losses.length; i++) {
            assertEquals(goldens.get(name)[i], losses[i], LOSS_TOLERANCE, name + " " + i);
          }
        });
  }

  @Test
  void schedulesHaveKerasRates() throws IOException {
    Map<String, double[]> goldens = goldens("schedules.csv");
    assertEquals(new TreeSet<>(goldens.keySet()), new TreeSet<>(SCHEDULES.keySet()));
    SCHEDULES.forEach(
        (name, schedule) -> {
          for (int i = 0; i < 20; i++) {
            assertEquals(goldens.get(name)[i], schedule.at(i), RATE_TOLERANCE, name + " " + i);
          }
        });
  }
}

package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerErrorsTest {

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void settingsOutOfRange() {
    String positive = ", expected a finite number above 0";
    String fraction = ", expected at least 0 and below 1";
    refuses("AdamW: learningRate=-1.0" + positive, () -> AdamW.of(-1));
    refuses("AdamW: beta1=1.0" + fraction, () -> AdamW.builder().beta1(1));
    refuses("AdamW: beta2=1.0" + fraction, () -> AdamW.builder().beta2(1));
    refuses("AdamW: epsilon=0.0" + positive, () -> AdamW.builder().epsilon(0));
    refuses(
        "AdamW: weightDecay=-0.1, expected a finite number, 0 or more",
        () -> AdamW.builder().weightDecay(-0.1));
    refuses("RmsProp: learningRate=0.0" + positive, () -> RmsProp.of(0));
    refuses("RmsProp: rho=1.0" + fraction, () -> RmsProp.builder().rho(1));
    refuses("RmsProp: momentum=NaN" + fraction, () -> RmsProp.builder().momentum(Double.NaN));
    refuses("RmsProp: epsilon=0.0" + positive, () -> RmsProp.builder().epsilon(0));
    refuses("Sgd: clipNorm=0.0" + positive, () -> Sgd.builder().clipNorm(0));
    refuses("Adam: clipValue=-1.0" + positive, () -> Adam.builder().clipValue(-1));
    refuses(
        "CustomOptimizer: learningRate=0.0" + positive,
        () -> CustomOptimizer.of((_, _, _, _, _, _, _) -> {}, 0));
  }

  @Test
  void settingsOfSchedulesOutOfRange() {
    String positive = ", expected a finite number above 0";
    String most = ", expected a finite number, 0 or more";
    refuses(
        "ExponentialDecay: initialLearningRate=0.0" + positive,
        () -> ExponentialDecay.of(0, 10, 0.5));
    refuses(
        "ExponentialDecay: decaySteps=0, expected 1 or more",
        () -> ExponentialDecay.of(0.1, 0, 0.5));
    refuses("ExponentialDecay: decayRate=0.0" + positive, () -> ExponentialDecay.of(0.1, 10, 0));
    refuses("CosineDecay: initialLearningRate=0.0" + positive, () -> CosineDecay.of(0, 10));
    refuses("CosineDecay: decaySteps=0, expected 1 or more", () -> CosineDecay.of(0.1, 0));
    CosineDecay cosine = CosineDecay.of(0.1, 10);
    refuses("CosineDecay: alpha=-0.1" + most, () -> cosine.alpha(-0.1));
    refuses("CosineDecay: initialLearningRate=-1.0" + most, () -> cosine.warmup(-1, 5));
    refuses("CosineDecay: warmupSteps=0, expected 1 or more", () -> cosine.warmup(0, 0));
    refuses("CosineDecay: warmupTarget=0.0" + positive, () -> new CosineDecay(0.1, 10, 0, 0, 5));
    refuses(
        "CosineDecay: warmupSteps=-1, expected 0 or more",
        () -> new CosineDecay(0.1, 10, 0, 0.1, -1));
  }

  @Test
  void piecesThatDoNotFit() {
    refuses(
        "PiecewiseConstantDecay: 2 boundaries and 2 values, expected 3 values: one before each"
            + " boundary and one after the last",
        () -> PiecewiseConstantDecay.of(List.of(10L, 20L), List.of(0.1, 0.01)));
    refuses(
        "PiecewiseConstantDecay: boundaries[1]=10, expected more than boundaries[0]=10",
        () -> PiecewiseConstantDecay.of(List.of(10L, 10L), List.of(0.1, 0.01, 0.001)));
    refuses(
        "PiecewiseConstantDecay: boundaries[0]=-1, expected 0 or more",
        () -> PiecewiseConstantDecay.of(List.of(-1L), List.of(0.1, 0.01)));
    refuses(
        "PiecewiseConstantDecay: values[1]=NaN, expected a finite number, 0 or more",
        () -> PiecewiseConstantDecay.of(List.of(1L), List.of(0.1, Double.NaN)));
  }

  @Test
  void moreThanOneClipping() {
    String tail = ", expected one of clipNorm, clipValue and globalClipNorm. Leave the others out";
    refuses(
        "Adam: clipNorm=1.0 and globalClipNorm=2.0" + tail,
        () -> Adam.builder().globalClipNorm(2).clipNorm(1).build());
    refuses(
        "AdamW: clipNorm=1.0 and clipValue=0.5" + tail,
        () -> AdamW.builder().clipValue(0.5).clipNorm(1).build());
    refuses(
        "Sgd: clipValue=0.5 and globalClipNorm=2.0" + tail,
        () -> Sgd.builder().clipValue(0.5).globalClipNorm(2).build());
    refuses(
        "RmsProp: clipNorm=1.0 and clipValue=0.5 and globalClipNorm=2.0" + tail,
        () -> RmsProp.builder().clipNorm(1).clipValue(0.5).globalClipNorm(2).build());
    refuses(
        "CustomOptimizer: clipNorm=1.0 and clipValue=0.5" + tail,
        () ->
            CustomOptimizer.builder((_, _, _, _, _, _, _) -> {})
                .clipNorm(1)
                .clipValue(0.5)
                .build());
  }

  private static Sequential model(Optimizer optimizer) {
    return Sequential.of(Lstm.of(2), Dense.of(1))
        .build(1, 0)
        .compile(optimizer, Loss.MEAN_SQUARED_ERROR);
  }

  @Test
  void ratesThatAreNoRates() {
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.5}) {
      Schedule schedule = update -> update < 2 ? 0.1 : wrong;
      Sequential model = model(Sgd.builder().learningRate(schedule).build());
      FitOptions two = FitOptions.builder().epochs(2).build();
      model.fit(Tensor.zeros(1, 1, 1), Tensor.zeros(1), two);
      float[] before = ReferenceModel.weights(model);
      refuses(
          "Schedule.at: update 2, counted from 0, has the learning rate "
              + wrong
              + ", expected a finite number, 0 or more",
          () -> model.fit(Tensor.zeros(1, 1, 1), Tensor.zeros(1), FitOptions.of()));
      assertArrayEquals(before, ReferenceModel.weights(model));
    }
  }

  private static String explosion(Optimizer optimizer) {
    Sequential model = model(optimizer);
    model.weights().getLast().set(Float.NaN, 0);
    return assertThrows(
            ArithmeticException.class,
            () -> model.fit(Tensor.zeros(1, 1, 1), Tensor.zeros(1), FitOptions.of()))
        .getMessage();
  }

  @Test
  void adviceKnowsTheRateOfTheUpdateAndEachClipping() {
    String head =
        "Sequential.fit: the loss is NaN in epoch 0, batch 0, counted from 0. Dense \"dense\" is the"
            + " first to give it. The weights are those of before this batch. Try ";
    String tail = "; data scaled to about -1..1";
    String clip = "; globalClipNorm(1.0) on the optimizer's builder";
    assertEquals(head + "a learning rate below 0.01" + clip + tail, explosion(Sgd.of(0.01)));
    Sgd.Builder clipped = Sgd.builder();
    assertEquals(
        head + "a learning rate below 0.01" + tail, explosion(clipped.clipNorm(1).build()));
    assertEquals(
        head + "a learning rate below 0.01" + tail, explosion(Sgd.builder().clipValue(1).build()));
    CosineDecay warmingUp = CosineDecay.of(0.1, 10).warmup(0, 5);
    assertEquals(
        head + "lower learning rates" + clip + tail,
        explosion(Sgd.builder().learningRate(warmingUp).build()));
  }

  @Test
  void slotsOfOneName() {
    UpdateRule rule =
        new UpdateRule() {
          @Override
          public List<String> slots() {
            return List.of("m", "m");
          }

          @Override
          public void update(
              long step,
              double learningRate,
              long from,
              long n,
              MemorySegment gradients,
              List<MemorySegment> slots,
              MemorySegment weights) {}
        };
    refuses(
        "UpdateRule.slots: got [m, m], expected names that differ",
        () -> CustomOptimizer.of(rule, 0.1));
  }
}

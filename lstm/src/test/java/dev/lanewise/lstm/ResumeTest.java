package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final Tensor X = ReferenceModel.random(1, 41, 6, 3);
  private static final Tensor Y = ReferenceModel.random(2, 41, 1);

  /** Keeps where the fit stood after each epoch, and the weights then. */
  private static final class Keeper implements Callback {
    final List<TrainingState> states = new ArrayList<>();
    final List<float[]> weights = new ArrayList<>();

    @Override
    public void afterEpoch(FitProgress fit) {
      states.add(fit.state());
      weights.add(ReferenceModel.weights((Sequential) fit.model()));
    }
  }

  private static Sequential model(Optimizer optimizer) {
    Sequential model = Sequential.of(Lstm.of(5), Dropout.of(0.3), Dense.of(1)).build(3, 7);
    model.compile(optimizer, Loss.MEAN_SQUARED_ERROR);
    return model;
  }

  private static FitOptions.Builder options(Callback... callbacks) {
    FitOptions.Builder options =
        FitOptions.builder().epochs(9).batchSize(8).seed(5).validationSplit(0.25);
    for (Callback callback : callbacks) {
      options.callback(callback);
    }
    return options;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFitThatGoesOnIsAFitThatWasNotCutOff(boolean adam) {
    Optimizer optimizer = adam ? Adam.of(0.01) : Sgd.builder().momentum(0.9).build();
    Sequential whole = model(optimizer);
    History expected = whole.fit(X, Y, options().build());
    Sequential first = model(optimizer);
    Keeper keeper = new Keeper();
    first.fit(X, Y, options(keeper).epochs(4).build());
    Sequential second = model(optimizer);
    ReferenceModel.setWeights(second, ReferenceModel.weights(first));
    TrainingState state = keeper.states.get(3);
    TrainingState alone =
        new TrainingState(
            state.epochs(), state.updates(), state.rateFactor(), state.moments(), List.of());
    History rest = second.fit(X, Y, options().resume(alone).build());
    assertArrayEquals(ReferenceModel.weights(whole), ReferenceModel.weights(second));
    assertEquals(5, rest.epochs().size());
    assertEquals(4, rest.epochs().getFirst().index());
    assertEquals(expected.loss()[8], rest.loss()[4]);
    assertEquals(expected.validationLoss()[8], rest.validationLoss()[4]);
  }

  @Test
  void callbacksGoOnToo() {
    Sequential whole = model(Adam.of(0.05));
    EarlyStopping stopping = EarlyStopping.of(3);
    Keeper keeper = new Keeper();
    whole.fit(X, Y, options(stopping, plateau(), keeper).epochs(60).build());
    assertTrue(stopping.stopped());
    int last = keeper.states.size() - 1;
    for (int at : new int[] {0, last / 2, last - 1, last}) {
      Sequential other = model(Adam.of(0.05));
      ReferenceModel.setWeights(other, keeper.weights.get(at));
      EarlyStopping again = EarlyStopping.of(3);
      other.fit(
          X,
          Y,
          options(again, plateau(), new Keeper()).epochs(60).resume(keeper.states.get(at)).build());
      assertTrue(again.stopped());
      assertEquals(stopping.bestEpoch(), again.bestEpoch());
      assertArrayEquals(ReferenceModel.weights(whole), ReferenceModel.weights(other));
    }
  }

  private static ReduceOnPlateau plateau() {
    return ReduceOnPlateau.builder().patience(1).factor(0.5).build();
  }

  @Test
  void earlyStoppingGivesTheBestEpochsWeights() {
    Sequential model = model(Adam.of(0.05));
    EarlyStopping stopping = EarlyStopping.of(4);
    Keeper keeper = new Keeper();
    History history = model.fit(X, Y, options(stopping, keeper).epochs(80).build());
    double best = Double.POSITIVE_INFINITY;
    int at = -1;
    for (Epoch epoch : history.epochs()) {
      if (epoch.validationLoss() < best) {
        best = epoch.validationLoss();
        at = epoch.index();
      }
    }
    assertTrue(stopping.stopped());
    assertEquals(at, stopping.bestEpoch());
    assertEquals(at + 4, history.epochs().getLast().index());
    assertEquals(best, stopping.best());
    assertArrayEquals(keeper.weights.get(at), ReferenceModel.weights(model));
  }

  @Test
  void earlyStoppingCanLeaveTheLastWeightsAndBeginsAnewWithEachFit() {
    Sequential model = model(Adam.of(0.05));
    EarlyStopping stopping =
        EarlyStopping.builder()
            .monitor(Monitor.loss())
            .patience(0)
            .minDelta(0.5)
            .restoreBestWeights(false)
            .build();
    Keeper keeper = new Keeper();
    assertEquals(2, model.fit(X, Y, options(stopping, keeper).build()).epochs().size());
    assertArrayEquals(keeper.weights.get(1), ReferenceModel.weights(model));
    assertEquals(2, model.fit(X, Y, options(stopping).build()).epochs().size());
  }

  @Test
  void aPlateauMakesTheRateSmallerDownToTheLeast() {
    List<Double> rates = new ArrayList<>();
    Callback watch =
        new Callback() {
          @Override
          public void afterEpoch(FitProgress fit) {
            rates.add(fit.learningRate());
          }
        };
    ReduceOnPlateau reduce =
        ReduceOnPlateau.builder()
            .monitor(new Monitor("none", epoch -> 1, false))
            .factor(0.5)
            .patience(2)
            .cooldown(1)
            .minRate(0.03)
            .build();
    Sequential model = model(Sgd.of(0.1));
    model.fit(X, Y, options(reduce, watch).build());
    // The first is better than infinity; two waited; one cooled, and one more waited from there.
    assertEquals(List.of(0.1, 0.1, 0.05, 0.05, 0.03, 0.03, 0.03, 0.03, 0.03), rates);
  }

  @Test
  void anEpochCanBeTheFirst() {
    Sequential model = model(Adam.of(0.01));
    History history = model.fit(X, Y, options().initialEpoch(7).build());
    assertEquals(List.of(7, 8), history.epochs().stream().map(Epoch::index).toList());
    assertEquals(
        "FitOptions: initialEpoch=10 is past epochs=9: epochs counts all, those before the fit too",
        assertThrows(IllegalArgumentException.class, () -> options().initialEpoch(10).build())
            .getMessage());
  }

  @Test
  void aCallbackStopsAfterABatch() {
    Callback stop =
        new Callback() {
          @Override
          public void onBatch(FitProgress fit, BatchProgress batch) {
            if (fit.updates() == 6) {
              fit.stop();
            }
          }
        };
    List<Integer> batches = new ArrayList<>();
    Sequential model = model(Adam.of(0.01));
    History history =
        model.fit(X, Y, options(stop).onBatch(batch -> batches.add(batch.index())).build());
    assertEquals(2, history.epochs().size());
    assertEquals(List.of(0, 1, 2, 3, 0, 1), batches);
    assertTrue(Double.isFinite(history.loss()[1]));
  }

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    Sequential one = Sequential.of(Lstm.of(5), Dense.of(1)).build(3, 7);
    one.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    Sequential several = Sequential.of(Lstm.of(5), Dense.of(1)).build(3, 7);
    several.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    FitOptions.Builder options = FitOptions.builder().epochs(6).seed(3);
    one.fit(X, Y, options.batchSize(15).build());
    several.fit(X, Y, options.batchSize(5).accumulate(3).build()); // 41: the last update is of 11
    assertArrayEquals(ReferenceModel.weights(one), ReferenceModel.weights(several), 2e-5f);
    for (int threads : new int[] {2, 3}) {
      Sequential shared = Sequential.of(Lstm.of(5), Dense.of(1)).build(3, 7);
      shared.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
      shared.fit(X, Y, options.threads(threads).ownThreads(true).build());
      assertArrayEquals(ReferenceModel.weights(several), ReferenceModel.weights(shared));
    }
  }

  @Test
  void anInterruptKeepsTheStateOfTheLastEpoch() {
    Sequential model = model(Adam.of(0.01));
    Keeper keeper = new Keeper();
    Callback interrupt =
        new Callback() {
          @Override
          public void onBatch(FitProgress fit, BatchProgress batch) {
            if (batch.epoch() == 2) {
              Thread.currentThread().interrupt();
            }
          }
        };
    FitOptions cut = options(keeper, interrupt).build();
    assertThrows(CancellationException.class, () -> model.fit(X, Y, cut));
    assertTrue(Thread.interrupted());
    assertEquals(2, keeper.states.size());
    assertEquals(8, keeper.states.get(1).updates());
  }

  @Test
  void refusesTheStateOfAnotherOptimizer() {
    Sequential adam = model(Adam.of(0.01));
    Keeper keeper = new Keeper();
    adam.fit(X, Y, options(keeper).epochs(1).build());
    TrainingState state = keeper.states.getFirst();
    Sequential sgd = model(Sgd.of(0.01));
    assertEquals(
        "FitOptions.resume: the optimizer remembers [] of each weight, the state holds [m, v]:"
            + " compile the model with the optimizer of the fit that was cut off",
        refusal(sgd, state, new Keeper()));
    assertEquals(
        "FitOptions.resume: the state is of a fit with 1 callbacks, got 0: give the same ones in the"
            + " same order",
        refusal(adam, state));
    Sequential wider = Sequential.of(Lstm.of(6), Dropout.of(0.3), Dense.of(1)).build(3, 7);
    wider.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    assertEquals(
        "FitOptions.resume: the state's \"m/lstm/kernel\" is (3, 20), the weight is (3, 24)",
        refusal(wider, state, new Keeper()));
    Callback.State other = new Callback.State(Map.of("x", 1.0), Map.of());
    TrainingState wrong = new TrainingState(1, 5, 1, state.moments(), List.of(other));
    assertEquals(
        "EarlyStopping: the state has no \"best\", it holds [x]: it is another's",
        refusal(adam, wrong, EarlyStopping.of(1)));
  }

  private static String refusal(Sequential model, TrainingState state, Callback... callbacks) {
    FitOptions options = options(callbacks).resume(state).build();
    return assertThrows(IllegalArgumentException.class, () -> model.fit(X, Y, options))
        .getMessage();
  }

  @Test
  void refusesToWatchWhatIsNotThere() {
    Sequential model = model(Adam.of(0.01));
    FitOptions options = options(EarlyStopping.of(1)).validationSplit(0).build();
    assertEquals(
        "EarlyStopping: val_loss is NaN in epoch 0, counted from 0. Without validation samples there"
            + " is none: give validationSplit(0.2) or validationData(x, y), or watch the training"
            + " loss: monitor(Monitor.loss())",
        assertThrows(IllegalArgumentException.class, () -> model.fit(X, Y, options)).getMessage());
    assertFalse(Thread.interrupted());
  }
}

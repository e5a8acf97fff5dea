package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpatialDropout1dTest {
  private static final int BATCH = 6;
  private static final int STEPS = 4;
  private static final int FEATURES = 50;

  private static TrainedAlone ones() {
    Tensor x = Tensor.zeros(BATCH, STEPS, FEATURES).fill(1);
    return new TrainedAlone(SpatialDropout1d.of(0.2), x, null, List.of(), false);
  }

  /** What one step of the batch is, rows of features. */
  private static float[] step(float[] all, int step) {
    return Arrays.copyOfRange(all, step * BATCH * FEATURES, (step + 1) * BATCH * FEATURES);
  }

  @Test
  void dropsFeaturesAtAllSteps() {
    TrainedAlone alone = ones();
    alone.forward(0, BATCH);
    float[] all = alone.values(alone.layer);
    float[] first = step(all, 0);
    int dropped = 0;
    for (float value : first) {
      assertTrue(value == 0 || value == 1.25f, "" + value);
      dropped += value == 0 ? 1 : 0;
    }
    assertTrue(dropped > 35 && dropped < 85, dropped + " of 300"); // 60 are to be expected
    for (int step = 1; step < STEPS; step++) {
      assertArrayEquals(first, step(all, step));
    }
    float[] one = Arrays.copyOfRange(first, 0, FEATURES);
    assertTrue(!Arrays.equals(one, Arrays.copyOfRange(first, FEATURES, 2 * FEATURES)));
  }

  @Test
  void theGradientGoesWhereTheValueWent() {
    TrainedAlone alone = ones();
    alone.forward(0, BATCH);
    float[] one = new float[BATCH * STEPS * FEATURES];
    Arrays.fill(one, 1);
    TrainedAlone.write(one, alone.layer.gradient());
    alone.backward(0, BATCH);
    assertArrayEquals(alone.values(alone.layer), alone.gradient(alone.below));
  }

  @Test
  void everyBatchDropsOthers() {
    TrainedAlone alone = ones();
    alone.forward(0, BATCH);
    float[] first = alone.values(alone.layer);
    alone.layer.begin(1, BATCH);
    alone.forward(0, BATCH);
    assertTrue(!Arrays.equals(first, alone.values(alone.layer)));
  }

  @Test
  void trainingIsTheSameForAnyRowsOfAThread() {
    List<float[]> whole = ones().train(2, 0, BATCH).results();
    List<float[]> shared = ones().train(2, 0, 2, 3, BATCH).results();
    for (int i = 0; i < whole.size(); i++) {
      assertArrayEquals(whole.get(i), shared.get(i));
    }
  }

  @Test
  void predictsAsIfItWereNotThere() {
    Tensor x = ReferenceModel.random(1, 3, 5, 2);
    Sequential model = Sequential.of(SpatialDropout1d.of(0.9), Lstm.of(3)).build(2, 1);
    Sequential without = Sequential.of(Lstm.of(3)).build(2, 1);
    for (int i = 0; i < model.weights().size(); i++) {
      without.weights().get(i).set(model.weights().get(i).value());
    }
    Mask mask = Mask.ofLengths(5, 5, 2, 0);
    assertArrayEquals(without.predict(x).toArray(), model.predict(x).toArray());
    assertArrayEquals(without.predict(x, mask).toArray(), model.predict(x, mask).toArray());
    Tensor y = Tensor.zeros(3, 3);
    Stream stream = model.predictor().stream(3);
    for (int step = 0; step < 5; step++) {
      stream.step(x.select(1, step), y);
    }
    assertArrayEquals(without.predict(x).toArray(), y.toArray());
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertEquals(
        "SpatialDropout1d: rate=1.0, expected at least 0 and below 1",
        assertThrows(IllegalArgumentException.class, () -> SpatialDropout1d.of(1)).getMessage());
  }
}

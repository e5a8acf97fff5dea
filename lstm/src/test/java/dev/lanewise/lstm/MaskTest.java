package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MaskTest {
  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  @Test
  void isMadeOfLengthsAtEitherEnd() {
    Mask start = Mask.ofLengths(3, 2, 0, 3);
    assertArrayEquals(new float[] {1, 1, 0, 0, 0, 0, 1, 1, 1}, start.toTensor().toArray());
    Mask end = Mask.ofLengthsAtEnd(3, 2, 0, 3);
    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 0, 1, 1, 1}, end.toTensor().toArray());
    assertArrayEquals(new int[] {2, 0, 3}, end.lengths());
    assertEquals(3, end.samples());
    assertEquals(3, end.timesteps());
    assertFalse(end.uses(0, 0));
    assertTrue(end.uses(0, 1));
    assertEquals("Mask (3, 3), lengths [2, 0, 3]", end.toString());
  }

  @Test
  void equalsAMaskOfTheSameSteps() {
    Mask mask = Mask.ofLengths(3, 2, 1);
    assertEquals(mask, Mask.of(mask.toTensor()));
    assertEquals(mask.hashCode(), Mask.of(mask.toTensor()).hashCode());
    assertNotEquals(mask, Mask.ofLengthsAtEnd(3, 2, 1));
    assertNotEquals(Mask.ofLengths(2, 1, 1, 1), Mask.ofLengths(3, 1, 1));
  }

  @Test
  void comesWithPaddedSequences() {
    List<Tensor> sequences = List.of(Tensor.arange(2), Tensor.arange(3));
    assertEquals(Mask.ofLengths(3, 2, 3), Sequences.pad(sequences).mask());
    PadOptions pre = PadOptions.builder().padding(Padding.PRE).build();
    assertEquals(Mask.ofLengthsAtEnd(3, 2, 3), Sequences.pad(sequences, pre).mask());
  }

  @Test
  void padsIdsAsInts() {
    int[][] ids = {{5, 6}, {7, 8, 9, 1}};
    PadOptions options = PadOptions.builder().padding(Padding.PRE).maxLength(3).build();
    Padded padded = Sequences.padIds(ids, options);
    assertArrayEquals(new int[] {0, 5, 6, 7, 8, 9}, padded.x().toIntArray());
    assertArrayEquals(new int[] {2, 3}, padded.lengths());
  }

  @Test
  void aMaskedBatchIsItsSequencesAloneBitForBit() {
    Sequential model =
        Sequential.of(Bidirectional.of(every(5)), every(4), Lstm.of(3), Dense.of(2)).build(3, 1);
    int[] lengths = {7, 1, 4, 7, 2};
    Tensor x = ReferenceModel.random(1, 5, 7, 3);
    Tensor y = model.predict(x, Mask.ofLengths(7, lengths));
    for (int i = 0; i < lengths.length; i++) {
      Tensor alone = model.predict(x.slice(0, i, i + 1).slice(1, 0, lengths[i]));
      assertArrayEquals(alone.toArray(), y.select(0, i).toArray());
    }
  }

  @Test
  void whatPaddingHoldsDoesNotMatter() {
    Sequential model = Sequential.of(every(4), Lstm.of(3)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 2, 6, 3);
    Mask mask = Mask.ofLengths(6, 4, 6);
    float[] before = model.predict(x, mask).toArray();
    x.select(0, 0).slice(0, 4, 6).fill(Float.NaN);
    assertArrayEquals(before, model.predict(x, mask).toArray());
  }

  @Test
  void aMaskOfRealStepsOnlyIsNone() {
    Sequential model = Sequential.of(every(4), Lstm.of(3)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 2, 6, 3);
    assertArrayEquals(
        model.predict(x).toArray(), model.predict(x, Mask.ofLengths(6, 6, 6)).toArray());
  }

  @Test
  void leavesNoTraceInLaterCalls() {
    Predictor predictor = Sequential.of(every(4), Lstm.of(3)).build(3, 1).predictor();
    Tensor x = ReferenceModel.random(1, 9, 6, 3);
    float[] before = predictor.predict(x).toArray();
    Mask mask = Mask.ofLengths(6, 1, 2, 3, 4, 5, 6, 0, 1, 2);
    float[] masked = predictor.predict(x, mask).toArray();
    assertArrayEquals(before, predictor.predict(x).toArray());
    assertArrayEquals(masked, predictor.predict(x, mask).toArray());
  }

  @Test
  void splitsOverThreadsToTheSameBits() {
    Sequential model = Sequential.of(every(48), Lstm.of(40)).build(16, 1);
    Tensor x = ReferenceModel.random(1, 300, 12, 16);
    int[] lengths = new int[300];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = i * 7 % 13;
    }
    Mask mask = Mask.ofLengths(12, lengths);
    PredictorOptions two = PredictorOptions.builder().threads(2).build();
    PredictorOptions one = PredictorOptions.builder().threads(1).build();
    assertArrayEquals(
        model.predictor(one).predict(x, mask).toArray(),
        model.predictor(two).predict(x, mask).toArray());
  }

  @Test
  @Tag("own-jvm")
  void predictsIntoATensorWithoutAllocating() {
    Predictor predictor = Sequential.of(every(8), Lstm.of(6)).build(3, 1).predictor();
    Tensor x = ReferenceModel.random(1, 4, 9, 3);
    Tensor y = Tensor.zeros(4, 6);
    Mask mask = Mask.ofLengths(9, 9, 2, 5, 0);
    assertEquals(0, Allocations.perCall(() -> predictor.predict(x, mask, y)));
    assertArrayEquals(predictor.predict(x, mask).toArray(), y.toArray());
  }

  @Test
  void trainsAsOnTheSequencesThemselves() {
    Tensor x = ReferenceModel.random(1, 4, 6, 3);
    Tensor y = ReferenceModel.random(2, 4, 6, 2);
    Mask mask = Mask.ofLengths(6, 6, 0, 3, 1);
    Sequential model = Sequential.of(every(5), Dense.of(2)).build(3, 1);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
    double sum = 0;
    long count = 0;
    for (int sample = 0; sample < 4; sample++) {
      int length = mask.lengths()[sample];
      if (length > 0) {
        Tensor alone = x.slice(0, sample, sample + 1).slice(1, 0, length);
        Tensor wanted = y.slice(0, sample, sample + 1).slice(1, 0, length);
        sum += model.evaluate(alone, wanted).loss() * length;
        count += length;
      }
    }
    assertEquals(sum / count, model.evaluate(x, mask, y).loss(), 1e-12);
    FitOptions once = FitOptions.builder().batchSize(4).shuffle(false).build();
    assertEquals(sum / count, model.fit(x, mask, y, once).loss()[0], 1e-9);
  }

  @Test
  void validatesWithTheMaskOfTheTail() {
    Tensor x = ReferenceModel.random(1, 8, 6, 3);
    Tensor y = ReferenceModel.random(2, 8, 1);
    Mask mask = Mask.ofLengths(6, 6, 0, 3, 1, 2, 4, 6, 5);
    FitOptions options = FitOptions.builder().validationSplit(0.25).build();
    Sequential model = Sequential.of(Lstm.of(5), Dense.of(1)).build(3, 1);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    double split = model.fit(x, mask, y, options).validationLoss()[0];
    Tensor tail = x.slice(0, 6, 8);
    Mask two = Mask.ofLengths(6, 6, 5);
    assertEquals(model.evaluate(tail, two, y.slice(0, 6, 8)).loss(), split);
    FitOptions given = FitOptions.builder().validationData(tail, two, y.slice(0, 6, 8)).build();
    double loss = model.fit(x, mask, y, given).validationLoss()[0];
    assertEquals(model.evaluate(tail, two, y.slice(0, 6, 8)).loss(), loss);
  }

  @Test
  void aMaskingLayerIsAMask() {
    Tensor x = ReferenceModel.random(1, 3, 6, 2);
    x.select(0, 1).slice(0, 2, 6).fill(-1);
    Sequential model = Sequential.of(Masking.of(-1), every(4), Lstm.of(3)).build(2, 1);
    Sequential same = Sequential.of(every(4), Lstm.of(3)).build(2, 1);
    for (int i = 0; i < same.weights().size(); i++) {
      same.weights().get(i).set(model.weights().get(i).value());
    }
    assertArrayEquals(
        same.predict(x, Mask.ofLengths(6, 6, 2, 6)).toArray(), model.predict(x).toArray());
  }

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void refusesMasksThatCannotBe() {
    refuses(
        "Mask: sample 1 has length 4, expected 0 to timesteps=3", () -> Mask.ofLengths(3, 3, 4));
    refuses(
        "Mask: sample 0 has length -1, expected 0 to timesteps=3",
        () -> Mask.ofLengthsAtEnd(3, -1));
    refuses(
        "Mask: 2 samples of timesteps=0, expected 1 timestep or more, and fewer steps in all than an"
            + " array holds",
        () -> Mask.ofLengths(0, 0, 0));
    refuses("Mask.of: needs (batch, timesteps), got (3)", () -> Mask.of(Tensor.zeros(3)));
    refuses(
        "Mask.of: 2.0 at [1, 1], expected 1 to use the step or 0 for padding",
        () -> Mask.of(Tensor.of(new float[] {1, 0, 1, 2}, 2, 2)));
    assertEquals(
        "Mask.uses: no [0, 3] in (1, 3)",
        assertThrows(IndexOutOfBoundsException.class, () -> Mask.ofLengths(3, 1).uses(0, 3))
            .getMessage());
  }

  @Test
  void refusesMasksOfAnotherInput() {
    Sequential model = Sequential.of(Lstm.of(2)).build(1, 0);
    refuses(
        "Predictor.predict: the mask is (2, 4), x is (2, 5, 1); the mask must be (batch, timesteps)"
            + " of x, (2, 5)",
        () -> model.predict(Tensor.zeros(2, 5, 1), Mask.ofLengths(4, 1, 1)));
    Sequential flat = Sequential.of(Flatten.of(), Dense.of(1)).build(5, 1, 0);
    refuses(
        "Predictor.predict: nothing reads the mask: it ends at Flatten \"flatten\", which mixes padded"
            + " steps with the others, before any Lstm",
        () -> flat.predict(Tensor.zeros(2, 5, 1), Mask.ofLengths(5, 1, 1)));
  }
}

package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PadTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  /** Sequence s, step t, feature f holds 100 * s + 10 * t + f + 0.5. */
  private static Tensor sequence(int s, int steps, int features) {
    Tensor sequence = Tensor.zeros(steps, features);
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < features; f++) {
        sequence.set(100 * s + 10 * t + f + 0.5f, t, f);
      }
    }
    return sequence;
  }

  /** As Keras's pad_sequences, on lists. */
  private static List<Float> plain(Tensor sequence, int timesteps, PadOptions options) {
    List<Float> steps = new ArrayList<>();
    for (float value : sequence.toArray()) {
      steps.add(value);
    }
    while (steps.size() > timesteps) {
      steps.remove(options.truncating() == Padding.PRE ? 0 : steps.size() - 1);
    }
    while (steps.size() < timesteps) {
      steps.add(options.padding() == Padding.PRE ? 0 : steps.size(), options.value());
    }
    return steps;
  }

  @Test
  void padsAndTruncatesAtEitherEndAsThePlainReferenceDoes() {
    int[] lengths = {3, 0, 5, 1};
    for (Padding padding : Padding.values()) {
      for (Padding truncating : Padding.values()) {
        for (int most : new int[] {1, 2, 4, 5, 8}) {
          PadOptions options =
              PadOptions.builder()
                  .padding(padding)
                  .truncating(truncating)
                  .maxLength(most)
                  .value(-1)
                  .build();
          List<Tensor> sequences = new ArrayList<>();
          for (int s = 0; s < lengths.length; s++) {
            sequences.add(sequence(s, lengths[s], 2));
          }
          Padded padded = Sequences.pad(sequences, options);
          assertEquals(Shape.of(4, most, 2), padded.x().shape());
          assertEquals(padding, padded.padding());
          for (int s = 0; s < lengths.length; s++) {
            assertEquals(Math.min(most, lengths[s]), padded.lengths()[s]);
            for (int f = 0; f < 2; f++) {
              List<Float> expected = plain(sequences.get(s).select(1, f), most, options);
              for (int t = 0; t < most; t++) {
                assertEquals(expected.get(t), padded.x().get(s, t, f));
              }
            }
          }
        }
      }
    }
  }

  @Test
  void padsAfterTheLastStepToTheLongestWhereNothingIsSaid() {
    Padded padded =
        Sequences.pad(List.of(sequence(0, 15, 1), sequence(1, 10, 1), sequence(2, 12, 1)));
    assertEquals(Shape.of(3, 15, 1), padded.x().shape());
    assertArrayEquals(new int[] {15, 10, 12}, padded.lengths());
    assertEquals(Padding.POST, padded.padding());
    assertEquals(190.5f, padded.x().get(1, 9, 0));
    assertArrayEquals(new float[5], padded.x().select(0, 1).slice(0, 10, 15).toArray());
  }

  @Test
  void keepsNumbersBelowOne() {
    Padded padded = Sequences.pad(List.of(Tensor.of(new float[] {0.25f, 0.5f}, 2, 1)));
    assertArrayEquals(new float[] {0.25f, 0.5f}, padded.x().toArray());
  }

  @Test
  void padsSequencesWithoutFeatures() {
    Padded padded =
        Sequences.pad(
            List.of(Tensor.of(new float[] {7, 8}, 2), Tensor.of(new float[] {9}, 1)),
            PadOptions.builder().padding(Padding.PRE).build());
    assertEquals(Shape.of(2, 2), padded.x().shape());
    assertArrayEquals(new float[] {7, 8, 0, 9}, padded.x().toArray());
  }

  @Test
  void copiesViewsOfAnyStrides() {
    Tensor turned = Tensor.arange(6).reshape(2, 3).transpose(); // (3, 2)
    Padded padded = Sequences.pad(List.of(turned));
    turned.fill(-1);
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, padded.x().toArray());
  }

  @Test
  void takesSequencesOfNoSteps() {
    Padded padded = Sequences.pad(List.of(Tensor.zeros(0, 3), Tensor.zeros(0, 3)));
    assertEquals(Shape.of(2, 0, 3), padded.x().shape());
    assertArrayEquals(new int[2], padded.lengths());
  }

  @Test
  void rejectsNoSequencesAndNullOnes() {
    refused("Sequences.pad: no sequences; give one at least", () -> Sequences.pad(List.of()));
    refused(
        "Sequences.pad: sequence 1 is null",
        () -> Sequences.pad(Arrays.asList(Tensor.zeros(2, 1), null)));
  }

  @Test
  void rejectsOtherRanks() {
    refused(
        "Sequences.pad: sequence 1 needs to be (timesteps, features) or (timesteps), got the 3-D"
            + " (1, 15, 2); squeeze(0) makes it one",
        () -> Sequences.pad(List.of(Tensor.zeros(2, 2), Tensor.zeros(1, 15, 2))));
    refused(
        "Sequences.pad: sequence 0 needs to be (timesteps, features) or (timesteps), got the 3-D"
            + " (4, 15, 2); a batch is equally long already, its sequences are select(0, 0) and so"
            + " on",
        () -> Sequences.pad(List.of(Tensor.zeros(4, 15, 2))));
    refused(
        "Sequences.pad: sequence 0 needs to be (timesteps, features) or (timesteps), got the 0-D"
            + " ()",
        () -> Sequences.pad(List.of(Tensor.zeros())));
    refused(
        "Sequences.pad: sequence 0 is the 2-D (10, 1) but sequence 2 is the 1-D (12);"
            + " expandDims(1) makes (timesteps) to (timesteps, 1)",
        () -> Sequences.pad(List.of(Tensor.zeros(10, 1), Tensor.zeros(11, 1), Tensor.zeros(12))));
  }

  @Test
  void rejectsUnequalFeatures() {
    refused(
        "Sequences.pad: sequence 0 is (10, 5) but sequence 2 is (12, 4): features, axis 1, are 5"
            + " and 4",
        () -> Sequences.pad(List.of(Tensor.zeros(10, 5), Tensor.zeros(3, 5), Tensor.zeros(12, 4))));
    refused(
        "Sequences.pad: sequence 0 is (10, 5) but sequence 1 is (5, 12): features, axis 1, are 5"
            + " and 12; if sequence 1 is (features, timesteps), transpose() it",
        () -> Sequences.pad(List.of(Tensor.zeros(10, 5), Tensor.zeros(5, 12))));
    refused(
        "Sequences.pad: sequence 0 is (2, 5) but sequence 1 is (2, 12): features, axis 1, are 5"
            + " and 12; if all are (features, timesteps), transpose() each",
        () -> Sequences.pad(List.of(Tensor.zeros(2, 5), Tensor.zeros(2, 12))));
  }

  @Test
  void rejectsAMaxLengthBelowOne() {
    refused("PadOptions: maxLength=0, expected 1 or more", () -> PadOptions.builder().maxLength(0));
  }
}

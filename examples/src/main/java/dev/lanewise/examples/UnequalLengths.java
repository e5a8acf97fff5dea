package dev.lanewise.examples;

import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Padded;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * Shows how sequences of 15, 10 and 12 steps become one batch whose padding is skipped.
 *
 * <p>A common tutorial adds a fourth axis with {@code expand_dims} and asks the LSTM for {@code
 * mask_zero}, which belongs to the embedding: neither runs. Without a mask the zeros are read as
 * steps.
 */
final class UnequalLengths {
  private UnequalLengths() {}

  /** Runs the program. */
  static void main() {
    // guide: pad
    List<Tensor> sequences =
        List.of(Data.uniform(1, 15, 1), Data.uniform(2, 10, 1), Data.uniform(3, 12, 1));
    Padded padded = Sequences.pad(sequences); // x (3, 15, 1), zeros after the end
    Sequential lstm = Sequential.of(Lstm.of(64)).build(1, 42);
    Tensor h = lstm.predict(padded.x(), padded.mask()); // (3, 64)
    // guide: end
    Show.shape("padded", padded.x());
    Show.line("mask", padded.mask());
    Show.shape("last hidden states", h);
    Show.values("of sequence 1", h.select(0, 1));

    Tensor alone = lstm.predict(Sequences.rows(sequences.get(1))).select(0, 0);
    Show.line("as without padding", alone.arrayEqual(h.select(0, 1)));
    Tensor unmasked = lstm.predict(padded.x()).select(0, 1);
    Show.values("without the mask", unmasked);

    // guide: masking
    Sequential masking = Sequential.of(Masking.of(0), Lstm.of(64)).build(1, 42);
    Tensor same = masking.predict(padded.x()); // drops true steps too that are all 0
    // guide: end
    Show.line("Masking(0) gives the same", same.arrayEqual(h));

    Show.refused("stack(sequences)", () -> Tensor.stack(0, sequences.toArray(Tensor[]::new)));
    Show.refused("predict of four axes", () -> lstm.predict(padded.x().expandDims(3)));
  }
}

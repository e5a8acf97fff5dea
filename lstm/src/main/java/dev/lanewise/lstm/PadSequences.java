package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.ElementType;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/** Puts sequences of unequal length into one tensor, each at one end of its row. */
final class PadSequences {
  private PadSequences() {}

  static Padded pad(List<Tensor> sequences, PadOptions options) {
    Shape first = checked(sequences);
    long longest = 0;
    for (Tensor sequence : sequences) {
      longest = Math.max(longest, sequence.dim(0));
    }
    long timesteps = options.maxLength() == 0 ? longest : options.maxLength();
    long[] dims =
        first.rank() == 1
            ? new long[] {sequences.size(), timesteps}
            : new long[] {sequences.size(), timesteps, first.dim(1)};
    Tensor x =
        sequences.getFirst().type() == ElementType.INT32
            ? Tensor.intZeros(dims).fillInt(wholeValue(options))
            : Tensor.zeros(dims).fill(options.value());
    int[] lengths = new int[sequences.size()];
    for (int i = 0; i < lengths.length; i++) {
      Tensor sequence = sequences.get(i);
      long kept = Math.min(sequence.dim(0), timesteps);
      long from = options.truncating() == Padding.PRE ? sequence.dim(0) - kept : 0;
      long to = options.padding() == Padding.PRE ? timesteps - kept : 0;
      x.select(0, i).slice(0, to, to + kept).copyFrom(sequence.slice(0, from, from + kept));
      lengths[i] = Sizes.length("Sequences.pad", "timesteps", kept);
    }
    return new Padded(x, lengths, options.padding());
  }

  private static int wholeValue(PadOptions options) {
    if (options.value() != (int) options.value()) {
      throw DataErrors.padValue(options.value());
    }
    return (int) options.value();
  }

  /** The shape of sequence 0, once all are known to go with it. */
  private static Shape checked(List<Tensor> sequences) {
    if (sequences.isEmpty()) {
      throw DataErrors.noSequences();
    }
    for (int i = 0; i < sequences.size(); i++) {
      Tensor sequence = sequences.get(i);
      if (sequence == null) {
        throw DataErrors.nullSequence(i);
      }
      Shape first = sequences.get(0).shape();
      Shape shape = sequence.shape();
      if (shape.rank() != 1 && shape.rank() != 2) {
        throw DataErrors.sequenceRank(i, shape);
      }
      if (shape.rank() != first.rank()) {
        throw DataErrors.sequenceRanks(first, i, shape);
      }
      if (sequence.type() != sequences.get(0).type()) {
        throw DataErrors.sequenceTypes(sequences.get(0).type(), i, sequence.type());
      }
      if (shape.rank() == 2 && shape.dim(1) != first.dim(1)) {
        throw DataErrors.sequenceFeatures(first, i, shape);
      }
    }
    return sequences.get(0).shape();
  }
}

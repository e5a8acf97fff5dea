package dev.lanewise.cli;

import dev.lanewise.formats.Printable;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code predict} gives to one input of a graph.
 *
 * @param name of the input
 * @param x as the input is
 * @param lengths null where none are given
 */
record GraphInput(String name, ArrayFile file, Tensor x, @Nullable SampleLengths lengths) {

  /**
   * Reads it. A row of a CSV is a timestep of the one sequence; of rows and of ids it is a sample.
   *
   * @param lengths where the lengths are from; null for none
   * @param timeMajor whether an array of sequences has the time before the batch
   */
  static GraphInput read(Value input, Path path, @Nullable Path lengths, boolean timeMajor) {
    ArrayFile file = ArrayFile.of(input.name(), path);
    file = timeMajor && input.hasTime() ? file.timeMajor() : file;
    boolean isSequence = input.hasTime() && !input.isIds();
    Tensor numbers = file.read();
    Tensor x = file.isCsv() && isSequence ? Sequences.rows(numbers) : numbers;
    SampleLengths all =
        SampleLengths.read(lengths == null ? null : ArrayFile.of("lengths", lengths), file, x);
    if (!input.isIds()) { // which the model checks
      FiniteInput.check(file, x, all, Float.NaN);
    }
    return new GraphInput(input.name(), file, x, all);
  }

  /** Null where no lengths are given. */
  @Nullable Mask mask() {
    return lengths == null ? null : lengths.mask(x, lengths.about() + ", " + about());
  }

  /** The file and its shape. */
  String about() {
    return file.path() + " " + x.shape();
  }

  /** The input, its file and its shape. */
  String named() {
    return Printable.of(name) + " " + about();
  }
}

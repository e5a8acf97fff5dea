package dev.lanewise.examples;

import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows a convolution over the steps that an LSTM gives, (32, 10, 64): as they are, with the
 * channels last, or in PyTorch's layout (32, 64, 10) after {@code permute(0, 2, 1)}.
 *
 * <p>A {@code reshape} to (32, 64, 10) in place of the permute would be taken too, and mixes steps
 * and channels.
 */
final class ConvolutionAfterLstm {
  private ConvolutionAfterLstm() {}

  /** Runs the program. */
  static void main() {
    // guide: convolution
    Tensor x = Data.uniform(1, 32, 10, 8);
    Lstm everyStep = Lstm.builder(64).returnSequences(true).build();
    Tensor steps = Sequential.of(everyStep).build(8, 42).predict(x); // (32, 10, 64)

    Conv1d last = Conv1d.builder(1, 3).padding(Conv1d.Padding.SAME).build();
    Tensor y = Sequential.of(last).build(64, 42).predict(steps); // (32, 10, 1)
    // guide: end
    Show.shape("all steps", steps);
    Show.shape("channels last", y);
    Show.values("of sample 0", y.select(0, 0));
    Tensor whole = Sequential.of(everyStep, last).build(8, 42).predict(x);
    Show.line("in one model", whole.shape());

    // guide: convolution-first
    Conv1d first = last.toBuilder().channels(Conv1d.Channels.FIRST).build();
    Sequential torch = Sequential.of(first).build(64, 10, 42); // 64 channels, 10 timesteps
    Tensor turned = steps.permute(0, 2, 1); // (32, 64, 10)
    Tensor same = torch.predict(turned); // (32, 1, 10)
    // guide: end
    Show.shape("permuted", turned);
    Show.shape("channels first", same);
    Show.line("the same numbers", same.permute(0, 2, 1).arrayEqual(y));

    Tensor mixed = steps.reshape(32, 64, 10);
    Show.values("from reshape, mixed", torch.predict(mixed).select(0, 0));
    Show.refused("predict without permute", () -> torch.predict(steps));
  }
}

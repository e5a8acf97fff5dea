package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Warns who trains on padded ids without saying so: the padding is then learnt as a word. */
final class PaddingAdvice {
  private static final System.Logger LOGGER = System.getLogger("dev.lanewise.lstm");

  private PaddingAdvice() {}

  /** Logs a warning where ids look padded and nothing masks them. */
  static void give(Plan plan, Samples samples) {
    for (int port = 0; port < plan.ports().size(); port++) {
      String name = plan.inputNames().get(port);
      Tensor x = samples.x().get(name);
      Layer ids = plan.ids(port);
      long padded = x == null ? 0 : padded(ids, x, samples.masks().get(name));
      if (padded > 0 && x != null && ids != null) {
        LOGGER.log(Level.WARNING, message(ids, padded, x.dim(0)));
      }
    }
  }

  /** The samples whose padding nothing marks; 0 where the input is not one of ids. */
  static long padded(@Nullable Layer ids, Tensor x, @Nullable Mask mask) {
    return ids == null || ids.makesMask() || mask != null || x.rank() != 2 ? 0 : padded(x);
  }

  static String message(Layer ids, long padded, long samples) {
    return LayerNames.quoted(ids)
        + ": "
        + padded
        + " of "
        + samples
        + " samples begin or end with id 0 and nothing marks it as padding, so that it is learnt as"
        + " a word. Set maskZero(true), or give the lengths: fit(x, Mask.ofLengths(timesteps,"
        + " lengths), y, options)";
  }

  /** The samples that begin or end with two zeros or more, but hold another id. */
  private static long padded(Tensor x) {
    long steps = x.dim(1);
    long count = 0;
    for (long sample = 0; sample < x.dim(0) && steps > 2; sample++) {
      boolean begins = TokenIds.isZero(x, sample, 0) && TokenIds.isZero(x, sample, 1);
      boolean ends = TokenIds.isZero(x, sample, steps - 1) && TokenIds.isZero(x, sample, steps - 2);
      boolean other = false;
      for (long step = 0; step < steps && (begins || ends) && !other; step++) {
        other = !TokenIds.isZero(x, sample, step);
      }
      count += other ? 1 : 0;
    }
    return count;
  }
}

package dev.lanewise.lstm;

/**
 * A learning rate that changes from update to update, as an optimizer's builder takes it. Updates
 * are counted from 0 at {@link Model#compile}, and from fit to fit. The moments stay whatever the
 * rate does.
 *
 * <p>{@link ExponentialDecay}, {@link CosineDecay} and {@link PiecewiseConstantDecay} are Keras's.
 * Any function will do: {@code update -> 0.01 / (1 + update)}.
 *
 * <p>Must be thread-safe where several models are trained with it at once, and give the same number
 * for the same update each time.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The learning rate of an update.
   *
   * @param update 0 for the first, Keras's {@code iterations}
   * @return the rate, finite and 0 or more; fit throws where it is not
   */
  double at(long update);
}

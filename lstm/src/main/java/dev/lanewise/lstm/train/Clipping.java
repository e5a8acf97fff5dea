package dev.lanewise.lstm.train;

/**
 * What gradients are held to before an update. At most one limit is finite.
 *
 * @param value of a number, Keras's {@code clipvalue}; infinity for none
 * @param norm of each weight's gradient, Keras's {@code clipnorm}; infinity for none
 * @param globalNorm of all gradients together, Keras's {@code global_clipnorm}; infinity for none
 */
public record Clipping(double value, double norm, double globalNorm) {
  /** Gradients stay as they are. */
  public static final Clipping NONE =
      new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
}

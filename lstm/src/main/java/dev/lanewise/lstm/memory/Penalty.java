package dev.lanewise.lstm.memory;

/**
 * What a weight w adds to the loss: {@code l1 * sum |w| + l2 * sum w^2}.
 *
 * @param l1 0 or more
 * @param l2 0 or more
 */
public record Penalty(double l1, double l2) {
  public static final Penalty NONE = new Penalty(0, 0);

  public boolean isNone() {
    return l1 == 0 && l2 == 0;
  }
}

package dev.lanewise.lstm;

/** What {@link Sequential#fit} makes small. */
public enum Loss {
  /** The mean over all elements of {@code (prediction - y)^2}. */
  MEAN_SQUARED_ERROR
}

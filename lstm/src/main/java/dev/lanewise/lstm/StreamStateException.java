package dev.lanewise.lstm;

/**
 * Bytes that are not a state of the model: cut off, changed, of another version, or of another
 * model, which the message names. Nothing else comes of bytes that {@link Predictor#readState} does
 * not take.
 */
public final class StreamStateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  StreamStateException(String message) {
    super(message);
  }
}

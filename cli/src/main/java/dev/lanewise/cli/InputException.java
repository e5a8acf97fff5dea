package dev.lanewise.cli;

/**
 * Input or an option that the command can do nothing with; the message says which and what to do.
 */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }

  InputException(String message, Throwable cause) {
    super(message, cause);
  }
}

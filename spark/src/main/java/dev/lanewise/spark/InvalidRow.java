package dev.lanewise.spark;

/** What is wrong with a row: the column, what was expected of it and what it holds. */
final class InvalidRow extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRow(String message) {
    super(message, null, false, false);
  }

  static InvalidRow of(String column, String message) {
    return new InvalidRow("column \"" + column + "\": " + message);
  }
}

package dev.lanewise.formats;

/** What the cells of a column are. Immutable. */
public final class CsvColumn {
  /** What the cells of a column are. */
  public enum Kind {
    /** Each cell is a number or missing, and one or more is a number. */
    NUMBERS,
    /** There is a cell that is neither. */
    TEXT,
    /** Each cell is missing. */
    EMPTY
  }

  private final Kind kind;
  private final long missing;

  CsvColumn(Kind kind, long missing) {
    this.kind = kind;
    this.missing = missing;
  }

  /**
   * What its cells are.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * How many of its cells are missing.
   *
   * @return how many
   */
  public long missing() {
    return missing;
  }
}

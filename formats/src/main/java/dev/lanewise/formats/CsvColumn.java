package dev.lanewise.formats;

/** What the cells of a column are, and how its numbers are written. Immutable. */
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
  private final char decimal;
  private final int openRow;
  private final int mixedRow;
  private final boolean percent;

  CsvColumn(Kind kind, long missing, char decimal, int openRow, int mixedRow, boolean percent) {
    this.kind = kind;
    this.missing = missing;
    this.decimal = decimal;
    this.openRow = openRow;
    this.mixedRow = mixedRow;
    this.percent = percent;
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

  /** What stands before the decimals of its numbers. */
  char decimal() {
    return decimal;
  }

  /** The first row, counted from 0, that can be read as two numbers; -1 where there is none. */
  int openRow() {
    return openRow;
  }

  /**
   * The first row, counted from 0, of another unit than the rows before; -1 where there is none.
   */
  int mixedRow() {
    return mixedRow;
  }

  /** Whether its numbers have percent signs. */
  boolean isPercent() {
    return percent;
  }
}

package dev.lanewise.properties;

/**
 * What is written around the data.
 *
 * @param header which header
 * @param preamble which text before the header
 * @param units whether a row of units is below the header
 * @param footer which rows are below the data
 * @param comments whether there are lines of {@code #}
 * @param blanks whether there are blank lines between rows
 * @param trailing whether each row ends in a separator
 * @param encoding the bytes
 */
record CsvAround(
    Header header,
    Preamble preamble,
    boolean units,
    Footer footer,
    boolean comments,
    boolean blanks,
    boolean trailing,
    Encoding encoding) {
  enum Header {
    NAMES,
    NONE,
    TWO_ROWS,
    COMMENT
  }

  enum Preamble {
    NONE,
    TITLE,
    TABLE
  }

  enum Footer {
    NONE,
    EMPTY,
    TOTAL,
    SOURCE
  }

  enum Encoding {
    UTF_8("UTF-8", ""),
    MARKED_UTF_8("UTF-8", "\ufeff"),
    LITTLE_UTF_16("UTF-16LE", "\ufeff"),
    BIG_UTF_16("UTF-16BE", "\ufeff"),
    WINDOWS("windows-1252", "");

    final String charset;
    final String mark;

    Encoding(String charset, String mark) {
      this.charset = charset;
      this.mark = mark;
    }
  }

  /** Rows that nothing names stand alone, and so do names in a comment. */
  boolean isPossible() {
    return header == Header.NAMES
        || header == Header.TWO_ROWS
        || (preamble == Preamble.NONE && !units);
  }
}

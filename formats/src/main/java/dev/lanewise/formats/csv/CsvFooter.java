package dev.lanewise.formats.csv;

import java.util.List;

/**
 * Finds what is below the data: rows without a value, sums, and where the data is from.
 *
 * @param end the row after the last of data
 * @param empty the rows below without a value
 * @param others the other rows below
 */
record CsvFooter(int end, int empty, int others) {
  /** What is below the last row of data, which is at {@code first} or below. */
  static CsvFooter find(List<String[]> rows, int first, CsvShape shape) {
    int end = rows.size();
    int empty = 0;
    int others = 0;
    while (end > first) {
      String[] row = rows.get(end - 1);
      if (shape.isEmpty(row)) {
        empty++;
      } else if (isFooter(row, shape)) {
        others++;
      } else {
        return new CsvFooter(end, empty, others);
      }
      end--;
    }
    // No data but this: then it is none.
    return new CsvFooter(rows.size(), 0, 0);
  }

  private static boolean isFooter(String[] row, CsvShape shape) {
    if (!CsvCell.isName(row[0])) {
      return false;
    }
    boolean word = CsvCell.isFooter(row[0]);
    boolean below = shape.data()[0];
    if (shape.fits(row)) {
      return below && (word || shape.isTitle(row));
    }
    if (!below || word) {
      return word;
    }
    for (String cell : row) {
      if (CsvCell.isData(cell)) {
        return false;
      }
    }
    return true;
  }
}

package dev.lanewise.formats.csv;

import dev.lanewise.formats.CsvDialect;
import dev.lanewise.formats.FormatException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes the rows of a file apart into header, data and what is neither. */
final class CsvLayout {
  private final Path file;
  private final CsvRows in;
  private final CsvSeparator separator;
  private final Optional<Boolean> named;

  /**
   * A layout.
   *
   * @param named whether the first row names the columns, where that is said
   */
  CsvLayout(Path file, CsvRows in, CsvSeparator separator, Optional<Boolean> named) {
    this.file = file;
    this.in = in;
    this.separator = separator;
    this.named = named;
  }

  CsvContent content(Charset charset) {
    List<String[]> rows = in.rows();
    if (rows.isEmpty()) {
      String got = "nothing but comments";
      throw CsvErrors.noNames(file, in.isEmpty() ? "an empty file" : got);
    }
    CsvShape shape = CsvShape.of(rows);
    CsvHeader header = new CsvHeader(in, shape, separator, named);
    if (header.count() == 0 && header.first() > 0 && named.isEmpty()) {
      throw noHeader(header.first());
    }
    List<String> columns = Arrays.asList(header.columns());
    int first = header.end();
    if (first >= rows.size()) {
      throw CsvErrors.noRows(file, columns);
    }
    CsvFooter footer = CsvFooter.find(rows, first, shape);
    int end = footer.end();
    int trailing = trim(columns, first, end, shape);
    int blanks = in.blanksAbove(first + 1, end);
    if (shape.width() == 1) {
      int kept = in.keepBlanks(first, end);
      blanks -= kept;
      end += kept;
    }
    int before = header.first() + in.blanksAbove(0, header.first() + 1);
    CsvDialect dialect =
        new CsvDialect(
            end - first,
            shape.width(),
            separator.separator(),
            '.',
            false,
            charset,
            header.count() == 0 ? 0 : in.line(header.first()) - (header.isComment() ? 1 : 0),
            header.count(),
            before,
            in.comments() - (header.isComment() ? 1 : 0),
            header.hasUnits(),
            blanks,
            footer.empty(),
            footer.others(),
            shape.raw() - shape.width(),
            trailing);
    return new CsvContent(columns, rows.subList(first, end), in.lines(first, end), dialect);
  }

  /** What is wrong where data begins below rows of another width, and nothing names its columns. */
  private FormatException noHeader(int first) {
    List<String[]> rows = in.rows();
    if (first == 1) {
      int[] lines = in.lines(1, rows.size());
      new CsvWidths(file, List.of(rows.get(0)), rows.subList(1, rows.size()), lines).check();
    }
    return CsvErrors.noHeader(file, in.line(0));
  }

  /**
   * Makes all rows of data as wide as the table.
   *
   * @return how many had more separators than most
   */
  private int trim(List<String> columns, int first, int end, CsvShape shape) {
    List<String[]> rows = in.rows();
    int trailing = 0;
    for (int row = first; row < end; row++) {
      String[] cells = rows.get(row);
      if (cells.length == shape.width()) {
        continue;
      }
      if (!shape.fits(cells)) {
        new CsvWidths(file, columns, rows.subList(first, end), in.lines(first, end)).check();
      }
      trailing += cells.length > shape.raw() ? 1 : 0;
      rows.set(row, Arrays.copyOf(cells, shape.width()));
    }
    return trailing;
  }
}

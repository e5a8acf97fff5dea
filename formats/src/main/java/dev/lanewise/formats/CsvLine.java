package dev.lanewise.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lanewise.formats.csv.CsvErrors;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A list of names as one line of CSV: commas between them, quotes around a name that holds a comma
 * or a quote. What {@link #join} gives, {@link #parse} takes apart again.
 */
public final class CsvLine {
  private CsvLine() {}

  /**
   * Takes a line apart.
   *
   * @param line for instance {@code "a,b",c}: two names
   * @return the names, white space around each dropped
   * @throws IllegalArgumentException when a quote is not closed, or there are several lines
   */
  public static List<String> parse(String line) {
    try {
      List<CsvRecord> records =
          CsvReader.builder().allowUnclosedQuote(false).ofCsvRecord(line).stream().toList();
      if (records.size() == 1) {
        return records.get(0).getFields().stream().map(String::strip).toList();
      }
    } catch (CsvParseException e) {
      IllegalArgumentException refused = CsvErrors.line(line);
      refused.initCause(e);
      throw refused;
    }
    throw CsvErrors.line(line);
  }

  /**
   * Writes a line.
   *
   * @param names one or more
   * @return the line, without its end
   */
  public static String join(List<String> names) {
    StringWriter text = new StringWriter();
    try (CsvWriter line = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      line.writeRecord(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: never
    }
    return text.toString().stripTrailing();
  }
}

package dev.lanewise.formats.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.files.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a table from bytes, which are looked at once. What is not said of it is found.
 *
 * @param separator what stands between the cells
 * @param charset how the bytes are text
 * @param header whether the first row names the columns
 */
public record CsvInput(
    Optional<Character> separator, Optional<Charset> charset, Optional<Boolean> header) {

  /** Reads a file. */
  public CsvContent read(Path file) {
    if (Files.isDirectory(file)) {
      throw FileErrors.inputIsDirectory(file);
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(bytes, file);
    } catch (IOException e) {
      throw FileErrors.notRead(file, e);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param bytes where from. Closed
   * @param file what errors call it
   */
  public CsvContent read(InputStream bytes, Path file) {
    CsvDecoder text = new CsvDecoder(bytes, charset);
    try (text) {
      CsvSeparator found = CsvSeparator.find(text.sample(), text.isEnded(), separator);
      CsvRows rows = new CsvRows(found);
      try (CsvReader<CsvRecord> csv = found.open(text, false)) {
        csv.forEach(rows::add);
      }
      return new CsvLayout(file, rows, found, header).content(text.charset());
    } catch (IOException e) {
      throw refused(file, e, e, text);
    } catch (UncheckedIOException | CsvParseException e) {
      throw e.getCause() instanceof IOException cause
          ? refused(file, cause, e, text)
          : CsvErrors.syntax(file, e);
    }
  }

  private static FormatException refused(
      Path file, IOException cause, Exception thrown, CsvDecoder text) {
    if (text.isBinary()) {
      return CsvErrors.binary(file, thrown);
    }
    Charset charset = text.charset();
    return cause instanceof CharacterCodingException
        ? CsvErrors.encoding(file, charset, thrown)
        : FileErrors.notRead(file, cause);
  }
}

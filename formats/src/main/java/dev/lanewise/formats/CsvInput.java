package dev.lanewise.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a {@link CsvTable} from bytes, which are looked at once. */
final class CsvInput {
  private CsvInput() {}

  static CsvTable read(Path file, CsvOptions options) {
    if (Files.isDirectory(file)) {
      throw FormatErrors.inputIsDirectory(file);
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(bytes, file, options);
    } catch (IOException e) {
      throw FormatErrors.notRead(file, e);
    }
  }

  static CsvTable read(InputStream bytes, Path file, CsvOptions options) {
    CsvDecoder text = new CsvDecoder(bytes, options.charset());
    try (text) {
      CsvSeparator separator = CsvSeparator.find(text.sample(), text.isEnded(), options);
      CsvRows rows = new CsvRows(separator);
      try (CsvReader<CsvRecord> csv = separator.open(text, false)) {
        csv.forEach(rows::add);
      }
      return new CsvLayout(file, rows, separator, options).table(text.charset());
    } catch (IOException e) {
      throw refused(file, e, e, text);
    } catch (UncheckedIOException | CsvParseException e) {
      throw e.getCause() instanceof IOException cause
          ? refused(file, cause, e, text)
          : FormatErrors.csvSyntax(file, e);
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
        : FormatErrors.notRead(file, cause);
  }
}

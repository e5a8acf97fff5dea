package dev.lanewise.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link CsvTable}: the header, then rows as wide. */
final class CsvInput {
  private static final int BYTE_ORDER_MARK = 0xfeff;

  private final Path file;
  private final List<String> columns = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  /** The first blank line since the last row, and the first with a row after it; 0 for none. */
  private long blankLine;

  private long gap;

  private CsvInput(Path file) {
    this.file = file;
  }

  static CsvTable read(Path file) {
    if (Files.isDirectory(file)) {
      throw FormatErrors.inputIsDirectory(file);
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(bytes, file);
    } catch (IOException e) {
      throw FormatErrors.notRead(file, e);
    }
  }

  static CsvTable read(InputStream bytes, Path file) {
    CsvInput input = new CsvInput(file);
    // A decoder of its own, so that bytes that are no UTF-8 are reported and not replaced.
    try (Reader text =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        CsvReader<CsvRecord> csv = open(text)) {
      csv.forEach(input::add);
    } catch (CharacterCodingException e) {
      throw FormatErrors.csvEncoding(file, e);
    } catch (IOException e) {
      throw FormatErrors.notRead(file, e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw input.refused(e);
    }
    return input.table();
  }

  private FormatException refused(RuntimeException e) {
    return switch (e.getCause()) {
      case CharacterCodingException _ -> FormatErrors.csvEncoding(file, e);
      case IOException cause -> FormatErrors.notRead(file, cause);
      case null, default -> FormatErrors.csvSyntax(file, e);
    };
  }

  private static CsvReader<CsvRecord> open(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return CsvReader.builder()
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(text);
  }

  private void add(CsvRecord cells) {
    long line = cells.getStartingLineNumber();
    boolean blank =
        cells.getFields().stream().allMatch(String::isBlank) && cells.getFieldCount() <= 1;
    if (columns.isEmpty()) {
      header(cells, blank);
    } else if (blank) {
      blankLine = blankLine == 0 ? line : blankLine;
    } else {
      gap = gap == 0 ? blankLine : gap;
      rows.add(cells.getFields().toArray(String[]::new));
      lines.add(Math.toIntExact(line));
    }
  }

  private void header(CsvRecord cells, boolean blank) {
    if (blank) {
      throw FormatErrors.csvNoHeader(file, "a blank line");
    }
    cells.getFields().forEach(cell -> columns.add(cell.strip()));
  }

  private CsvTable table() {
    if (columns.isEmpty()) {
      throw FormatErrors.csvNoHeader(file, "an empty file");
    }
    if (rows.isEmpty()) {
      throw FormatErrors.csvNoRows(file, columns);
    }
    int[] starts = lines.stream().mapToInt(i -> i).toArray();
    new CsvWidths(file, columns, rows, starts, gap).check();
    return new CsvTable(file, columns, rows, starts);
  }
}

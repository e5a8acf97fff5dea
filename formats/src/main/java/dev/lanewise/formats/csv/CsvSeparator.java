package dev.lanewise.formats.csv;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what stands between the cells, by how equally wide the rows are and how clean the cells.
 *
 * @param separator the character; a blank for runs of blanks
 * @param comments whether lines that begin with {@code #} are comments
 */
record CsvSeparator(char separator, boolean comments) {
  private static final char[] CANDIDATES = {',', ';', '\t', '|'};
  private static final int MOST_ROWS = 400;
  private static final int FEWEST_IN_BLANKS = 3;

  /**
   * Looks at the beginning of a file.
   *
   * @param sample the text
   * @param whole whether it is all of the file
   * @param known the character, where it is said
   */
  static CsvSeparator find(String sample, boolean whole, Optional<Character> known) {
    boolean comments = hasComments(sample, whole);
    if (known.isPresent()) {
      return new CsvSeparator(known.get(), comments);
    }
    char best = 0;
    double most = 0;
    for (char candidate : CANDIDATES) {
      double score = score(new CsvSeparator(candidate, comments).rows(sample, whole), candidate);
      if (score > most) {
        most = score;
        best = candidate;
      }
    }
    if (best == 0) {
      CsvSeparator blanks = new CsvSeparator(' ', comments);
      best = isTable(blanks.rows(sample, whole)) ? ' ' : ',';
    }
    return new CsvSeparator(best, comments);
  }

  /** Not where all rows below the first begin with the sign. */
  private static boolean hasComments(String sample, boolean whole) {
    long[] counts = new long[2];
    sample
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> counts[line.startsWith("#") ? 1 : 0]++);
    return !whole || counts[0] != 1 || sample.stripLeading().startsWith("#") || counts[1] == 0;
  }

  /** Opens text that is written in this way. */
  CsvReader<CsvRecord> open(Reader text, boolean lenient) {
    return CsvReader.builder()
        .fieldSeparator(separator == ' ' ? '\t' : separator)
        .skipEmptyLines(false)
        .commentStrategy(comments ? CommentStrategy.READ : CommentStrategy.NONE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(lenient)
        .ofCsvRecord(separator == ' ' ? new CsvBlanks(text) : text);
  }

  /** The cells of one line; none where it is no row. */
  List<String> cells(String line) {
    try (CsvReader<CsvRecord> csv =
        new CsvSeparator(separator, false).open(new StringReader(line), true)) {
      return csv.stream().findFirst().map(CsvRecord::getFields).orElse(List.of());
    } catch (CsvParseException | IOException e) {
      return List.of();
    }
  }

  private List<List<String>> rows(String sample, boolean whole) {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv = open(new StringReader(sample), true)) {
      for (CsvRecord row : csv) {
        if (!row.isComment() && !row.getFields().stream().allMatch(String::isBlank)) {
          rows.add(row.getFields());
        }
        if (rows.size() > MOST_ROWS) {
          return rows.subList(0, MOST_ROWS);
        }
      }
    } catch (CsvParseException | IOException e) {
      return rows; // Up to there.
    }
    return whole || rows.isEmpty() ? rows : rows.subList(0, rows.size() - 1);
  }

  /** From 0 for what does not separate to 1 for rows of one width and clean cells. */
  private static double score(List<List<String>> rows, char separator) {
    int width = commonest(rows);
    if (width < 2) {
      return 0;
    }
    int fitting = 0;
    int late = 0; // of the last half
    int cells = 0;
    int clean = 0;
    for (int i = 0; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (row.size() == width) {
        fitting++;
        late += i >= rows.size() / 2 ? 1 : 0;
        for (String cell : row) {
          cells++;
          clean += isClean(cell, separator) ? 1 : 0;
        }
      }
    }
    if (2 * fitting <= rows.size() && 2 * late <= rows.size() - rows.size() / 2) {
      return 0;
    }
    // Of two that fit equally, the one that takes more apart.
    return (double) fitting / rows.size() * clean / cells * (1 - 0.01 / width);
  }

  /** The width that most rows have, the larger of two. */
  private static int commonest(List<List<String>> rows) {
    Map<Integer, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.size(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  /** Whether no other separator seems to be in the cell. */
  private static boolean isClean(String cell, char separator) {
    for (char other : CANDIDATES) {
      int at = other == separator ? -1 : cell.indexOf(other);
      boolean apart =
          other == ',' && at >= 0 && at + 1 < cell.length() && cell.charAt(at + 1) == ' ';
      if (at >= 0 && !apart && new CsvNumeral().read(cell) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether rows split at blanks are a table beyond doubt. */
  private static boolean isTable(List<List<String>> rows) {
    if (rows.size() < FEWEST_IN_BLANKS || rows.get(0).size() < 2) {
      return false;
    }
    int width = rows.get(0).size();
    boolean equal = rows.stream().allMatch(row -> row.size() == width);
    return equal
        && rows.stream().skip(1).allMatch(row -> new CsvNumeral().read(row.get(width - 1)) != 0);
  }
}

package dev.lanewise.formats.csv;

import dev.lanewise.formats.CsvDialect;
import java.util.List;

/**
 * What a file of text holds.
 *
 * @param columns the names
 * @param rows the cells of each row, one a column
 * @param lines the line of the file that each row begins in, counted from 1
 * @param dialect what was found, but for what the numbers say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CsvContent(
    List<String> columns, List<String[]> rows, int[] lines, CsvDialect dialect) {}

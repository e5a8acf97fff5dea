package dev.lanewise.formats.csv;

import dev.lanewise.formats.CsvColumn.Kind;

/**
 * What the cells of a column are, and how its numbers are written.
 *
 * @param kind what its cells are
 * @param missing how many of its cells are missing
 * @param decimal what stands before the decimals of its numbers
 * @param openRow the first row, counted from 0, that can be read as two numbers; -1 where there is
 *     none
 * @param mixedRow the first row, counted from 0, of another unit than the rows before; -1 where
 *     there is none
 * @param isPercent whether its numbers have percent signs
 */
public record CsvNotation(
    Kind kind, long missing, char decimal, int openRow, int mixedRow, boolean isPercent) {}

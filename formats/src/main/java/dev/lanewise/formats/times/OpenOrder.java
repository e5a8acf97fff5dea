package dev.lanewise.formats.times;

/**
 * A column of dates that may be day first or month first, and a cell that differs.
 *
 * @param row its row, from 0
 * @param cell its text
 * @param dayFirst the pattern of the cell with the day first
 * @param monthFirst the pattern of the cell with the month first
 * @param asDayFirst what it says then
 * @param asMonthFirst what it says then
 * @param other a cell that can only be day first, where this one can only be month first; else
 *     empty
 */
public record OpenOrder(
    int row,
    String cell,
    String dayFirst,
    String monthFirst,
    String asDayFirst,
    String asMonthFirst,
    String other) {
  /** The same, with what another column writes behind a blank. */
  OpenOrder with(String more) {
    return new OpenOrder(
        row, cell, dayFirst + " " + more, monthFirst + " " + more, asDayFirst, asMonthFirst, other);
  }
}

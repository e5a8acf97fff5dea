package dev.lanewise.formats.dates;

/**
 * What the cells of a column of times share.
 *
 * @param shape what the date is made of
 * @param separator between its numbers; 0 where there is none, or a name
 * @param shortYear whether the year has two digits
 * @param zoned whether an offset from UTC is written
 */
public record CellLayout(DateShape shape, char separator, boolean shortYear, boolean zoned) {
  public static CellLayout of(TimeCell cell) {
    return new CellLayout(cell.shape, cell.separator, cell.shortYear, cell.zoned);
  }

  public boolean isOf(TimeCell cell) {
    return cell.shape == shape
        && cell.separator == separator
        && cell.shortYear == shortYear
        && cell.zoned == zoned;
  }
}

package dev.lanewise.formats.csv;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell seems to be, for telling names, units and sums from data. */
final class CsvCell {
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{1,4}[-/.:T ][-0-9/.:T +Z]*[0-9Z.]( ?([AaPp][Mm]|UTC|GMT))?"
              + "|[0-9]{1,2}[- /.]*\\p{L}{3,9}[-., /]*[0-9]{2,4}.*");
  private static final int LONGEST_TIME = 40;

  private static final Pattern BRACKETS = Pattern.compile("\\(.*\\)|\\[.*\\]|<.*>|\\{.*\\}");
  private static final Pattern UNIT_SIGNS =
      Pattern.compile(".*[\u00b0\u00b5\u03bc%/\u00b2\u00b3^].*");
  private static final int LONGEST_UNIT = 16;
  private static final Set<String> UNITS =
      Set.of(
          ("m mm cm km in ft mi s sec min h hr hrs d day days ms us ns c f k degc degf deg rad hpa"
                  + " kpa pa mbar bar psi mpa w kw mw gw wh kwh mwh gwh twh j kj mj v mv kv a ma hz"
                  + " khz mhz ghz g kg mg ug t l ml kmh kph mph kn knots ppm ppb usd eur gbp chf jpy"
                  + " pct percent count counts n lux lx db dba ohm")
              .split(" "));

  private static final Pattern FOOTER =
      Pattern.compile(
          "(grand )?(sub)?(total|sum|mean|average|source|sources|note|notes|quelle|summe|gesamt)s?"
              + "\\b.*|\\*.+|\u00a9.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private CsvCell() {}

  /** Whether it is a number or a time in digits. */
  static boolean isData(String cell) {
    String text = cell.strip();
    return new CsvNumeral().read(text) != 0
        || (text.length() <= LONGEST_TIME && TIME.matcher(text).matches());
  }

  /** Whether it has no value, whatever its column is. */
  static boolean isMissing(String cell) {
    return CsvMissing.inNumbers(cell);
  }

  /** Whether it is neither a value nor missing. */
  static boolean isName(String cell) {
    return !isMissing(cell) && !isData(cell) && !CsvNumber.isNotFinite(cell);
  }

  static boolean isUnit(String cell) {
    String text = cell.strip();
    return text.length() <= LONGEST_UNIT
        && (BRACKETS.matcher(text).matches()
            || UNIT_SIGNS.matcher(text).matches()
            || text.codePoints().anyMatch(c -> Character.getType(c) == Character.CURRENCY_SYMBOL)
            || UNITS.contains(text.toLowerCase(Locale.ROOT)));
  }

  /** Whether it begins a row of sums or a remark. */
  static boolean isFooter(String cell) {
    return FOOTER.matcher(cell.strip()).matches();
  }

  /** How many cells a row has up to the last that is not blank. */
  static int filled(String[] row) {
    int width = row.length;
    while (width > 0 && row[width - 1].isBlank()) {
      width--;
    }
    return width;
  }
}

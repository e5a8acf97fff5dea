package dev.lanewise.formats.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words in a column's name, and what they say of times. */
final class TimeNames {
  private static final Set<String> TIMES =
      Set.of(
          "times",
          "dates",
          "timestamp",
          "timestamps",
          "ts",
          "ds",
          "dt",
          "epoch",
          "unix",
          "utc",
          "gmt",
          "clock",
          "when",
          "day",
          "month",
          "year",
          "quarter",
          "period",
          "yyyymm",
          "yyyymmdd",
          "yearmonth");
  private static final Set<String> NOT_TIMES =
      Set.of(
          "runtime",
          "lifetime",
          "uptime",
          "downtime",
          "overtime",
          "parttime",
          "fulltime",
          "halftime",
          "update",
          "candidate",
          "mandate");
  private static final Set<String> YEARS = Set.of("year", "years", "yr", "yyyy", "season");
  private static final Set<String> YEARS_OF = Set.of("fiscal", "calendar", "the", "time", "date");
  private static final Set<String> DECIMALS = Set.of("decimal", "year", "yr", "fraction");
  private static final Set<String> CLOCKS = Set.of("clock", "hour", "hours", "hr", "hrs", "hh");
  private static final Set<String> ZONES = Set.of("utc", "gmt", "local", "ending");
  private static final Set<String> IDENTIFIERS =
      Set.of(
          "id", "no", "nr", "num", "number", "index", "idx", "code", "key", "zip", "row", "rank");
  private static final Set<String> OTHER_EVENTS =
      Set.of(
          "birth",
          "birthday",
          "birthdate",
          "born",
          "dob",
          "death",
          "built",
          "expiry",
          "expires",
          "expiration",
          "due",
          "sunrise",
          "sunset");

  private TimeNames() {}

  /** The words of a name in small letters, as blanks, signs, digits and capitals part them. */
  static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char before = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins = Character.isUpperCase(c) && Character.isLowerCase(before);
      if ((begins || !Character.isLetter(c)) && !word.isEmpty()) {
        words.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
      }
      if (Character.isLetter(c)) {
        word.append(c);
      }
      before = c;
    }
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** The words of a name but those that say which clock is meant: Hour (UTC), Hour Ending. */
  static List<String> wordsWithoutZone(String name) {
    return words(name).stream().filter(word -> !ZONES.contains(word)).toList();
  }

  /** Whether the name hints at a time. */
  static boolean hintTime(String name) {
    return words(name).stream()
        .anyMatch(word -> TIMES.contains(word) || (isOfTime(word) && !NOT_TIMES.contains(word)));
  }

  private static boolean isOfTime(String word) {
    return word.startsWith("time")
        || word.endsWith("time")
        || word.startsWith("date")
        || word.endsWith("date");
  }

  /** Whether the name is that of a year, and of no other than the row's: not "year built". */
  static boolean isYear(String name) {
    List<String> words = words(name);
    return words.stream().anyMatch(YEARS::contains)
        && words.stream().allMatch(word -> YEARS.contains(word) || YEARS_OF.contains(word));
  }

  /** Whether the name hints at a year with a fraction. */
  static boolean hintDecimalYear(String name) {
    return hintTime(name) || words(name).stream().anyMatch(DECIMALS::contains);
  }

  /** Whether the name hints at a time of day of the row. */
  static boolean hintClock(String name) {
    return words(name).isEmpty()
        || words(name).stream()
            .anyMatch(
                word -> CLOCKS.contains(word) || (isOfTime(word) && !NOT_TIMES.contains(word)));
  }

  /** Whether the name is that of a number that says which row it is. */
  static boolean isIdentifier(String name) {
    return words(name).stream().anyMatch(IDENTIFIERS::contains);
  }

  /** Whether the name is that of a day other than the row's, such as one of birth. */
  static boolean isOtherEvent(String name) {
    return words(name).stream().anyMatch(OTHER_EVENTS::contains);
  }
}

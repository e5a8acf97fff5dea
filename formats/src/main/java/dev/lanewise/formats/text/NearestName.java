package dev.lanewise.formats.text;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody may have meant, where that takes no more than a moment. */
public final class NearestName {
  /** No one mistypes a longer name. */
  private static final int LONGEST = 100;

  /** How many comparisons of two letters a suggestion is worth: about a millisecond. */
  private static final long BUDGET = 1_000_000;

  private NearestName() {}

  /** The candidate with the fewest edits, the case of letters aside; null where none is close. */
  public static @Nullable String of(String name, Collection<String> candidates) {
    if (name.length() > LONGEST) {
      return null;
    }
    String nearest = null;
    int fewest = Math.max(2, name.length() / 2) + 1;
    long left = BUDGET;
    for (String candidate : candidates) {
      left -= 1;
      int apart = Math.abs(candidate.length() - name.length());
      if (candidate.length() <= LONGEST && apart < fewest) {
        left -= (long) name.length() * candidate.length();
        int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
        if (edits < fewest && edits < candidate.length()) {
          nearest = candidate;
          fewest = edits;
        }
      }
      if (left < 0) {
        break;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance, one row of the table at a time. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[b.length()];
  }
}

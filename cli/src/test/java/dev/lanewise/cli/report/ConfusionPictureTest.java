package dev.lanewise.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionPictureTest {
  private static Pixels picture(int[] wanted, int[] predicted, List<String> labels)
      throws IOException {
    return Pixels.of(ConfusionPicture.png("t", ConfusionMatrix.of(wanted, predicted, labels)));
  }

  /** What is all of a class is darkest: its square of two by two is a fourth of the plot. */
  @Test
  void theFirstClassWantedIsOnTopAndTheFirstPredictedIsLeft() throws IOException {
    Color darkest = ConfusionPicture.shade(1);
    Pixels right = picture(new int[] {0, 0, 1}, new int[] {1, 1, 1}, List.of("a", "b"));
    int half = right.width() / 2;
    int middle = right.height() * 3 / 5;
    assertEquals(0, right.count(darkest, 0, half, Pixels.TOP, right.height()), "a column a");
    int whole = right.count(darkest, half, right.width(), Pixels.TOP, right.height());
    assertTrue(whole > 150_000, "a column b: " + whole);
    Pixels diagonal = picture(new int[] {0, 0, 1}, new int[] {0, 0, 1}, List.of("a", "b"));
    int above = diagonal.count(darkest, 0, half, Pixels.TOP, middle - 60);
    int below = diagonal.count(darkest, half + 60, diagonal.width(), middle, diagonal.height());
    assertTrue(above > 50_000, "" + above);
    assertTrue(below > 50_000, "" + below);
    assertEquals(0, diagonal.count(darkest, half + 60, diagonal.width(), Pixels.TOP, middle - 60));
  }

  /** A half is paler than all: so a picture of even halves has no darkest square. */
  @Test
  void aSquareIsAsDarkAsItsPartOfTheClass() throws IOException {
    Pixels halves = picture(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}, List.of("a", "b"));
    int all = halves.width() * halves.height();
    int dark =
        halves.count(ConfusionPicture.shade(1), 0, halves.width(), Pixels.TOP, halves.height());
    int half =
        halves.count(ConfusionPicture.shade(0.5), 0, halves.width(), Pixels.TOP, halves.height());
    assertEquals(0, dark);
    assertTrue(half > all / 2, half + " of " + all);
  }

  @Test
  void growsWithItsClassesAndTakesManyAndNone() throws IOException {
    int[] classes = IntStream.range(0, 60).toArray();
    List<String> names = IntStream.range(0, 60).mapToObj(i -> "a long name of class " + i).toList();
    Pixels many = picture(classes, classes, names);
    assertEquals(1200, many.width());
    assertEquals(150 + 900 + 16 * 9, many.height());
    Pixels none = picture(new int[0], new int[0], Collections.nCopies(3, "x"));
    assertEquals(150 + 350, none.height());
    assertEquals(0, none.count(ConfusionPicture.shade(0.8), 0, 1200, Pixels.TOP, 500));
  }
}

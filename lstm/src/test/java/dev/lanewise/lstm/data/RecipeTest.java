package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.Frames.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.data.Recipe.Input;
import dev.lanewise.lstm.data.Recipe.Kind;
import dev.lanewise.lstm.data.Recipe.Scales;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static final Input Y = new Input("y", Kind.NUMBER, List.of());
  private static final Input CHANGE = new Input("y", Kind.CHANGE, List.of());
  private static final Input TEXT = new Input("t", Kind.TEXT, List.of("a", "b", "c"));

  private static Scales scales(int inputs, int outputs) {
    return new Scales(
        Collections.nCopies(inputs, Scale.NONE), Collections.nCopies(outputs, Scale.NONE));
  }

  /** Of "y", and as given. */
  private static Recipe recipe(
      List<Change> changes,
      List<Input> inputs,
      int window,
      int first,
      int last,
      String series,
      Set<CalendarFeature> calendar,
      Map<String, Scales> scales) {
    return new Recipe(
        List.of("y"),
        changes,
        inputs,
        window,
        first,
        last,
        series,
        Fill.FORWARD,
        calendar,
        TimeGrid.NONE,
        0,
        scales,
        Map.of());
  }

  private static Recipe plain(Change change, Input... inputs) {
    return recipe(
        List.of(change),
        List.of(inputs),
        4,
        2,
        5,
        "",
        Set.of(),
        Map.of(Recipe.ALL, scales(inputs.length, 4)));
  }

  @Test
  void countsWhatTheNetworkTakesAndGives() {
    Recipe recipe =
        recipe(
            List.of(new Change(true, 7, false)),
            List.of(TEXT, CHANGE, Y),
            4,
            2,
            5,
            "store",
            Set.of(CalendarFeature.HOUR, CalendarFeature.MONTH),
            Map.of());
    assertEquals(4, recipe.steps());
    assertEquals(4, recipe.outputs());
    assertEquals(3 + 1 + 1 + 2 + 2, recipe.channels());
    assertEquals(4 + 7 + 1, recipe.rowsNeeded());
    assertEquals(List.of("t", "y", "store"), List.copyOf(recipe.columns()));
    assertEquals(List.of("t", "store"), List.copyOf(recipe.textColumns()));
  }

  @Test
  void needsATargetOnlyWhereItIsSeen() {
    Input x = new Input("x", Kind.NUMBER, List.of());
    assertEquals(Set.of("x"), plain(Change.LEVEL, x).columns());
    assertEquals(Set.of("x"), plain(Change.LEVEL.ofLog(), x).columns());
    assertEquals(Set.of("x", "y"), plain(Change.LAST, x).columns());
    assertEquals(List.of(), plain(Change.LEVEL, x).selection().targets());
  }

  @Test
  void putsTheCalendarInOrder() {
    Recipe recipe =
        recipe(
            List.of(Change.LEVEL),
            List.of(Y),
            4,
            1,
            1,
            "",
            Set.of(CalendarFeature.MONTH, CalendarFeature.WEEKDAY, CalendarFeature.HOUR),
            Map.of());
    assertEquals(
        List.of(CalendarFeature.HOUR, CalendarFeature.WEEKDAY, CalendarFeature.MONTH),
        recipe.circles());
  }

  @Test
  void isPlainWhereTheNetworkTakesRowsAsTheyAre() {
    assertTrue(plain(Change.LEVEL, Y).isPlain());
    assertFalse(plain(Change.LAST, CHANGE).isPlain());
    assertFalse(plain(Change.LEVEL.ofLog(), CHANGE).isPlain());
    assertFalse(plain(Change.LEVEL, Y, TEXT).isPlain());
    Scales scaled = new Scales(List.of(new Scale(1, 2)), Collections.nCopies(4, Scale.NONE));
    assertFalse(
        recipe(List.of(Change.LEVEL), List.of(Y), 4, 2, 5, "", Set.of(), Map.of("", scaled))
            .isPlain());
    assertFalse(
        recipe(
                List.of(Change.LEVEL),
                List.of(Y),
                4,
                2,
                5,
                "",
                Set.of(CalendarFeature.HOUR),
                Map.of("", scales(1, 4)))
            .isPlain());
    assertFalse(
        recipe(List.of(Change.LEVEL), List.of(Y), 4, 2, 5, "s", Set.of(), Map.of("", scales(1, 4)))
            .isPlain());
  }

  @Test
  void fillsAHundredRowsOrThreeWindows() {
    assertEquals(100, Recipe.longestFilled(1));
    assertEquals(100, Recipe.longestFilled(33));
    assertEquals(102, Recipe.longestFilled(34));
  }

  @Test
  void refusesPartsThatDoNotFitTogether() {
    String message = "Recipe: its targets, changes, inputs, steps and scales do not fit together";
    Map<String, Scales> none = Map.of();
    List<Change> level = List.of(Change.LEVEL);
    List<Input> y = List.of(Y);
    refuses(message, () -> recipe(List.of(), y, 4, 1, 1, "", Set.of(), none));
    refuses(message, () -> recipe(level, List.of(), 4, 1, 1, "", Set.of(), none));
    refuses(message, () -> recipe(level, y, 0, 1, 1, "", Set.of(), none));
    refuses(message, () -> recipe(level, y, 4, 0, 1, "", Set.of(), none));
    refuses(message, () -> recipe(level, y, 4, 2, 1, "", Set.of(), none));
    refuses(message, () -> recipe(level, y, 4, 1, 1, "", Set.of(), Map.of("", scales(2, 1))));
    refuses(message, () -> recipe(level, y, 4, 1, 2, "", Set.of(), Map.of("", scales(1, 1))));
    List<Input> changed = List.of(new Input("x", Kind.CHANGE, List.of()));
    refuses(message, () -> recipe(level, changed, 4, 1, 1, "", Set.of(), none));
  }

  @Test
  void sharesNothingWithItsCaller() {
    Map<String, Scales> scales = new HashMap<>(Map.of("", scales(1, 4)));
    Recipe recipe = recipe(List.of(Change.LEVEL), List.of(Y), 4, 2, 5, "", Set.of(), scales);
    scales.clear();
    assertEquals(1, recipe.scales().size());
    assertThrows(UnsupportedOperationException.class, () -> recipe.scales().clear());
  }
}

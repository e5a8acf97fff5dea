package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.data.Frame;
import dev.lanewise.lstm.data.Recipe;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableFrameTest {
  private static final double NAN = Double.NaN;

  private static CsvTable table(String... lines) {
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return CsvTable.read(new ByteArrayInputStream(bytes), Path.of("t.csv"));
  }

  private static TableFrame frame(CsvTable table, List<String> columns) {
    return TableFrame.of(table, FrameOptions.of(), columns, "");
  }

  private static FrameOptions time(String... columns) {
    return new FrameOptions(List.of(columns), Optional.empty(), CsvOptions.of());
  }

  private static void refused(String message, CsvTable table, FrameOptions options, String series) {
    FormatException e =
        assertThrows(
            FormatException.class, () -> TableFrame.of(table, options, List.of("v"), series));
    assertEquals(message, e.getMessage());
  }

  @Test
  void numbersAreNumbersAndTextIsText() {
    CsvTable table =
        table("day,v,sky,x", "2024-01-01,1.5,sun,a", "2024-01-02,NA, rain ,b", "2024-01-03,3,NA,c");
    TableFrame read = frame(table, List.of("v", "sky"));
    Frame frame = read.frame();
    assertEquals(List.of("v"), frame.numberColumns());
    assertEquals(List.of("sky"), frame.textColumns());
    assertArrayEquals(new double[] {1.5, NAN, 3}, frame.numbers("v"));
    assertEquals(List.of("sun", "rain", ""), frame.text("sky"));
    assertTrue(frame.isTimed());
    assertEquals(86_400_000, frame.time(1) - frame.time(0));
    assertEquals(List.of("day"), read.time());
    assertEquals(List.of("time in day (ISO), 2024-01-01 to 2024-01-03"), read.lines());
    assertEquals(List.of(), read.warnings());
  }

  /** Rows without a time are left out; the others are found in the table. */
  @Test
  void rowsWithoutATimeAreLeftOut() {
    String[] lines = new String[26];
    lines[0] = "day,v";
    lines[1] = "11:34,1000";
    for (int i = 2; i < lines.length; i++) {
      lines[i] = String.format(java.util.Locale.ROOT, "2024-01-%02d,%d", i, i);
    }
    lines[7] = "later,7";
    TableFrame read = TableFrame.of(table(lines), time("day"), List.of("v"), "");
    assertEquals(23, read.frame().rows());
    assertEquals(1, read.tableRow(0));
    assertEquals(7, read.tableRow(5));
    assertEquals(8, read.frame().numbers("v")[5]);
    assertEquals(
        List.of(
            "time in day (ISO), 2024-01-02 to 2024-01-25",
            "2 rows left out without a time, the first in line 2: \"11:34\""),
        read.lines());
  }

  @Test
  void rowsMayHaveNoTimes() {
    TableFrame read = frame(table("v,w", "1,2", "5,1", "2,7"), List.of("v"));
    assertFalse(read.frame().isTimed());
    assertEquals(List.of(), read.lines());
    assertEquals(List.of(), read.time());
    assertEquals(2, read.tableRow(2));
  }

  @Test
  void timesAreReadFromTheColumnsThatAreNamed() {
    CsvTable table = table("made,due,v", "2024-01-01,05.02.2023,1", "2024-01-02,04.02.2023,2");
    FrameOptions options =
        new FrameOptions(List.of("due"), Optional.of("dd.MM.yyyy"), CsvOptions.of());
    TableFrame read = TableFrame.of(table, options, List.of("v"), "");
    assertEquals(List.of("due"), read.time());
    assertEquals(List.of("time in due (dd.MM.yyyy), 2023-02-04 to 2023-02-05"), read.lines());
    refused(
        "t.csv: expected a column \"when\", got the columns made, due, v", table, time("when"), "");
  }

  @Test
  void aRepeatedExtremeIsPointedOut() {
    String[] lines = new String[61];
    lines[0] = "v";
    for (int i = 1; i < lines.length; i++) {
      lines[i] = i % 12 == 0 ? "-200" : String.format(java.util.Locale.ROOT, "%.1f", i % 7 / 2.0);
    }
    TableFrame read = frame(table(lines), List.of("v"));
    String warning =
        "\"v\" is -200 in 5 rows, far from the rest: missing(-200) takes it for missing";
    assertEquals(List.of(warning), read.warnings());
    assertEquals(List.of(warning), read.lines());
  }

  @Test
  void aColumnWithoutAValueIsRefused() {
    refused(
        "t.csv, column \"v\": expected numbers, got no value in any row; leave the column out",
        table("v,w", ",1", "NA,2"),
        FrameOptions.of(),
        "");
  }

  @Test
  void namesOfSeriesAreTextWhateverTheyLookLike() {
    CsvTable table = table("day,store,v", "2024-01-01,1,5", "2024-01-01,2,6", "2024-01-02,1,7");
    Frame frame = TableFrame.of(table, FrameOptions.of(), List.of("v"), "store").frame();
    assertEquals(List.of("1", "2", "1"), frame.text("store"));
    refused(
        "t.csv, column \"v\": expected the names of the series, got it as a target or feature too;"
            + " leave it out of the features",
        table,
        FrameOptions.of(),
        "v");
  }

  @Test
  void namesOfSeriesMayBeAFeatureAsText() {
    CsvTable table = table("day,shop,v", "2024-01-01,a,5", "2024-01-01,b,6", "2024-01-02,a,7");
    Frame frame = TableFrame.of(table, FrameOptions.of(), List.of("v", "shop"), "shop").frame();
    assertEquals(List.of("shop"), frame.textColumns());
  }

  // For a model.

  private static Recipe recipe(String series, Map<String, Recipe.Scales> scales) {
    Recipe full = Recipes.full();
    return new Recipe(
        List.of("sales"),
        full.changes().subList(0, 1),
        List.of(full.inputs().get(0), full.inputs().get(2)),
        full.window(),
        1,
        1,
        series,
        full.fill(),
        Set.of(),
        full.grid(),
        0,
        scales,
        Map.of());
  }

  private static Recipe.Scales scales() {
    var none = dev.lanewise.lstm.data.Scale.NONE;
    return new Recipe.Scales(List.of(none, none), List.of(none));
  }

  @Test
  void theColumnsOfAModelAreReadAsItKnowsThem() {
    Recipe recipe = recipe("", Map.of(Recipe.ALL, scales()));
    CsvTable table = table("day,sales,sky", "2024-01-01,5,1", "2024-01-02,6,2", "2024-01-03,7,NA");
    TableFrame read = TableFrame.of(table, FrameOptions.of(), recipe);
    assertEquals(
        List.of("1", "2", ""), read.frame().text("sky"), "text to the model, though numbers");
    assertArrayEquals(new double[] {5, 6, 7}, read.frame().numbers("sales"));
    assertEquals(
        List.of(
            "\"sky\" is \"1\" in 1 row, \"2\" in 1 row, unknown to the model: taken as none of its texts"),
        read.warnings());
  }

  @Test
  void textsThatItDoesNotKnowAreCounted() {
    Recipe recipe = recipe("", Map.of(Recipe.ALL, scales()));
    String[] lines = new String[21];
    lines[0] = "sales,sky";
    for (int i = 1; i < lines.length; i++) {
      lines[i] = i + "," + (i < 5 ? "rain" : i < 15 ? "fog" : "kind " + i);
    }
    TableFrame read = TableFrame.of(table(lines), FrameOptions.of(), recipe);
    assertEquals(
        List.of(
            "\"sky\" is \"fog\" in 10 rows, \"kind 15\" in 1 row, \"kind 16\" in 1 row, \"kind 17\" in 1 row, \"kind 18\""
                + " in 1 row and 2 more, unknown to the model: taken as none of its texts"),
        read.warnings());
  }

  @Test
  void seriesThatItDoesNotKnowAreNamedWhereEachHasAScale() {
    CsvTable table =
        table("day,sales,sky,shop", "2024-01-01,5,rain,Mill", "2024-01-02,6,rain,Quay");
    Recipe own = recipe("shop", Map.of("Mill", scales()));
    assertEquals(
        List.of(
            "\"shop\" is \"Quay\" in 1 row, unknown to the model: scaled by the rows that are here"),
        TableFrame.of(table, FrameOptions.of(), own).warnings());
    Recipe all = recipe("shop", Map.of(Recipe.ALL, scales()));
    assertEquals(List.of(), TableFrame.of(table, FrameOptions.of(), all).warnings());
  }

  /** The columns of times of the table that it was trained on may be called otherwise here. */
  @Test
  void timesAreFoundWhereTheirColumnIsMissing() {
    Recipe recipe = recipe("", Map.of(Recipe.ALL, scales()));
    CsvTable table = table("when,sales,sky", "2024-01-01,5,rain", "2024-01-02,6,rain");
    FrameOptions options =
        new FrameOptions(List.of("day"), Optional.of("dd/MM/yyyy"), CsvOptions.of());
    assertEquals(List.of("when"), TableFrame.of(table, options, recipe).time());
  }

  @Test
  void aColumnOfTheModelThatIsMissingIsNamed() {
    Recipe recipe = recipe("", Map.of(Recipe.ALL, scales()));
    FormatException e =
        assertThrows(
            FormatException.class,
            () -> TableFrame.of(table("day,sale", "2024-01-01,5"), FrameOptions.of(), recipe));
    assertEquals(
        "t.csv: expected a column \"sales\", got the columns day, sale; did you mean \"sale\"?",
        e.getMessage());
  }

  @Test
  void isThePublicTablesFrame() {
    Path file = Path.of("src/test/resources/tables/05-beijing.csv");
    TableFrame read = frame(CsvTable.read(file), List.of("pm2.5", "cbwd"));
    double[] values = read.frame().numbers("pm2.5");
    assertEquals(1249, values.length);
    assertTrue(IntStream.range(0, 24).allMatch(i -> Double.isNaN(values[i])));
    assertEquals(129, values[24]);
    assertEquals(Set.of("NE", "NW", "SE", "cv"), Set.copyOf(read.frame().text("cbwd")));
  }
}

package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.forecast.RecipeWriter;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Change;
import dev.lanewise.lstm.data.Recipe;
import dev.lanewise.lstm.data.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ForecastFileTest {
  private static final Path FILE = Path.of("m.safetensors");
  private static final String WHERE = "m.safetensors, metadata \"forecast\"";

  @TempDir private Path directory;

  private static String json() {
    return RecipeWriter.write(Recipes.full(), Recipes.options());
  }

  private static ForecastFile read(String json) {
    return ForecastFile.of(Recipes.network(), Map.of("forecast", json), FILE).orElseThrow();
  }

  private static void refused(String message, String json) {
    FormatException e = assertThrows(FormatException.class, () -> read(json));
    assertEquals(message, e.getMessage());
  }

  @Test
  void everythingComesBackToTheLastBit() {
    Path file = directory.resolve("m.safetensors");
    ForecastFile written = Recipes.file();
    written.save(file);
    ForecastFile read = ForecastFile.load(file);
    Recipe recipe = read.model().recipe();
    assertEquals(Recipes.full(), recipe);
    assertEquals(
        List.copyOf(Recipes.full().scales().keySet()), List.copyOf(recipe.scales().keySet()));
    assertEquals(
        List.copyOf(Recipes.full().ranges().keySet()), List.copyOf(recipe.ranges().keySet()));
    assertEquals(written.options().time(), read.options().time());
    assertEquals(written.options().timeFormat(), read.options().timeFormat());
    assertEquals(written.options().csv().toString(), read.options().csv().toString());
    assertArrayEquals(
        written.model().network().weights().getFirst().value().toArray(),
        read.model().network().weights().getFirst().value().toArray());
  }

  @Test
  void theSmallestComesBack() {
    Path file = directory.resolve("m.safetensors");
    Recipes.smallFile().save(file);
    ForecastFile read = ForecastFile.load(file);
    assertEquals(Recipes.small(), read.model().recipe());
    assertEquals(List.of(), read.options().time());
    assertEquals(Optional.empty(), read.options().timeFormat());
    assertEquals(CsvOptions.of().toString(), read.options().csv().toString());
  }

  @Test
  void isTheSameBytesEachTime() throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Recipes.file().save(first);
    ForecastFile.load(first).save(second);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    AtomicFile.write(second, Recipes.file().contents());
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  /** What is written today: a reader of tomorrow has to read it. */
  @Test
  void isWrittenSo() {
    assertEquals(
        "{\"version\":1,\"targets\":[{\"column\":\"v\",\"last\":true,\"season\":0,\"log\":false}],"
            + "\"inputs\":[{\"column\":\"v\",\"kind\":\"change\",\"values\":[]}],\"window\":3,"
            + "\"firstStep\":1,\"lastStep\":1,\"series\":\"\",\"fill\":\"forward\",\"calendar\":[],"
            + "\"grid\":{\"spacing\":\"rows\"},\"season\":0,"
            + "\"scales\":[{\"series\":\"\",\"inputs\":[0.0,1.0],\"outputs\":[0.0,1.0]}],"
            + "\"ranges\":[{\"column\":\"v\",\"low\":-1.0,\"high\":1.0}],"
            + "\"table\":{\"time\":[],\"missing\":[]}}",
        RecipeWriter.write(Recipes.small(), FrameOptions.of()));
  }

  private static Stream<String> keys() {
    Matcher names = Pattern.compile("\"(\\w+)\":").matcher(json());
    return names.results().map(each -> each.group(1)).distinct();
  }

  /** A key is there, or its lack has a meaning of its own. */
  @ParameterizedTest
  @MethodSource("keys")
  void eachKeyIsNeeded(String key) {
    List<String> optional =
        List.of("style", "timeFormat", "separator", "decimal", "charset", "header");
    String json = json().replaceFirst("\"" + key + "\":", "\"other\":");
    if (optional.contains(key) && !key.equals("style")) {
      assertEquals(Recipes.full(), read(json).model().recipe());
      return;
    }
    FormatException e = assertThrows(FormatException.class, () -> read(json));
    String message = e.getMessage();
    boolean even = key.equals("style") || key.equals("step");
    assertTrue(message.startsWith(WHERE), message);
    assertTrue(
        message.contains(
            even
                ? "got rows evenly apart without a step or a style of times"
                : "expected the key \"" + key + "\", got none"),
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"version\":1 | \"version\":0 | : expected a whole number from 1 to 9223372036854775807 as \"version\", got 0",
        "\"version\":1 | \"version\":2 | : expected a recipe of version 1, got one of version 2; it is of a newer Lanewise: bring this one up to date",
        "\"window\":5 | \"window\":0 | : expected a whole number from 1 to 1000000000 as \"window\", got 0",
        "\"window\":5 | \"window\":4294967301 | : expected a whole number from 1 to 1000000000 as \"window\", got 4294967301",
        "\"window\":5 | \"window\":5.5 | : expected a whole number from 1 to 1000000000 as \"window\", got 5.5",
        "\"firstStep\":2 | \"firstStep\":5 | : expected a forecaster that fits the network, got Recipe: its targets, changes, inputs, steps and scales do not fit together; train the model again",
        "\"lastStep\":4 | \"lastStep\":\"4\" | : expected a whole number from 1 to 1000000000 as \"lastStep\", got \"4\"",
        "\"lastStep\":4 | \"lastStep\":5 | : expected a forecaster that fits the network, got Recipe: its targets, changes, inputs, steps and scales do not fit together; train the model again",
        "\"fill\":\"mask\" | \"fill\":\"guess\" | : expected one of forward, interpolate, drop, mask as \"fill\", got \"guess\"",
        "\"spacing\":\"even\" | \"spacing\":\"odd\" | , grid: expected one of even, weekdays, rows as \"spacing\", got \"odd\"",
        "\"unit\":\"month_ends\" | \"unit\":\"moons\" | , grid: expected one of millis, months, month_ends as \"unit\", got \"moons\"",
        "\"step\":3 | \"step\":0 | , grid: expected a whole number from 1 to 9223372036854775807 as \"step\", got 0",
        "\"kind\":\"text\" | \"kind\":\"image\" | , inputs[2]: expected one of change, number, text as \"kind\", got \"image\"",
        "\"kind\":\"number\" | \"kind\":\"text\" | : expected a forecaster that fits the network, got network: expected 10 channels, got 11; train the model again",
        "\"log\":true | \"log\":1 | , targets[0]: expected true or false as \"log\", got 1",
        "\"season\":12,\"log\" | \"season\":-1,\"log\" | , targets[0]: expected a whole number from 0 to 1000000000 as \"season\", got -1",
        "\"season\":12,\"log\" | \"season\":1,\"log\" | : expected a forecaster that fits the network, got season: expected 2 rows or more, or 0 for none, got 1; train the model again",
        "\"high\":1.0E22 | \"high\":\"much\" | , ranges[1]: expected a number as \"high\", got \"much\"",
        "\"low\":-0.0 | \"low\":null | , ranges[0]: expected a number as \"low\", got null",
        "\"inputs\":[0.1,0.3333333333333333, | \"inputs\":[0.3333333333333333, | : expected a forecaster that fits the network, got an offset without a deviation in \"inputs\"; train the model again",
        "\"inputs\":[0.1,0.3333333333333333, | \"inputs\":[0.1,0, | : expected a forecaster that fits the network, got Scale: expected a finite offset and a finite deviation above 0, got 0.1 and 0.0; train the model again",
        "\"inputs\":[0.1,0.3333333333333333, | \"inputs\":[1e999,1, | : expected a forecaster that fits the network, got Scale: expected a finite offset and a finite deviation above 0, got Infinity and 1.0; train the model again",
        "\"inputs\":[0.1,0.3333333333333333, | \"inputs\":[ | : expected a forecaster that fits the network, got Recipe: its targets, changes, inputs, steps and scales do not fit together; train the model again",
        "\"decimal\":\",\" | \"decimal\":\";\" | : expected a forecaster that fits the network, got CsvOptions: decimal must be . or , got \";\"; train the model again",
        "\"charset\":\"ISO-8859-1\" | \"charset\":\"klingon\" | : expected a forecaster that fits the network, got klingon; train the model again",
        "\"header\":false | \"header\":\"no\" | , table: expected true or false as \"header\", got \"no\"",
        "\"missing\":[\"-200\" | \"missing\":[-200 | , table: expected an array of strings as \"missing\", got [-200, \"none\"]"
      })
  void refusesWhatIsDamaged(String whole, String damaged, String message) {
    String json = json();
    assertTrue(json.contains(whole), json);
    refused(WHERE + message, json.replace(whole, damaged));
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String json : List.of("", "[]", "7", "{", "null", json().substring(0, 300))) {
      FormatException e = assertThrows(FormatException.class, () -> read(json));
      assertTrue(e.getMessage().startsWith(WHERE), e.getMessage());
    }
  }

  @Test
  void refusesARecipeOfAnotherNetwork() {
    Sequential channels = Sequential.of(Lstm.of(2), Dense.of(6)).build(2, 1);
    Sequential outputs = Sequential.of(Lstm.of(2), Dense.of(1)).build(11, 1);
    String message =
        WHERE + ": expected a forecaster that fits the network, got network: expected ";
    String again = "; train the model again";
    Map<String, String> metadata = Map.of("forecast", json());
    FormatException e =
        assertThrows(FormatException.class, () -> ForecastFile.of(channels, metadata, FILE));
    assertEquals(message + "11 channels, got 2" + again, e.getMessage());
    e = assertThrows(FormatException.class, () -> ForecastFile.of(outputs, metadata, FILE));
    assertEquals(message + "6 outputs, got 1" + again, e.getMessage());
  }

  @Test
  void aNetworkAloneIsNone() {
    Path file = directory.resolve("m.safetensors");
    ModelFile.save(Recipes.network(), Map.of("unit", "mm", "target", "v"), file);
    ModelReader.Contents contents = ModelReader.read(file);
    assertEquals(Optional.empty(), ForecastFile.of(contents.model(), contents.metadata(), FILE));
    FormatException e = assertThrows(FormatException.class, () -> ForecastFile.load(file));
    assertEquals(
        file
            + ", metadata: expected the key \"forecast\", which a forecaster of tables has, got a network alone;"
            + " ModelReader.read(file) reads it",
        e.getMessage());
  }

  // Models that were written before there were recipes.

  private static Map<String, String> former() {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("target", "c");
    metadata.put("features", "\"a,b\",c,\"d \"\"e\"\"\"");
    metadata.put("window", "30");
    metadata.put("horizon", "2");
    metadata.put(
        "scales", "column,offset,scale\n\"a,b\",0.1,0.3333333333333333\nc,-1.0E300,1.0E-300");
    return metadata;
  }

  private static Sequential formerNetwork() {
    return Sequential.of(Lstm.of(2), Dense.of(1)).build(3, 1);
  }

  @Test
  void textOfTheFormerVersionIsARecipeOfTheLevel() {
    Recipe recipe = ForecastFile.of(formerNetwork(), former(), FILE).orElseThrow().model().recipe();
    assertEquals(List.of("c"), recipe.targets());
    assertEquals(List.of(Change.LEVEL), recipe.changes());
    assertEquals(
        List.of("a,b", "c", "d \"e\""),
        recipe.inputs().stream().map(Recipe.Input::column).toList());
    assertEquals(30, recipe.window());
    assertEquals(30, recipe.rowsNeeded());
    assertEquals(2, recipe.firstStep());
    assertEquals(2, recipe.lastStep());
    Recipe.Scales scales = recipe.scales().get(Recipe.ALL);
    Scale c = new Scale(-1e300, 1e-300);
    assertEquals(List.of(new Scale(0.1, 1 / 3.0), c, Scale.NONE), scales.inputs());
    assertEquals(List.of(c), scales.outputs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window | x | a whole number, 1 or more",
        "window | 0 | a whole number, 1 or more",
        "horizon | -1 | a whole number, 1 or more",
        "features | \"a | names as in CSV",
        "scales | h/c,1 | a column, its offset and its scale above 0",
        "scales | h/c,1,0 | a column, its offset and its scale above 0",
        "scales | h/c,NaN,1 | a column, its offset and its scale above 0",
        "scales | h/c,1,x | a column, its offset and its scale above 0"
      })
  void namesWhatIsDamagedInTextOfTheFormerVersion(String key, String value, String expected) {
    Map<String, String> metadata = former();
    metadata.put(key, value.replace('/', '\n'));
    FormatException e =
        assertThrows(FormatException.class, () -> ForecastFile.of(formerNetwork(), metadata, FILE));
    String got = value.substring(value.indexOf('/') + 1);
    assertEquals(
        "m.safetensors, metadata \""
            + key
            + "\": expected "
            + expected
            + ", got \""
            + got
            + "\"; train the model again",
        e.getMessage());
  }
}

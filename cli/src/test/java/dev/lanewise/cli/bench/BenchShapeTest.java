package dev.lanewise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchShapeTest {
  private static final Pattern ROW =
      Pattern.compile("\\| (\\S+) \\| (\\(\\d+, \\d+, \\d+, \\d+\\)) \\|");

  private static BenchShape of(Work work, Cell cell) {
    return new BenchShape("a", work, cell, 2, 3, 5, 7);
  }

  @Test
  void countsTheProductsOfItsGates() {
    assertEquals(2.0 * 4 * 2 * 3 * 7 * 12, of(Work.PREDICT, Cell.LSTM).flops());
    assertEquals(2.0 * 3 * 2 * 3 * 7 * 12, of(Work.PREDICT, Cell.GRU).flops());
    assertEquals(2.0 * 4 * 2 * 3 * 7 * (2 * 12 + 7), of(Work.TRAIN, Cell.LSTM).flops());
  }

  @Test
  void readsTheRecurrentKernelInEachTimestep() {
    assertEquals(16.0 * 7 * (5 + 3 * 7), of(Work.PREDICT, Cell.LSTM).readBytes());
    assertEquals(12.0 * 7 * (5 + 3 * 7), of(Work.PREDICT, Cell.GRU).readBytes());
    assertEquals(2 * 16.0 * 7 * (5 + 3 * 7), of(Work.TRAIN, Cell.LSTM).readBytes());
    assertEquals(16 * 7 * 7, of(Work.PREDICT, Cell.LSTM).heldBytes());
    BenchShape step = new BenchShape("a", Work.STEP, Cell.LSTM, 2, 1, 5, 7);
    assertEquals(16 * 7 * (5 + 7), step.heldBytes());
    assertEquals(16.0 * 7 * (5 + 7), step.readBytes());
  }

  /** The page of published numbers has the same names for the same sizes. */
  @Test
  void thePublishedShapesAreThoseOfTheDocumentation() throws IOException {
    Map<String, String> documented = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(Files.readString(Path.of("../docs/performance.md")));
    while (rows.find()) {
      documented.put(rows.group(1), rows.group(2));
    }
    Map<String, String> here = new LinkedHashMap<>();
    for (BenchShape s : PublishedShapes.all()) {
      here.put(
          s.name(),
          "(" + s.batch() + ", " + s.timesteps() + ", " + s.features() + ", " + s.units() + ")");
    }
    assertEquals(documented, here);
  }

  @Test
  void theUsualOnesAreThereForEitherLayer() {
    assertEquals(10, PublishedShapes.usual().size());
    assertEquals(8, PublishedShapes.usual(Cell.LSTM).size());
    for (BenchShape shape : PublishedShapes.usual(Cell.GRU)) {
      assertEquals(Cell.GRU, shape.cell());
      assertEquals(shape, PublishedShapes.named(shape.name()).orElseThrow());
    }
    assertEquals(8, PublishedShapes.usual(Cell.GRU).size());
  }
}

package dev.lanewise.cli;

import dev.lanewise.cli.bench.BenchShape;
import dev.lanewise.cli.bench.Cell;
import dev.lanewise.cli.bench.PublishedShapes;
import dev.lanewise.cli.bench.Work;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The list of {@code --shapes}: names, and shapes by their axes, with commas between all of them. A
 * name ends the axes before it, and so does the fourth axis.
 */
final class BenchShapes {
  private static final String FOR_INSTANCE = "; for instance B=1,T=100,F=64,H=256";
  private static final String TRAIN = "train:";
  private static final String OWN = "own";

  /** Lengths beyond would be no layer of anybody's. */
  private static final int LONGEST = 1_000_000;

  private enum Axis {
    B("batch"),
    T("timesteps"),
    F("features"),
    H("units");

    private final String meaning;

    Axis(String meaning) {
      this.meaning = meaning;
    }
  }

  private final String text;
  private final @Nullable Cell layer;
  private final List<BenchShape> shapes = new ArrayList<>();
  private final Map<Axis, Integer> axes = new EnumMap<>(Axis.class);
  private boolean train;

  private BenchShapes(String text, @Nullable Cell layer) {
    this.text = text;
    this.layer = layer;
  }

  /**
   * Reads a list.
   *
   * @param layer of the shapes whose names do not say it; null for LSTMs
   */
  static List<BenchShape> parse(String text, @Nullable Cell layer) {
    BenchShapes list = new BenchShapes(text, layer);
    for (String part : text.split(",", -1)) {
      list.add(part.strip());
    }
    list.endAxes();
    return list.shapes;
  }

  private void add(String part) {
    if (part.isEmpty()) {
      throw refused("expected names or axes with commas between them");
    }
    if (part.indexOf('=') < 0) {
      endAxes();
      shapes.add(named(part));
      return;
    }
    boolean begins = part.startsWith(TRAIN);
    if (begins) {
      endAxes();
      train = true;
    }
    addAxis(begins ? part.substring(TRAIN.length()) : part);
    if (axes.size() == Axis.values().length) {
      endAxes();
    }
  }

  private void addAxis(String part) {
    int equals = part.indexOf('=');
    String name = part.substring(0, equals);
    Axis axis =
        Stream.of(Axis.values())
            .filter(one -> one.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> refused("no axis " + name + "; there are " + meanings()));
    if (axes.put(axis, length(part, part.substring(equals + 1))) != null) {
      throw refused(axis + " comes twice before the shape has all of B, T, F and H" + FOR_INSTANCE);
    }
  }

  private int length(String part, String number) {
    try {
      int length = Integer.parseInt(number);
      if (length >= 1 && length <= LONGEST) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw notALength(part);
    }
    throw notALength(part);
  }

  private InputException notALength(String part) {
    return refused(part + " is no length, which is a whole number from 1 to " + LONGEST);
  }

  private static String meanings() {
    return Stream.of(Axis.values())
        .map(axis -> axis + " (" + axis.meaning + ")")
        .collect(Collectors.joining(", "));
  }

  private void endAxes() {
    if (axes.isEmpty()) {
      return;
    }
    List<String> missing =
        Stream.of(Axis.values()).filter(axis -> !axes.containsKey(axis)).map(Axis::name).toList();
    if (!missing.isEmpty()) {
      throw refused(
          "expected all of B, T, F and H, got no " + String.join(", ", missing) + FOR_INSTANCE);
    }
    int timesteps = length(Axis.T);
    Work work = train ? Work.TRAIN : timesteps == 1 ? Work.STEP : Work.PREDICT;
    shapes.add(
        new BenchShape(
            OWN,
            work,
            layer == null ? Cell.LSTM : layer,
            length(Axis.B),
            timesteps,
            length(Axis.F),
            length(Axis.H)));
    axes.clear();
    train = false;
  }

  private int length(Axis axis) {
    Integer length = axes.get(axis);
    return length == null ? 0 : length;
  }

  private BenchShape named(String name) {
    BenchShape shape = PublishedShapes.named(name).orElseThrow(() -> unknown(name));
    if (layer == Cell.LSTM && shape.cell() == Cell.GRU) {
      throw refused(
          "--layer lstm, but "
              + name
              + " is a GRU's; leave "
              + PublishedShapes.GRU
              + " or --layer out");
    }
    return layer == Cell.GRU && shape.cell() == Cell.LSTM
        ? PublishedShapes.named(name + PublishedShapes.GRU).orElseThrow()
        : shape;
  }

  private InputException unknown(String name) {
    List<String> names = PublishedShapes.names();
    List<String> all =
        names.stream().flatMap(lstm -> Stream.of(lstm, lstm + PublishedShapes.GRU)).toList();
    String nearest = UsageWords.nearest(name, all);
    return refused(
        "no shape "
            + name
            + (nearest == null ? "" : ", did you mean " + nearest + "?")
            + " There are "
            + String.join(", ", names)
            + ", each with "
            + PublishedShapes.GRU
            + " too, or your own, such as B=1,T=100,F=64,H=256");
  }

  private InputException refused(String why) {
    return new InputException("--shapes " + text + ": " + why);
  }
}

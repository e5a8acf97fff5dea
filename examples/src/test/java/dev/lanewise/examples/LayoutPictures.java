package dev.lanewise.examples;

import dev.lanewise.examples.Svg.Axis;
import dev.lanewise.examples.Svg.Cell;
import java.util.LinkedHashMap;
import java.util.Map;

/** Draws the pictures of the guide to shapes. */
final class LayoutPictures {
  private LayoutPictures() {}

  /** The pictures by the name of their file. */
  static Map<String, String> all() {
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put("axes.svg", axes());
    pictures.put("rows.svg", rows());
    pictures.put("columns.svg", columns());
    pictures.put("columns-as-time.svg", columnsAsTime());
    pictures.put("windows.svg", windows());
    pictures.put("padding.svg", padding());
    pictures.put("last-step.svg", lastStep());
    pictures.put("outputs.svg", outputs());
    return pictures;
  }

  private static String index(int... index) {
    StringBuilder text = new StringBuilder();
    for (int i : index) {
      text.append(text.isEmpty() ? "" : ",").append(i);
    }
    return text.toString();
  }

  private static String axes() {
    Svg svg = new Svg(620, 210);
    for (int b = 0; b < 3; b++) {
      int sample = b;
      svg.grid(
          12 + 202 * b,
          12,
          "x[" + b + "]",
          new Axis("timesteps", 4),
          new Axis("features", 3),
          (t, f) -> Cell.of(index(sample, t, f), sample));
    }
    svg.note(58, 196, "batch \u2192  three sequences, each of four timesteps with three features");
    return svg.toString("x (3, 4, 3): batch, timesteps, features");
  }

  private static String rows() {
    Svg svg = new Svg(560, 176);
    Axis features = new Axis("features", 3);
    svg.grid(
        12, 12, "table (4, 3)", new Axis("time", 4), features, (t, f) -> Cell.of(index(t, f), t));
    svg.arrow(224, 120, "Sequences.rows");
    svg.grid(
        350,
        12,
        "x[0] of (1, 4, 3)",
        new Axis("timesteps", 4),
        features,
        (t, f) -> Cell.of(index(t, f), t));
    return svg.toString("A table whose rows are time becomes one sequence");
  }

  private static String columns() {
    Svg svg = new Svg(720, 360);
    svg.grid(
        12,
        12,
        "table (4, 3)",
        new Axis("time", 4),
        new Axis("series", 3),
        (t, s) -> Cell.of(index(t, s), s));
    svg.arrow(224, 100, "Sequences.columns");
    svg.arrow(224, 280, "reshape(3, 4, 1)");
    for (int b = 0; b < 3; b++) {
      int series = b;
      int x = 372 + 110 * b;
      Axis steps = new Axis("timesteps", 4);
      Axis one = new Axis("feature", 1);
      svg.grid(x, 12, "x[" + b + "]", steps, one, (t, _) -> Cell.of(index(t, series), series));
      svg.grid(
          x,
          192,
          "x[" + b + "]",
          steps,
          one,
          (t, _) ->
              Cell.of(index((series * 4 + t) / 3, (series * 4 + t) % 3), (series * 4 + t) % 3));
    }
    svg.note(12, 260, "reshape keeps the flat");
    svg.note(12, 278, "order 0,0 0,1 0,2 1,0 ..");
    svg.note(12, 296, "and so mixes the series");
    return svg.toString("Series in columns: Sequences.columns keeps them, reshape mixes them");
  }

  private static String columnsAsTime() {
    Svg svg = new Svg(640, 176);
    svg.grid(
        12,
        12,
        "table (3, 4)",
        new Axis("features", 3),
        new Axis("time", 4),
        (f, t) -> Cell.of(index(f, t), t));
    svg.arrow(258, 110, "Sequences.columnsAsTime");
    svg.grid(
        436,
        12,
        "x[0] of (1, 4, 3)",
        new Axis("timesteps", 4),
        new Axis("features", 3),
        (t, f) -> Cell.of(index(f, t), t));
    return svg.toString("A table whose columns are time becomes one sequence");
  }

  private static String windows() {
    Svg svg = new Svg(560, 312);
    svg.grid(
        12,
        12,
        "series (8, 1), its rows side by side",
        new Axis("feature", 1),
        new Axis("time", 8),
        (_, t) -> time(t));
    Axis samples = new Axis("samples", 5);
    svg.grid(12, 112, "x (5, 3, 1)", samples, new Axis("timesteps", 3), (n, t) -> time(n + t));
    svg.grid(250, 112, "y (5, 1)", samples, new Axis("target", 1), (n, _) -> time(n + 3).mark());
    svg.note(374, 180, "Windows.length(3)");
    svg.note(374, 200, "what follows each");
    svg.note(374, 218, "window is its target");
    return svg.toString("A series of 8 in 5 windows of 3, and what follows each");
  }

  private static Cell time(int t) {
    return Cell.of("t=" + t, t);
  }

  private static final int[] LENGTHS = {5, 2, 3};

  private static String padding() {
    Svg svg = new Svg(984, 330);
    Axis batch = new Axis("batch", 3);
    Axis steps = new Axis("timesteps", 5);
    svg.grid(
        12,
        92,
        "three sequences",
        batch,
        steps,
        (b, t) -> t < LENGTHS[b] ? Cell.of(index(b, t), b) : Cell.of("", 0));
    svg.arrow(318, 84, "POST");
    svg.arrow(318, 244, "PRE");
    for (int i = 0; i < 2; i++) {
      boolean pre = i == 1;
      int y = 12 + 160 * i;
      svg.grid(
          400,
          y,
          "x (3, 5, 1)",
          batch,
          steps,
          (b, t) -> own(b, t, pre) < 0 ? Cell.padding("0") : Cell.of(index(b, own(b, t, pre)), b));
      svg.grid(
          696,
          y,
          "mask (3, 5)",
          batch,
          steps,
          (b, t) -> own(b, t, pre) < 0 ? Cell.padding("0") : Cell.of("1", b));
    }
    return svg.toString("Sequences of 5, 2 and 3 steps, padded after their end or before it");
  }

  /** Which of its own steps a padded sequence has at {@code t}; negative for padding. */
  private static int own(int b, int t, boolean pre) {
    int step = pre ? t - (5 - LENGTHS[b]) : t;
    return step < LENGTHS[b] ? step : -1;
  }

  private static String lastStep() {
    Svg svg = new Svg(640, 150);
    svg.grid(
        12,
        12,
        "y (3, 5, units), each cell a row of units",
        new Axis("batch", 3),
        new Axis("timesteps", 5),
        (b, t) -> {
          Cell cell = t < LENGTHS[b] ? Cell.of(index(b, t), b) : Cell.padding(index(b, t));
          return t == LENGTHS[b] - 1 ? cell.mark() : cell;
        });
    svg.note(312, 84, "framed: Sequences.lastStep(y, 5, 2, 3)");
    svg.note(312, 108, "column 4: Sequences.lastStep(y),");
    svg.note(312, 126, "padding for two of the three");
    return svg.toString("The last step of each sequence is not the last of all steps");
  }

  private static String outputs() {
    Svg svg = new Svg(844, 350);
    Axis units = new Axis("units", 3);
    svg.grid(
        12,
        92,
        "y[0] of (1, 4, 3)",
        new Axis("timesteps", 4),
        units,
        (t, u) -> Cell.of(index(t, u), t));
    Axis one = new Axis("", 1);
    svg.grid(
        230, 12, "Sequences.lastStep(y) (1, 3)", one, units, (_, u) -> Cell.of(index(3, u), 3));
    svg.grid(
        230,
        100,
        "y.flatten(1) (1, 12)",
        one,
        new Axis("timesteps and units", 12),
        (_, i) -> Cell.of(index(i / 3, i % 3), i / 3));
    svg.grid(
        230,
        196,
        "y.permute(0, 2, 1) (1, 3, 4)",
        units,
        new Axis("timesteps", 4),
        (u, t) -> Cell.of(index(t, u), t));
    svg.note(480, 270, "rows are channels now, as PyTorch's");
    svg.note(480, 288, "Conv1d and Conv1d.Channels.FIRST want");
    return svg.toString("All steps of an LSTM, its last, flattened, and permuted");
  }
}

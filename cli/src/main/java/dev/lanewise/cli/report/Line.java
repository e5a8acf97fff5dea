package dev.lanewise.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.Locale;

/**
 * The lines of the charts and their look, the same in pictures and on the page. Colours are told
 * apart by the colour-blind (Okabe and Ito, 2008), and no two lines of a chart differ by colour
 * alone.
 */
enum Line {
  NAIVE("naive", 0x0072b2, 0x6cb8ee, 1f),
  SEASONAL("seasonal naive", 0x00795a, 0x3fd0a4, 1f),
  ACTUAL("actual", 0x555555, 0xc8c8c8, 1.5f),
  FORECAST("forecast", 0xc84e00, 0xff9a4a, 2.2f),
  TRAINING("rows trained on", 0x0072b2, 0x6cb8ee, 1.5f),
  HELD_BACK("rows held back", 0xc84e00, 0xff9a4a, 2.2f);

  private final String label;
  private final int light;
  private final int dark;
  private final float width;

  Line(String label, int light, int dark, float width) {
    this.label = label;
    this.light = light;
    this.dark = dark;
    this.width = width;
  }

  String label() {
    return label;
  }

  /** On white. */
  Color color() {
    return new Color(light);
  }

  String light() {
    return String.format(Locale.ROOT, "#%06x", light);
  }

  String dark() {
    return String.format(Locale.ROOT, "#%06x", dark);
  }

  float width() {
    return width;
  }

  /** On, off and so on, in pixels; empty where it is drawn through. */
  float[] dash() {
    return switch (this) {
      case NAIVE -> new float[] {5, 4};
      case SEASONAL -> new float[] {1.5f, 3};
      case ACTUAL, FORECAST, TRAINING, HELD_BACK -> new float[0];
    };
  }

  Stroke stroke() {
    float[] dash = dash();
    return dash.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  /** What of a panel it draws; the panel must have it. */
  double[] of(Panel panel) {
    return switch (this) {
      case NAIVE -> panel.naive();
      case SEASONAL -> panel.seasonal();
      case ACTUAL -> panel.actual();
      case FORECAST -> panel.forecast();
      case TRAINING, HELD_BACK -> throw new IllegalArgumentException(label);
    };
  }

  /** What of the errors it draws; the errors must have it. */
  double[] of(StepErrors errors) {
    return switch (this) {
      case NAIVE -> errors.naive();
      case SEASONAL -> errors.seasonal();
      case FORECAST -> errors.forecast();
      case ACTUAL, TRAINING, HELD_BACK -> throw new IllegalArgumentException(label);
    };
  }
}

package dev.lanewise.cli.report;

import java.util.List;

/**
 * All that the pictures and the page show.
 *
 * @param title what is forecast, such as {@code Passengers, 1 step ahead}
 * @param subtitle when, and how well: {@code tested on 1958-08 to 1960-12, 29 rows; ...}
 * @param datePattern how dates are written, as {@link java.text.SimpleDateFormat} takes it, such as
 *     {@code yyyy-MM}; empty where the rows have no dates
 * @param panels the series, one a series and target
 * @param errors by step ahead, over all series
 * @param scores a table as text, its header first; empty where there is none
 * @param lossAxis what the loss is, such as {@code mean squared error, standardized}
 * @param loss on the rows trained on, by epoch; empty where nothing was trained. Not copied
 * @param validationLoss on the rows held back, by epoch; empty or NaN where none were. Not copied
 * @param reading how the table was read, a line each
 * @param notes choices made and warnings, a line each
 * @param command the command line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Shown(
    String title,
    String subtitle,
    String datePattern,
    List<Panel> panels,
    StepErrors errors,
    List<List<String>> scores,
    String lossAxis,
    double[] loss,
    double[] validationLoss,
    List<String> reading,
    List<String> notes,
    String command) {

  /** Copies the lists. */
  public Shown {
    panels = List.copyOf(panels);
    scores = scores.stream().map(List::copyOf).toList();
    reading = List.copyOf(reading);
    notes = List.copyOf(notes);
  }

  boolean dated() {
    return !datePattern.isEmpty();
  }
}

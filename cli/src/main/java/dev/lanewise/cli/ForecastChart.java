package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import java.awt.Color;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Actual and forecast values of the test rows over time, by date where a column of the table has
 * ISO dates.
 */
final class ForecastChart {

  private ForecastChart() {}

  static AtomicFile.Contents of(
      CsvTable table, String target, long[] rows, double[] actual, double[] forecast) {
    List<LocalDate> dates = dates(table);
    XYSeries truth = new XYSeries("actual");
    XYSeries guess = new XYSeries("forecast");
    for (int i = 0; i < rows.length; i++) {
      double x = dates.isEmpty() ? rows[i] : millis(dates.get((int) rows[i]));
      truth.add(x, actual[i]);
      guess.add(x, forecast[i]);
    }
    XYSeriesCollection both = new XYSeriesCollection(truth);
    both.addSeries(guess);
    JFreeChart chart =
        ChartFactory.createXYLineChart(target + ", forecast and actual", "", target, both);
    Charts.style(chart, Color.GRAY, Charts.ORANGE);
    chart.getXYPlot().setDomainAxis(dates.isEmpty() ? new NumberAxis("row") : dateAxis());
    return Charts.png(chart);
  }

  private static ValueAxis dateAxis() {
    TimeZone utc = TimeZone.getTimeZone("UTC");
    DateAxis axis = new DateAxis("date", utc, Locale.ROOT);
    SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT);
    format.setTimeZone(utc);
    axis.setDateFormatOverride(format);
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    return axis;
  }

  private static double millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The first column that holds nothing but ISO dates; empty where there is none. */
  private static List<LocalDate> dates(CsvTable table) {
    for (String column : table.columns()) {
      List<LocalDate> dates = new ArrayList<>();
      try {
        table.text(column).forEach(cell -> dates.add(LocalDate.parse(cell.strip())));
        return dates;
      } catch (DateTimeParseException e) {
        dates.clear();
      }
    }
    return List.of();
  }
}

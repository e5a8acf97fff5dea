package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.lstm.History;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The loss curve: epoch by epoch, on the rows trained on and on those held back. */
final class LossChart {

  private LossChart() {}

  static AtomicFile.Contents of(History history) {
    XYSeries training = new XYSeries("training rows");
    XYSeries held = new XYSeries("rows held back");
    double[] loss = history.loss();
    double[] validation = history.validationLoss();
    for (int i = 0; i < loss.length; i++) {
      training.add(i + 1.0, loss[i]);
      held.add(i + 1.0, validation[i]);
    }
    XYSeriesCollection both = new XYSeriesCollection(training);
    both.addSeries(held);
    JFreeChart chart =
        ChartFactory.createXYLineChart("Loss", "epoch", "mean squared error, standardized", both);
    Charts.style(chart, Charts.BLUE, Charts.ORANGE);
    chart.getXYPlot().getDomainAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    ((NumberAxis) chart.getXYPlot().getRangeAxis()).setAutoRangeIncludesZero(true);
    return Charts.png(chart);
  }
}

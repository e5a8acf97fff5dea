package dev.lanewise.cli.report;

import dev.lanewise.formats.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** The look that the pictures share, and how they become files. */
final class Look {
  static final int WIDTH = 1200;
  static final int HEIGHT = 500;
  static final Color TEXT = new Color(0x333333);
  static final Color FAINT = new Color(0xd8d8d8);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final RectangleInsets ROOMY = new RectangleInsets(7, 6, 7, 6);
  private static final int LONGEST_LABEL = 44;
  private static final Font LARGE = new Font(Font.SANS_SERIF, Font.BOLD, 18);

  private Look() {}

  /** A plot with a title and what is said below it, each left out where it is empty. */
  static JFreeChart chart(String title, String subtitle, Plot plot) {
    JFreeChart chart = new JFreeChart(null, LARGE, plot, true);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 24)); // room for half a label at the right end
    if (!title.isEmpty()) {
      chart.setTitle(text(title, LARGE));
    }
    if (!subtitle.isEmpty()) {
      chart.addSubtitle(0, text(subtitle, SMALL));
    }
    chart.getLegend().setFrame(BlockBorder.NONE);
    chart.getLegend().setItemFont(SMALL);
    chart.getLegend().setPosition(RectangleEdge.TOP);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setNoDataMessageFont(SMALL);
    return chart;
  }

  private static TextTitle text(String text, Font font) {
    TextTitle title = new TextTitle(text, font);
    title.setPaint(TEXT);
    title.setTextAlignment(HorizontalAlignment.CENTER);
    return title;
  }

  /** A plot of lines over an axis, from top to bottom in the order of the renderer. */
  static XYPlot plot(LineSet lines, ValueAxis domain, String label, Scale scale) {
    NumberAxis range = new NumberAxis(shortened(label, LONGEST_LABEL));
    range.setRange(scale.from(), scale.to());
    for (ValueAxis axis : List.of(domain, range)) {
      axis.setLabelFont(SMALL);
      axis.setTickLabelFont(SMALL);
      axis.setTickLabelInsets(ROOMY);
      axis.setLabelPaint(TEXT);
      axis.setTickLabelPaint(TEXT);
      axis.setAxisLinePaint(Color.GRAY);
    }
    XYPlot plot = new XYPlot(lines.data(), domain, range, lines.renderer());
    plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
    plot.setDomainGridlinePaint(FAINT);
    plot.setRangeGridlinePaint(FAINT);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setFixedLegendItems(lines.legend());
    return plot;
  }

  /** An axis has room for so much. */
  static String shortened(String label, int longest) {
    return label.length() <= longest ? label : label.substring(0, longest - 1) + "\u2026";
  }

  /** An axis of whole numbers. */
  static NumberAxis count(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    return axis;
  }

  /** Charts of these heights in pixels below each other. Draws now. */
  static byte[] png(List<JFreeChart> charts, List<Integer> heights) {
    int height = heights.stream().mapToInt(Integer::intValue).sum();
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    int top = 0;
    for (int i = 0; i < charts.size(); i++) {
      charts.get(i).draw(graphics, new Rectangle2D.Double(0, top, WIDTH, heights.get(i)));
      top += heights.get(i);
    }
    graphics.dispose();
    ImageIO.setUseCache(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  static AtomicFile.Contents file(byte[] bytes) {
    return channel -> {
      ByteBuffer all = ByteBuffer.wrap(bytes);
      while (all.hasRemaining()) {
        channel.write(all);
      }
    };
  }
}

package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;

/** The look that the charts share, and how they become files. */
final class Charts {
  static final Color BLUE = new Color(0x1f, 0x5f, 0xa8);
  static final Color ORANGE = new Color(0xe0, 0x6c, 0x00);
  private static final Color GRID = new Color(0xd8, 0xd8, 0xd8);
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 500;

  private Charts() {}

  /** Lines of these colours, in the order of the series, on white. */
  static void style(JFreeChart chart, Color... colors) {
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 6, 24)); // room for half a label at the right end
    XYPlot plot = chart.getXYPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setOutlineVisible(false);
    XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
    for (int i = 0; i < colors.length; i++) {
      lines.setSeriesPaint(i, colors[i]);
      lines.setSeriesStroke(i, new BasicStroke(i == 0 ? 1.4f : 1.8f));
    }
    plot.setRenderer(lines);
  }

  /** Draws now; writes a PNG. */
  static AtomicFile.Contents png(JFreeChart chart) {
    BufferedImage image = chart.createBufferedImage(WIDTH, HEIGHT);
    return channel -> writePng(image, channel);
  }

  private static void writePng(BufferedImage image, FileChannel channel) throws IOException {
    ImageIO.setUseCache(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
    while (all.hasRemaining()) {
      channel.write(all);
    }
  }
}

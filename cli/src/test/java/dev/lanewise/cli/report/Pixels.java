package dev.lanewise.cli.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** The pixels of a picture. */
record Pixels(BufferedImage image) {
  /** Below title, subtitle and legend. */
  static final int TOP = 75;

  /** Antialiased lines are paler than their colour. */
  private static final int NEAR = 60;

  static Pixels of(byte[] png) throws IOException {
    return new Pixels(ImageIO.read(new ByteArrayInputStream(png)));
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** How many of about this colour between two columns and two rows. */
  int count(Color color, int left, int right, int top, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        count += near(new Color(image.getRGB(x, y)), color) ? 1 : 0;
      }
    }
    return count;
  }

  /** How many below the legend. */
  int count(Line line) {
    return count(line.color(), 0, width(), TOP, height());
  }

  /** The first column below the legend with this colour. */
  int left(Line line) {
    int x = 0;
    while (x < width() && count(line.color(), x, x + 1, TOP, height()) == 0) {
      x++;
    }
    return x;
  }

  /** The last. */
  int right(Line line) {
    int x = width() - 1;
    while (x >= 0 && count(line.color(), x, x + 1, TOP, height()) == 0) {
      x--;
    }
    return x;
  }

  private static boolean near(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed()) < NEAR
        && Math.abs(a.getGreen() - b.getGreen()) < NEAR
        && Math.abs(a.getBlue() - b.getBlue()) < NEAR;
  }
}

package dev.lanewise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Made-up tables whose rows have times. */
final class Calendars {
  private Calendars() {}

  /** A wave and noise, and its half: the columns {@code t,v,w}. */
  static Path write(Path file, int rows, IntFunction<Object> time) {
    SplittableRandom random = new SplittableRandom(11);
    List<String> lines = new ArrayList<>(List.of("t,v,w"));
    for (int i = 0; i < rows; i++) {
      double v = 20 + 5 * Math.sin(i / 4.0) + random.nextGaussian();
      lines.add(String.format(Locale.ROOT, "%s,%.2f,%.2f", time.apply(i), v, v / 2));
    }
    return write(file, lines);
  }

  /** Shops of two sizes, a row a shop and a day: {@code day,shop,sales}. */
  static Path shops(Path file, int days) {
    SplittableRandom random = new SplittableRandom(12);
    List<String> lines = new ArrayList<>(List.of("day,shop,sales"));
    java.time.LocalDate first = java.time.LocalDate.of(2021, 3, 1);
    for (int i = 0; i < days; i++) {
      for (String shop : List.of("Harbour", "Mill, north")) {
        double size = shop.equals("Harbour") ? 1000 : 10;
        double sales = size * (2 + Math.sin(i / 3.0) + 0.1 * random.nextGaussian());
        String named = shop.contains(",") ? "\"" + shop + "\"" : shop;
        lines.add(String.format(Locale.ROOT, "%s,%s,%.1f", first.plusDays(i), named, sales));
      }
    }
    return write(file, lines);
  }

  static Path write(Path file, List<String> lines) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

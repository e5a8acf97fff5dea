package dev.lanewise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A table of made-up weather: a yearly wave and noise. */
final class Weather {
  private Weather() {}

  static List<String> lines(int days) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>();
    lines.add("date,high,low,sky");
    for (int day = 0; day < days; day++) {
      double high = 15 + 10 * Math.sin(day / 58.0) + random.nextGaussian() * 2;
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%.1f,%.1f,sun",
              LocalDate.of(2020, 1, 1).plusDays(day),
              high,
              high - 6));
    }
    return lines;
  }

  static Path write(Path directory, List<String> lines) {
    try {
      return Files.write(directory.resolve("weather.csv"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

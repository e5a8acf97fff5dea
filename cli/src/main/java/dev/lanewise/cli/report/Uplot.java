package dev.lanewise.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The library that draws the page's charts, as its jar holds it. */
final class Uplot {
  private static final String PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private Uplot() {}

  static String script() {
    return text(file("dist/uPlot.iife.min.js"));
  }

  static String style() {
    return text(file("dist/uPlot.min.css"));
  }

  static String licence() {
    return text(file("LICENSE"));
  }

  static String version() {
    Properties properties = new Properties();
    try (InputStream in = open(PROPERTIES)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static String file(String name) {
    return "/META-INF/resources/webjars/uplot/" + version() + "/" + name;
  }

  /** A file of the class path as UTF-8. */
  static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = Uplot.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is not on the class path: build anew");
    }
    return in;
  }
}

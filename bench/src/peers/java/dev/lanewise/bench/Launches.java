package dev.lanewise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The results on disk, one JSON object a line, and what of them belongs together. */
final class Launches {

  /** Read bandwidths in GB/s; a line among the launches. */
  private record Ceilings(String commit, int threads, Map<Bandwidth.Level, Double> bandwidth) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final List<Launch> launches = new ArrayList<>();
  private final List<Ceilings> ceilings = new ArrayList<>();

  /** Reads what is there; a last line that was cut off is passed over. */
  Launches(Path file) {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.endsWith("}")) {
          read(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }

  private void read(String line) {
    JsonNode node = JSON.readTree(line);
    if (node.has("bandwidth")) {
      ceilings.add(JSON.treeToValue(node, Ceilings.class));
    } else {
      launches.add(JSON.treeToValue(node, Launch.class));
    }
  }

  void add(Launch launch) {
    append(launch);
    launches.add(launch);
  }

  void add(String commit, int threads, Map<Bandwidth.Level, Double> bandwidth) {
    Ceilings line = new Ceilings(commit, threads, new EnumMap<>(bandwidth));
    append(line);
    ceilings.add(line);
  }

  private void append(Object line) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          JSON.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't write to " + file, e);
    }
  }

  /** The newest line, or null where there is none. */
  Launch newest() {
    return launches.isEmpty() ? null : launches.getLast();
  }

  /** Of this commit and these settings. */
  List<Launch> of(String commit, String settings) {
    return launches.stream()
        .filter(launch -> launch.commit().equals(commit) && launch.settings().equals(settings))
        .toList();
  }

  /** GB/s of so many threads, measured last; empty where they were not. */
  Map<Bandwidth.Level, Double> bandwidth(String commit, int threads) {
    return ceilings.stream()
        .filter(line -> line.commit.equals(commit) && line.threads == threads)
        .reduce((first, second) -> second)
        .map(Ceilings::bandwidth)
        .orElse(Map.of());
  }
}

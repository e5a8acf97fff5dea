package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new JVM loads before its first answer: a class costs it 0.1 ms, a lambda 0.2. */
class FirstPredictionTest {
  @TempDir static Path directory;

  private static List<String> loaded() throws Exception {
    Path model = directory.resolve("model.safetensors");
    Path log = directory.resolve("loaded.txt");
    Sequential chain = Sequential.of(Lstm.of(64), Dense.of(1));
    chain.build(5, 1L);
    ModelFile.save(chain, model);
    List<String> options = List.of("-Xlog:class+load:stdout:none", "-Xshare:auto");
    Process child = ChildJvm.start(options, log, FirstPrediction.class, model.toString());
    String errors = new String(child.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(0, child.waitFor(), errors);
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.contains("(1, 1)"), errors);
    int answered = lines.indexOf("(1, 1)");
    return lines.subList(0, answered).stream()
        .filter(line -> line.contains(" source: "))
        .map(line -> line.substring(0, line.indexOf(" source: ")))
        .toList();
  }

  @Test
  void loadsNothingThatItDoesNotNeed() throws Exception {
    List<String> loaded = loaded();
    Set<String> others =
        LayerType.all().stream()
            .map(LayerType::name)
            .filter(name -> !name.equals("Lstm") && !name.equals("Dense"))
            .map(name -> Layer.class.getPackageName() + "." + name)
            .collect(Collectors.toSet());
    List<String> idle =
        loaded.stream()
            .filter(
                name ->
                    name.startsWith("tools.jackson.")
                        || name.startsWith("java.util.regex.")
                        || name.startsWith("java.util.logging.")
                        || name.startsWith("java.math.")
                        || others.contains(name.replaceFirst("[$/].*", "")))
            .toList();
    assertEquals(List.of(), idle);
  }

  @Test
  void loadsFewClasses() throws Exception {
    List<String> ours =
        loaded().stream().filter(name -> name.startsWith("dev.lanewise.")).sorted().toList();
    long lambdas = ours.stream().filter(name -> name.contains("$$Lambda")).count();
    assertTrue(ours.contains("dev.lanewise.lstm.Lstm"), "no list of classes");
    assertTrue(ours.size() - lambdas <= 270, () -> String.join("\n", ours));
    assertTrue(lambdas <= 100, () -> String.join("\n", ours));
  }
}

package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of whole processes, from {@code main} to the first answer and to a steady speed: cold,
 * after {@code warmUp}, and either with what an earlier run left in the JDK's ahead-of-time cache.
 * Each row is the medians of several processes, one after the other.
 *
 * <p>Other engines are rows too: any program that prints the line of {@link FirstCalls}.
 */
public final class StartUp {
  private static final int PROCESSES = 3;
  private static final String KERAS = "examples/src/main/resources/dev/lanewise/examples/keras";

  private StartUp() {}

  /**
   * Prints the table. To be run in the folder of the project, where the Keras model is.
   *
   * @param args {@code --row NAME COMMAND} as often as wanted, the command split at blanks, for
   *     more rows
   * @throws IOException when there is no room for temporary files
   */
  public static void main(String[] args) throws IOException {
    System.out.println(
        "| process | first answer, ms | processor, ms | first call, us | steady, ms | processor, ms"
            + " | a call then, us | resident, MB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    lanewise("seed-torch", "seed-torch");
    if (Files.isDirectory(Path.of(KERAS))) {
      lanewise("keras", KERAS);
    }
    for (int i = 0; i + 2 < args.length && args[i].equals("--row"); i += 3) {
      row(args[i + 1], List.of(args[i + 2].split(" +")));
    }
  }

  private static void lanewise(String name, String model) throws IOException {
    row(name + ", cold", child(List.of(), model));
    row(name + ", warmUp", child(List.of(), model, "warm"));
    cached(name + ", AOT cache", model);
    cached(name + ", AOT cache, warmUp", model, "warm");
  }

  private static void cached(String name, String... args) throws IOException {
    Path cache = Files.createTempFile("lanewise", ".aot");
    try {
      ChildProcess.run(child(List.of("-XX:AOTCacheOutput=" + cache), args));
      row(name, child(List.of("-XX:AOTCache=" + cache), args));
    } finally {
      Files.delete(cache);
    }
  }

  private static List<String> child(List<String> options, String... args) {
    return ChildProcess.java(options, StartUpChild.class, List.of(args));
  }

  /** Runs the command several times, and prints the medians of what it tells. */
  static void row(String name, List<String> command) {
    List<double[]> lines = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      lines.add(numbers(ChildProcess.run(command)));
    }
    StringBuilder row = new StringBuilder("| ").append(name).append(" |");
    for (int column = 0; column < lines.getFirst().length; column++) {
      int at = column;
      double median = Timing.median(lines.stream().mapToDouble(line -> line[at]).toArray());
      row.append(String.format(" %,.0f |", median));
    }
    System.out.println(row);
  }

  private static double[] numbers(List<String> printed) {
    String line =
        printed.stream()
            .filter(each -> each.startsWith(FirstCalls.MARK))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no line of FirstCalls in " + printed));
    return Arrays.stream(line.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray();
  }
}

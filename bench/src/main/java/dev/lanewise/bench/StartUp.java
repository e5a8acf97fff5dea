package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of whole processes, from {@code main} to the first answer and to a steady speed: cold,
 * after {@code warmUp}, and either with what an earlier run left in the JDK's ahead-of-time cache,
 * or in an archive of classes. Each row is the medians of several processes, one after the other.
 *
 * <p>Other engines are rows too: any program that prints the lines of {@link FirstCalls}.
 */
public final class StartUp {
  /** Of which a row has the medians. */
  static final int PROCESSES = Integer.getInteger("dev.lanewise.bench.processes", 3);

  /** What all engines are compared on. */
  static final String SHAPE = "seed-torch";

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
    table(new StartUpReport());
    for (int i = 0; i + 2 < args.length && args[i].equals("--row"); i += 3) {
      row(args[i + 1], List.of(args[i + 2].split(" +")));
    }
  }

  /** Prints the table of Lanewise's processes, and hands their curves to the report. */
  static void table(StartUpReport report) throws IOException {
    System.out.println(
        "| process | first answer, ms | processor, ms | first call, us | steady, ms | processor, ms"
            + " | a call then, us | resident, MB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    report.add("lanewise, cold", row("seed-torch, cold", child(List.of(), SHAPE)));
    report.add("lanewise, warmUp", row("seed-torch, warmUp", child(List.of(), SHAPE, "warm")));
    for (Kept kept : Kept.values()) {
      String title = "lanewise, " + kept.title;
      String name = SHAPE + ", " + kept.title;
      report.add(title, kept(name, kept, SHAPE));
      report.add(title + ", warmUp", kept(name + ", warmUp", kept, SHAPE, "warm"));
    }
    if (Files.isDirectory(Path.of(KERAS))) {
      row("keras, cold", child(List.of(), KERAS));
      row("keras, warmUp", child(List.of(), KERAS, "warm"));
      for (Kept kept : Kept.values()) {
        kept("keras, " + kept.title, kept, KERAS);
        kept("keras, " + kept.title + ", warmUp", kept, KERAS, "warm");
      }
    }
  }

  /** What one run keeps for later ones. */
  private enum Kept {
    AOT_CACHE("AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache="),
    CLASSES("class archive", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=");

    private final String title;
    private final String write;
    private final String read;

    Kept(String title, String write, String read) {
      this.title = title;
      this.write = write;
      this.read = read;
    }
  }

  private static StartUpCurve kept(String name, Kept kept, String... args) throws IOException {
    Path folder = Files.createTempDirectory("lanewise");
    Path file = folder.resolve("kept");
    try {
      ChildProcess.run(child(List.of(kept.write + file), args));
      return row(name, child(List.of(kept.read + file), args));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static List<String> child(List<String> options, String... args) {
    return ChildProcess.java(options, StartUpChild.class, List.of(args));
  }

  /** Runs the command several times, prints the medians of what it tells, and returns its curve. */
  static StartUpCurve row(String name, List<String> command) {
    List<double[]> lines = new ArrayList<>();
    List<StartUpCurve> curves = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      List<String> printed = ChildProcess.run(command);
      lines.add(numbers(printed));
      curves.add(StartUpCurve.read(printed));
    }
    StringBuilder row = new StringBuilder("| ").append(name).append(" |");
    for (int column = 0; column < lines.getFirst().length; column++) {
      int at = column;
      double median = Timing.median(lines.stream().mapToDouble(line -> line[at]).toArray());
      row.append(String.format(" %,.0f |", median));
    }
    System.out.println(row);
    return StartUpCurve.median(curves);
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

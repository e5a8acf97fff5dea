package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The table of {@link StartUp} with a row for each of the other engines, and the process of such a
 * row.
 */
final class PeerStartUp {

  private static final String SHAPE = "seed-torch";

  /** Where native libraries are unpacked, by the first process: those that are measured find it. */
  private static final String CACHE =
      "-Dorg.bytedeco.javacpp.cachedir="
          + Path.of("bench/target/peer-logs/native").toAbsolutePath();

  private PeerStartUp() {}

  /**
   * Prints the table.
   *
   * @param args none; or a label of {@link Engine}, to print the line of {@link FirstCalls}
   * @throws IOException when there is no room for temporary files
   */
  static void main(String[] args) throws IOException {
    if (args.length == 0) {
      table();
    } else {
      long start = System.nanoTime();
      Peer peer = Engine.named(args[0]).unchecked(LayerShape.named(SHAPE), 1);
      FirstCalls.report(start, peer::run);
    }
  }

  private static void table() throws IOException {
    StartUp.main(new String[0]);
    for (Engine engine : Engine.values()) {
      if (engine.isPeer()) {
        List<String> process =
            ChildProcess.java(List.of(CACHE), PeerStartUp.class, List.of(engine.label()));
        ChildProcess.run(process);
        StartUp.row(SHAPE + ", " + engine.label(), process);
      }
    }
  }
}

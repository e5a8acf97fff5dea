package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table and curves of {@link StartUp} with those of the other engines, the latencies of steps,
 * and the processes of both.
 */
final class PeerStartUp {

  private static final List<String> STEPS = List.of("step-h64", "step-h256");

  /** Where native libraries are unpacked, by the first process: those that are measured find it. */
  private static final String CACHE =
      "-Dorg.bytedeco.javacpp.cachedir="
          + Path.of("bench/target/peer-logs/native").toAbsolutePath();

  private PeerStartUp() {}

  /**
   * Prints the table, and writes the curves and the latencies of steps into the document and the
   * page.
   *
   * @param args none; or a label of {@link Engine} and a name of {@link LayerShape}, to print what
   *     a process of {@link FirstCalls} prints; {@code busy} or {@code alone} behind them, to print
   *     what one of {@link StepLatency} prints
   * @throws IOException when there is no room for files
   */
  static void main(String[] args) throws IOException {
    if (args.length == 0) {
      report();
      return;
    }
    long start = System.nanoTime();
    Peer peer = Engine.named(args[0]).unchecked(LayerShape.named(args[1]), 1);
    if (args.length == 2) {
      FirstCalls.report(start, peer::run);
    } else {
      StepLatency.report(peer::run, args[2].equals("busy"));
    }
  }

  private static void report() throws IOException {
    StartUpReport report = new StartUpReport();
    StartUp.table(report);
    for (Engine engine : Engine.values()) {
      if (engine.isPeer()) {
        measured(engine.label(), () -> curve(report, engine));
      }
    }
    for (String step : STEPS) {
      for (String beside : List.of("alone", "busy")) {
        for (Engine engine : List.of(Engine.LANEWISE, Engine.ONNXRUNTIME)) {
          String name = engine.label() + ", " + step + ", " + beside;
          measured(name, () -> report.addLatency(name, process(engine, step, beside)));
        }
      }
    }
    Machine machine = Machine.here();
    String text =
        report.text(
            "%s, JDK %s, commit %s: `%s`."
                .formatted(machine.cpu(), machine.jdk(), machine.commit(), machine.command()));
    System.out.println(text);
    DocumentSection.START_UP.replace(PeerReport.DOCUMENT, text);
    HtmlReport.write(PeerReport.DOCUMENT, PeerReport.PAGE);
    System.out.println("Written to " + PeerReport.DOCUMENT + " and " + PeerReport.PAGE);
  }

  private static void curve(StartUpReport report, Engine engine) {
    List<String> process = process(engine, StartUp.SHAPE);
    ChildProcess.run(process); // unpacks its libraries
    report.add(engine.label(), StartUp.row(StartUp.SHAPE + ", " + engine.label(), process));
  }

  /** A process that ends badly is named, and costs its own numbers alone. */
  private static void measured(String name, Runnable work) {
    try {
      work.run();
    } catch (IllegalStateException e) {
      System.err.println(name + " is not measured: " + e.getMessage());
    }
  }

  private static List<String> process(Engine engine, String... args) {
    List<String> all = new ArrayList<>(List.of(engine.label()));
    all.addAll(List.of(args));
    return ChildProcess.java(List.of(CACHE), PeerStartUp.class, all);
  }
}

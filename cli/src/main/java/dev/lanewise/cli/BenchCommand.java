package dev.lanewise.cli;

import dev.lanewise.cli.bench.Bench;
import dev.lanewise.cli.bench.BenchJson;
import dev.lanewise.cli.bench.BenchShape;
import dev.lanewise.cli.bench.BenchTable;
import dev.lanewise.cli.bench.Cell;
import dev.lanewise.cli.bench.PublishedShapes;
import dev.lanewise.cli.bench.ThisMachine;
import dev.lanewise.kernels.Kernels;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lanewise bench}: what this machine does, in some seconds. */
@Command(
    name = "bench",
    description =
        "Time layers on this machine: time, GFLOP/s, and the share of what the kernels reach in the same run. Takes some 20"
            + " seconds; measure while nothing else runs.",
    footer = {"", BenchShape.FORMULA},
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--shapes",
      paramLabel = "LIST",
      description =
          "What to time, with commas between: names of published shapes, or your own by axes, such as B=1,T=100,F=64,H=256:"
              + " batch, timesteps, features, units. T=1 is a step of a stream; train:B=32,T=10,F=1,H=50 a training step."
              + " Names: step-h64, step-h256, step-h1024, seed-tiny, seed-torch, seq1-h128, mnist, mid, ds-512-b32, ds-1024-b1,"
              + " ds-1024-b64, long, train-sine, train-mnist, train-text, train-512, each with -gru behind it for a GRU."
              + " Default: some of each kind.")
  private @Nullable String shapes;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "lstm or gru: of all shapes. Default: as their names say, lstm of your own.")
  private @Nullable String layer;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Default: all cores. The ceilings are those of as many. Work too small to share stays on one of them.")
  private int threads;

  @Option(names = "--json", description = "As JSON, numbers unrounded, times in nanoseconds.")
  private boolean json;

  @Override
  public Integer call() {
    if (threads < 0) {
      throw new InputException("--threads " + threads + ": expected 1 or more, or 0 for all cores");
    }
    List<BenchShape> wanted = wanted(layer == null ? null : cell(layer));
    int processors = Runtime.getRuntime().availableProcessors();
    int most = threads == 0 ? processors : Math.min(threads, processors);
    ThisMachine machine = ThisMachine.here(Kernels.implementation(), most);
    Bench.Result result;
    try (BenchProgress progress = new BenchProgress("measuring")) {
      result = Bench.run(wanted, most, Bench.Pace.USUAL, progress::at);
    }
    System.out.println(json ? BenchJson.of(result, machine) : BenchTable.of(result, machine));
    return 0;
  }

  private List<BenchShape> wanted(@Nullable Cell cell) {
    if (shapes != null) {
      return BenchShapes.parse(shapes, cell);
    }
    return cell == null ? PublishedShapes.usual() : PublishedShapes.usual(cell);
  }

  private static Cell cell(String name) {
    return switch (name) {
      case "lstm" -> Cell.LSTM;
      case "gru" -> Cell.GRU;
      default -> throw new InputException("--layer " + name + ": expected lstm or gru");
    };
  }
}

package dev.lanewise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Times one engine on one shape by JMH, in a JVM of its own. */
final class PeerLaunch {

  /** Of processor time, of the warm-up of a quick launch at most: 5 s or so of two processors. */
  private static final int QUICK_SECONDS = 10;

  /** In seconds; a quick launch takes six where the engine is not at a loss. */
  private static final int QUICK_LIMIT = 60;

  /** In seconds; a full launch takes a minute. */
  private static final int FULL_LIMIT = 600;

  private final Path folder;
  private final Machine machine;
  private final boolean quick;

  /**
   * Of launches that leave their logs in a folder.
   *
   * @param folder made where it is not there
   */
  PeerLaunch(Path folder, Machine machine, boolean quick) {
    this.folder = folder.toAbsolutePath();
    this.machine = machine;
    this.quick = quick;
  }

  /** Runs it; a launch that failed says why. */
  Launch run(int round, Workload shape, Engine engine, int threads) {
    String name = shape.name() + "-" + threads + "-" + engine.label();
    Path log = folder.resolve(name + ".log");
    Path note = folder.resolve(name + ".note");
    Collection<RunResult> results;
    List<String> notes;
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(note);
      results = jmh(shape, engine, threads, log, note);
      notes = Files.exists(note) ? Files.readAllLines(note) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't note a launch in " + folder, e);
    } catch (RunnerException e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
    double peak =
        noted(notes, LaunchNote.PEAK).mapToDouble(Double::parseDouble).max().orElse(Double.NaN);
    double bytes =
        noted(notes, LaunchNote.BYTES).mapToDouble(Double::parseDouble).min().orElse(Double.NaN);
    String failure = noted(notes, LaunchNote.FAILURE).findFirst().orElse("");
    if (failure.isEmpty() && results.isEmpty()) {
      failure = "its JVM ended without a result: " + log;
    }
    double micros = Double.NaN;
    double p50 = Double.NaN;
    double p99 = Double.NaN;
    for (RunResult result : results) {
      Result<?> primary = result.getPrimaryResult();
      if (result.getParams().getMode() == Mode.SampleTime) {
        p50 = primary.getStatistics().getPercentile(50);
        p99 = primary.getStatistics().getPercentile(99);
      } else {
        micros = median(result);
      }
    }
    return new Launch(
        machine.commit(),
        quick ? "quick" : "full",
        round,
        engine.label(),
        shape.name(),
        threads,
        failure,
        micros,
        p50,
        p99,
        bytes,
        peak,
        machine.jdk(),
        machine.cpu());
  }

  private Collection<RunResult> jmh(Workload shape, Engine engine, int threads, Path log, Path note)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\b" + shape.benchmark().getSimpleName() + "\\b")
            .param("engine", engine.label())
            .param("shape", shape.name())
            .param("threads", Integer.toString(threads))
            .forks(1)
            .shouldFailOnError(false)
            .output(log.toString())
            .jvmArgsAppend(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("native"),
                "-D" + LaunchNote.PROPERTY + "=" + note,
                "-D" + LaunchLimit.PROPERTY + "=" + (quick ? QUICK_LIMIT : FULL_LIMIT));
    if (quick) {
      options
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(200))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(200))
          .jvmArgsPrepend("-D" + Settled.PROPERTY + "=" + QUICK_SECONDS);
      if (engine.isPeer()) {
        options.mode(Mode.AverageTime); // single steps are reported of ours alone
      }
    }
    return new Runner(options.build()).run();
  }

  private static Stream<String> noted(List<String> notes, String key) {
    return notes.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()));
  }

  private static double median(RunResult result) {
    double[] scores =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .sorted()
            .toArray();
    return Statistics.median(scores);
  }
}

package dev.lanewise.cli;

import dev.lanewise.cli.doctor.Diagnosis;
import dev.lanewise.cli.doctor.DoctorJson;
import dev.lanewise.cli.doctor.DoctorText;
import dev.lanewise.cli.doctor.Facts;
import dev.lanewise.cli.doctor.Finding;
import dev.lanewise.cli.doctor.Measurement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lanewise doctor}: which kernels this JVM runs, why, and what to change. */
@Command(
    name = "doctor",
    description =
        "Show which kernels this JVM runs, why, and what to change. Exit code 1 where something is wrong.",
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--no-measure",
      description = "Leave out what is measured, which takes some seconds.")
  private boolean noMeasure;

  @Option(names = "--json", description = "As JSON, numbers unrounded.")
  private boolean json;

  @Override
  public Integer call() {
    Facts facts = Facts.here();
    List<Finding> findings = Diagnosis.of(facts);
    Optional<Measurement> measured =
        noMeasure || !Measurement.isWorthwhile(facts)
            ? Optional.empty()
            : Optional.of(measurement(facts));
    System.out.println(
        json ? DoctorJson.of(facts, findings, measured) : DoctorText.of(facts, findings, measured));
    return findings.isEmpty() ? 0 : Failures.FAILED;
  }

  private static Measurement measurement(Facts facts) {
    try (BenchProgress progress = new BenchProgress()) {
      return Measurement.of(facts, progress::at);
    }
  }
}

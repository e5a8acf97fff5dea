package dev.lanewise.cli;

import dev.lanewise.cli.bench.ThisMachine;
import dev.lanewise.cli.bits.AllBits;
import dev.lanewise.cli.bits.BitsManifest;
import dev.lanewise.cli.doctor.BitsReport;
import dev.lanewise.cli.doctor.Diagnosis;
import dev.lanewise.cli.doctor.DoctorJson;
import dev.lanewise.cli.doctor.DoctorText;
import dev.lanewise.cli.doctor.Facts;
import dev.lanewise.cli.doctor.Finding;
import dev.lanewise.cli.doctor.Measurement;
import dev.lanewise.kernels.Kernels;
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

  @Option(
      names = "--bits",
      description =
          "Instead, run some 150 models, predicting and training, and compare their bits with those that they give on other"
              + " machines. Exit code 1 where one differs. Takes half a minute, on the scalar kernels longer.")
  private boolean bits;

  @Option(names = "--json", description = "As JSON, numbers unrounded.")
  private boolean json;

  @Override
  public Integer call() {
    return bits ? bits() : doctor();
  }

  private int bits() {
    ThisMachine machine = ThisMachine.here(Kernels.implementation(), 3);
    BitsReport report;
    try (BenchProgress progress = new BenchProgress("comparing")) {
      report = BitsReport.of(BitsManifest.read(), AllBits.of(progress::at));
    }
    System.out.println(json ? report.json(machine) : report.text(machine));
    return report.agrees() ? 0 : Failures.FAILED;
  }

  private int doctor() {
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
    try (BenchProgress progress = new BenchProgress("measuring")) {
      return Measurement.of(facts, progress::at);
    }
  }
}

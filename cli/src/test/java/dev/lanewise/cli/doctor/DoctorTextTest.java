package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.cli.bench.Bench;
import dev.lanewise.cli.bench.BenchRow;
import dev.lanewise.cli.bench.BenchRow.Bound;
import dev.lanewise.cli.bench.PublishedShapes;
import dev.lanewise.cli.doctor.ControlGroup.Quota;
import dev.lanewise.cli.doctor.Measurement.Reading;
import dev.lanewise.kernels.KernelFinding.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DoctorTextTest {
  private static String text(Facts facts) {
    return DoctorText.of(facts, Diagnosis.of(facts), Optional.empty());
  }

  private static BenchRow row(String shape, double nanos, double share, Bound bound) {
    return new BenchRow(PublishedShapes.named(shape).orElseThrow(), nanos, share, bound, 99.96);
  }

  @Test
  void saysWhatWasFoundAndThatNothingIsWrong() {
    assertEquals(
        """
        Kernels         vector, 512 bits
        Vector module   there
        Native access   given
        Vector width    kernels 512 bits, JVM 512 bits, processor 512 bits
        Multiply-add    one instruction
        JVM             OpenJDK 64-Bit Server VM, Somebody
        JDK             25.0.3+9
        Compilers       C1 and C2
        Collector       Serial
        Flags           -Xmx1g
        System          Linux amd64
        Processors      2 processors, A Processor
        Container       no limit of processors
        Memory          4096 MB, of which the heap takes up to 1024 MB
        Caches          L1 48 KB, L2 1.0 MB, L3 32 MB

        Nothing is wrong.""",
        text(SomeFacts.well()));
  }

  @Test
  void numbersWhatIsWrong() {
    Facts scalar = SomeFacts.scalar(Kind.NO_FMA);
    Facts facts =
        new Facts(
            scalar.choice(),
            "scalar",
            0,
            "",
            scalar.jvm(),
            SomeFacts.machine(1, new Quota(25_000, 100_000)));
    String text = text(facts);
    assertEquals(
        """
        1. What
           costs:  the cost
           change: The way out
        2. The container has 0.25 processors, and the JVM takes it for 1
           costs:  with one thread busy, every thread stands still for 75 of 100 ms, and a call that waits takes as much longer; \
        compilers are threads too, so it starts slowly
           change: Give the container 1 whole processor (--cpus of docker, limits.cpu of Kubernetes)""",
        text.substring(text.indexOf("1. ")));
  }

  @Test
  void showsWhatWasMeasured() {
    Bench.Result layers =
        new Bench.Result(
            List.of(
                row("step-h64", 1000, 0.5, Bound.WEIGHTS),
                row("seed-torch-gru", 200_000, 0.756, Bound.PRODUCTS)),
            3,
            190,
            0.254,
            List.of("seed-torch-gru"));
    Facts well = SomeFacts.well();
    String text =
        DoctorText.of(
            well,
            List.of(),
            Optional.of(
                new Measurement(
                    OptionalDouble.of(200),
                    List.of(new Reading(1, 372.6), new Reading(2, 99.96)),
                    layers)));
    assertEquals(
        """
        Measured on one thread
        multiply-adds     200.0 GFLOP/s  of a plain loop
        product           190.0 GFLOP/s  0.95 of that
        reading           L1 373, L2 100 GB/s
        lstm step          49.2 GFLOP/s  0.50 of reading, 1.000 us
        gru predict       118.0 GFLOP/s  0.76 of the product, 200.0 us
        Still being compiled, so too low: seed-torch-gru.
        Other processes had the processor in 25 % of the time: these are too low.

        Nothing is wrong.""",
        text.substring(text.indexOf("Measured")));
  }
}

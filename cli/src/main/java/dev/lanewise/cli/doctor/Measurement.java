package dev.lanewise.cli.doctor;

import dev.lanewise.cli.bench.Bench;
import dev.lanewise.cli.bench.BenchRow;
import dev.lanewise.cli.bench.BenchShape;
import dev.lanewise.cli.bench.MultiplyAdds;
import dev.lanewise.cli.bench.PublishedShapes;
import dev.lanewise.kernels.KernelFinding.Kind;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What this JVM reaches on one thread, measured in a few seconds.
 *
 * @param multiplyAdds gigaflops a second of a plain loop that C2 makes vectors of; empty where a
 *     fused multiply-add is no instruction
 * @param layers each kind of work, beside the product of the same run
 */
public record Measurement(OptionalDouble multiplyAdds, Bench.Result layers) {
  private static final List<BenchShape> SHAPES =
      Stream.of("step-h64", "step-h64-gru", "seed-torch", "seed-torch-gru", "train-sine")
          .map(name -> PublishedShapes.named(name).orElseThrow())
          .toList();

  /**
   * Whether there is anything to measure: an interpreter takes minutes, a refusal has no kernel.
   */
  public static boolean isWorthwhile(Facts facts) {
    return facts.choice().refusal().isEmpty()
        && facts.choice().findings().stream().noneMatch(f -> f.kind() == Kind.INTERPRETER);
  }

  /**
   * Measures.
   *
   * @param facts of this JVM
   */
  public static Measurement of(Facts facts, Bench.Listener listener) {
    Bench.Result layers = Bench.run(SHAPES, 1, Bench.Pace.QUICK, listener);
    return new Measurement(
        facts.jvm().fma() ? OptionalDouble.of(MultiplyAdds.rate()) : OptionalDouble.empty(),
        layers);
  }

  /** The product's rate as a part of that of multiply-adds; empty where there is none. */
  OptionalDouble productShare() {
    return multiplyAdds.stream().map(rate -> layers.arithmetic() / rate).findFirst();
  }

  /** Gigabytes a second at which the weights of the largest layer are read. */
  double reading() {
    return layers.rows().stream().mapToDouble(BenchRow::reading).min().orElseThrow();
  }
}

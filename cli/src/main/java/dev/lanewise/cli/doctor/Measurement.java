package dev.lanewise.cli.doctor;

import dev.lanewise.cli.bench.Bench;
import dev.lanewise.cli.bench.BenchShape;
import dev.lanewise.cli.bench.MultiplyAdds;
import dev.lanewise.cli.bench.PublishedShapes;
import dev.lanewise.cli.bench.ReadingRates;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What this JVM reaches on one thread, measured in a few seconds.
 *
 * @param multiplyAdds gigaflops a second of a plain loop that C2 makes vectors of; empty where a
 *     fused multiply-add is no instruction
 * @param reading gigabytes a second out of each cache
 * @param layers each kind of work, beside the product of the same run
 */
public record Measurement(OptionalDouble multiplyAdds, List<Reading> reading, Bench.Result layers) {

  /**
   * How fast memory is read.
   *
   * @param level of the cache
   * @param gigabytes a second
   */
  public record Reading(int level, double gigabytes) {}

  /** More than another cache holds. A large one is not filled: that takes its time. */
  private static final long MOST = 16 << 20;

  private static final List<BenchShape> SHAPES =
      Stream.of("step-h64", "step-h64-gru", "seed-torch", "seed-torch-gru", "train-sine")
          .map(name -> PublishedShapes.named(name).orElseThrow())
          .toList();

  /**
   * Whether there is anything to measure: an interpreter takes minutes, a refusal has no kernel.
   */
  public static boolean isWorthwhile(Facts facts) {
    return facts.choice().refusal().isEmpty() && !facts.jvm().compilers().equals(HotSpot.NONE);
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
        reading(facts.machine().caches()),
        layers);
  }

  /** Half of each: the other half is for what else there is. */
  private static List<Reading> reading(List<Cache> caches) {
    if (caches.isEmpty()) {
      return List.of();
    }
    List<Double> rates =
        ReadingRates.of(caches.stream().map(cache -> Math.min(MOST, cache.bytes() / 2)).toList());
    return IntStream.range(0, caches.size())
        .mapToObj(i -> new Reading(caches.get(i).level(), rates.get(i)))
        .toList();
  }

  /** The product's rate as a part of that of multiply-adds; empty where there is none. */
  OptionalDouble productShare() {
    return multiplyAdds.stream().map(rate -> layers.arithmetic() / rate).findFirst();
  }
}

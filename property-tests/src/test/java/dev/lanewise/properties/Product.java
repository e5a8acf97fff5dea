package dev.lanewise.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A matrix product: A (m, k), B (k, n), C (m, n).
 *
 * @param gap elements between the rows of every matrix
 * @param offset elements before the first
 * @param side where the vector kernel's operands are flush with an inaccessible page
 */
record Product(
    int m, int n, int k, int gap, int offset, Values values, GuardedArena.Side side, long seed) {

  static final class Any implements ArbitrarySupplier<Product> {
    @Override
    public Arbitrary<Product> get() {
      return Combinators.combine(
              // Tiles of rows, and now and then blocks of 256 rows.
              Arbitraries.frequencyOf(
                  Tuple.of(30, Arbitraries.integers().between(0, 20)),
                  Tuple.of(1, Arbitraries.integers().between(254, 262))),
              Arbitraries.integers().between(0, 150),
              // Blocks of 128 steps.
              Arbitraries.integers().between(0, 270),
              Arbitraries.integers().between(0, 4),
              Arbitraries.integers().between(0, 3),
              Arbitraries.of(Values.class),
              Arbitraries.of(GuardedArena.Side.class),
              Arbitraries.longs())
          .as(Product::new);
    }
  }
}

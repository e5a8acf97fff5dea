package dev.lanewise.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * A timestep of a recurrent cell.
 *
 * @param offset elements before the first of every operand
 * @param side where the vector kernel's operands are flush with an inaccessible page
 */
record CellStep(int rows, int units, int offset, Values values, GuardedArena.Side side, long seed) {

  static final class Any implements ArbitrarySupplier<CellStep> {
    @Override
    public Arbitrary<CellStep> get() {
      return Combinators.combine(
              Arbitraries.integers().between(0, 13),
              Arbitraries.integers().between(0, 140),
              Arbitraries.integers().between(0, 3),
              Arbitraries.of(Values.class),
              Arbitraries.of(GuardedArena.Side.class),
              Arbitraries.longs())
          .as(CellStep::new);
    }
  }
}

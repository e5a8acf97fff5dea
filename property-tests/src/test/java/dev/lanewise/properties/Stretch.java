package dev.lanewise.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * The operands of an elementwise kernel.
 *
 * @param n how many elements
 * @param offset elements before the first
 * @param gap one operand's offset less its predecessor's, so that no two are aligned alike
 * @param side where the vector kernel's operands are flush with an inaccessible page
 */
record Stretch(int n, int offset, int gap, Values values, GuardedArena.Side side, long seed) {

  int offset(int operand) {
    return offset + operand * gap;
  }

  static final class Any implements ArbitrarySupplier<Stretch> {
    @Override
    public Arbitrary<Stretch> get() {
      return Combinators.combine(
              Arbitraries.integers().between(0, 150),
              Arbitraries.integers().between(0, 5),
              Arbitraries.integers().between(0, 3),
              Arbitraries.of(Values.class),
              Arbitraries.of(GuardedArena.Side.class),
              Arbitraries.longs())
          .as(Stretch::new);
    }
  }
}

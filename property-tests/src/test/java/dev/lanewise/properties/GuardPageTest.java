package dev.lanewise.properties;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every law about one kernel and the scalar one at every size up to a few vectors, where the laws
 * themselves only try some. The vector kernels' operands are flush against inaccessible pages: one
 * byte too far kills the JVM of the tests.
 */
class GuardPageTest {

  @BeforeEach
  void onLinuxOnly() {
    assumeTrue(GuardedArena.isSupported());
  }

  @ParameterizedTest
  @EnumSource
  void elementwiseKernelsStayInside(GuardedArena.Side side) {
    for (int n = 0; n <= 131; n++) {
      Stretch s = new Stretch(n, 0, 0, Values.SMALL, side, n);
      for (boolean inPlace : new boolean[] {false, true}) {
        new ActivationProperties().allVectorIsScalarBitForBit(s, inPlace);
      }
      new AddScaledProperties().vectorIsScalarBitForBit(s, 0.5f);
      new AddSignProperties().vectorIsScalarBitForBit(s, 0.5f);
      new MultiplyProperties().vectorIsScalarBitForBit(s);
      new SumOfMagnitudesProperties().vectorIsScalarBitForBit(s);
      new SumOfSquaresProperties().vectorIsScalarBitForBit(s);
      new AdamUpdateProperties().vectorIsScalarBitForBit(s, 1e-3f, 0.1f, 1e-3f);
      new MomentumUpdateProperties().vectorIsScalarBitForBitOfNesterov(s, 1e-3f, 0.9f);
      new RmsPropUpdateProperties().vectorIsScalarBitForBit(s, 1e-3f, 0.1f, true, false);
      new RmsPropUpdateProperties().vectorIsScalarBitForBit(s, 1e-3f, 0.1f, false, true);
      new ClipProperties().vectorIsScalarBitForBit(s, 0.5f);
      new ClipProperties().theGradientOnVectorsIsTheScalarOneBitForBit(s, 0.5f);
      new MaximumProperties().vectorIsScalarBitForBit(s);
      new LstmCellProperties().vectorIsScalarBitForBitOfTheCellState(s);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsStayInside(GuardedArena.Side side) {
    for (int n = 0; n <= 131; n++) {
      for (int m : new int[] {0, 1, 2, 3, 4, 5, 9}) {
        for (int k : new int[] {0, 1, 17}) {
          Product p = new Product(m, n, k, 1, 0, Values.SMALL, side, n);
          new SgemmProperties().allVectorIsScalarBitForBit(p);
        }
        Product p = new Product(m, n, 0, 1, 0, Values.SMALL, side, n);
        new ColumnSumsProperties().vectorIsScalarBitForBit(p);
        new ColumnMomentsProperties().vectorIsScalarBitForBit(p);
        new RowNormalizationProperties().vectorIsScalarBitForBitOfTheWeights(p);
        Stretch s = new Stretch(n, 0, 0, Values.SMALL, side, n);
        new RowNormalizationProperties().vectorIsScalarBitForBitForward(s, m);
        new RowNormalizationProperties().vectorIsScalarBitForBitBackward(s, m);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void cellsStayInside(GuardedArena.Side side) {
    for (int units = 0; units <= 68; units++) {
      for (int rows : new int[] {0, 1, 2, 3, 4, 5, 9}) {
        CellStep s = new CellStep(rows, units, 0, Values.SMALL, side, units);
        new LstmCellProperties().vectorIsScalarBitForBitForward(s);
        new LstmCellProperties().vectorIsScalarBitForBitBackward(s);
        new GruCellProperties().vectorIsScalarBitForBitForward(s);
        new GruCellProperties().vectorIsScalarBitForBitBackward(s);
        new SgemmProperties().vectorIsScalarBitForBitInGates(s, 3, 19, true);
        new SgemmProperties().vectorIsScalarBitForBitInGates(s, 4, 19, true);
      }
    }
  }
}

package dev.lanewise.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The expected texts are NumPy's own, from {@code str(array)} of the same float32 array. */
class PrintingTest {
  private static String print(float... values) {
    return Tensor.of(values, values.length).toString();
  }

  @Test
  void alignsTheDecimalPoints() {
    assertEquals("[ 1.     2.5   -3.125]", print(1, 2.5f, -3.125f));
    assertEquals("[0.1        0.2        0.33333334]", print(0.1f, 0.2f, 1 / 3f));
    assertEquals("[0.00012346 0.1       ]", print(0.00012345678f, 0.1f));
    assertEquals("[ 0. -0.]", print(0, -0f));
  }

  @Test
  void writesExponentsWhereTheRangeIsWide() {
    assertEquals("[ 1.0e+00  2.5e+10 -3.0e-05]", print(1, 2.5e10f, -3e-5f));
    assertEquals("[5.e-01 6.e+02]", print(0.5f, 600));
    assertEquals("[ 3.4028235e+38 -1.0000000e+00]", print(3.4028235e38f, -1));
    assertEquals("[1.2345678e+07 1.6777216e+07]", print(12345678, 16777216));
    assertEquals("[0.0e+00 1.0e-10 2.5e-10]", print(0, 1e-10f, 2.5e-10f));
  }

  @Test
  void alignsWhatIsNotANumber() {
    assertEquals("[ nan   1. -inf]", print(Float.NaN, 1, Float.NEGATIVE_INFINITY));
    assertEquals("[nan inf]", print(Float.NaN, Float.POSITIVE_INFINITY));
    assertEquals("[    nan  1.e+10 -1.e+00]", print(Float.NaN, 1e10f, -1));
  }

  @Test
  void nestsTheBrackets() {
    assertEquals("3.5", Tensor.of(new float[] {3.5f}).toString());
    assertEquals("[[0. 1. 2.]\n [3. 4. 5.]]", Tensor.arange(6).reshape(2, 3).toString());
    assertEquals(
        """
        [[[ 0.  1.  2.]
          [ 3.  4.  5.]]

         [[ 6.  7.  8.]
          [ 9. 10. 11.]]]""",
        Tensor.arange(12).reshape(2, 2, 3).toString());
    assertEquals("[[0. 3.]\n [1. 4.]\n [2. 5.]]", Tensor.arange(6).reshape(2, 3).transpose() + "");
  }

  @Test
  void wrapsLongRows() {
    assertEquals(
        """
        [ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.
         18. 19. 20. 21. 22. 23. 24. 25. 26. 27. 28. 29.]""",
        Tensor.arange(30).toString());
    Tensor sevenths = Tensor.arange(40);
    for (int i = 0; i < 40; i++) {
      sevenths.set(i / 7f, i);
    }
    assertEquals(
        """
        [[0.         0.14285715 0.2857143  0.42857143 0.5714286  0.71428573
          0.85714287 1.         1.1428572  1.2857143  1.4285715  1.5714285
          1.7142857  1.8571428  2.         2.142857   2.2857144  2.4285715
          2.5714285  2.7142856 ]
         [2.857143   3.         3.142857   3.2857144  3.4285715  3.5714285
          3.7142856  3.857143   4.         4.142857   4.285714   4.428571
          4.571429   4.714286   4.857143   5.         5.142857   5.285714
          5.428571   5.571429  ]]""",
        sevenths.reshape(2, 20).toString());
  }

  @Test
  void summarisesLongTensorsAndSaysTheirShape() {
    assertEquals(
        "[   0.    1.    2. ...  998.  999. 1000.] shape=(1001)", Tensor.arange(1001).toString());
    assertEquals(
        """
        [[0.000e+00 1.000e+00 2.000e+00 ... 5.970e+02 5.980e+02 5.990e+02]
         [6.000e+02 6.010e+02 6.020e+02 ... 1.197e+03 1.198e+03 1.199e+03]] shape=(2, 600)""",
        Tensor.arange(1200).reshape(2, 600).toString());
    assertEquals(
        """
        [[[0. 0.]]

         [[0. 0.]]

         [[0. 0.]]

         ...

         [[0. 0.]]

         [[0. 0.]]

         [[0. 0.]]] shape=(501, 1, 2)""",
        Tensor.zeros(501, 1, 2).toString());
  }

  @Test
  void saysTheShapeOfWhatIsEmpty() {
    assertEquals("[] shape=(3, 0)", Tensor.zeros(3, 0).toString());
  }
}

package dev.lanewise.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Writes numbers with so many digits, wherever their point stands. Reads none. */
final class SignificantDigits extends NumberFormat {
  private static final long serialVersionUID = 1;

  /** Beyond so many digits before or behind the point there is an exponent. */
  private static final int PLAIN = 10;

  private final int digits;

  SignificantDigits(int digits) {
    this.digits = digits;
  }

  @Override
  public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
    if (!Double.isFinite(number)) {
      return to.append(number);
    }
    BigDecimal exact = new BigDecimal(number);
    int before = exact.precision() - exact.scale();
    BigDecimal rounded = exact.round(new MathContext(Math.max(digits, Math.min(before, PLAIN))));
    BigDecimal shortest = number == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    boolean plain = Math.abs(before) <= PLAIN;
    return to.append(plain ? shortest.toPlainString() : shortest.toString());
  }

  @Override
  public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
    return format((double) number, to, position);
  }

  @Override
  public Number parse(String text, ParsePosition position) {
    throw new UnsupportedOperationException();
  }
}

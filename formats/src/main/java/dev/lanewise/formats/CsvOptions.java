package dev.lanewise.formats;

import dev.lanewise.formats.csv.CsvErrors;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * What {@link CsvTable#read(java.nio.file.Path, CsvOptions)} is told of a table instead of finding
 * it: each setting that is not given is found. Immutable.
 */
public final class CsvOptions {
  private static final CsvOptions DEFAULTS = builder().build();

  private final Optional<Character> separator;
  private final Optional<Character> decimal;
  private final Optional<Charset> charset;
  private final Optional<Boolean> header;
  private final List<String> missing;

  private CsvOptions(Builder from) {
    this.separator = from.separator;
    this.decimal = from.decimal;
    this.charset = from.charset;
    this.header = from.header;
    this.missing = from.missing;
  }

  /**
   * The defaults: all is found.
   *
   * @return the options
   */
  public static CsvOptions of() {
    return DEFAULTS;
  }

  /**
   * A builder that begins with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What stands between the cells.
   *
   * @return empty where it is found
   */
  public Optional<Character> separator() {
    return separator;
  }

  /**
   * What stands before the decimals of a number.
   *
   * @return a point or a comma; empty where it is found
   */
  public Optional<Character> decimal() {
    return decimal;
  }

  /**
   * How the bytes are text.
   *
   * @return empty where it is found
   */
  public Optional<Charset> charset() {
    return charset;
  }

  /**
   * Whether the first row of the table names the columns.
   *
   * @return empty where it is found
   */
  public Optional<Boolean> header() {
    return header;
  }

  /**
   * The cells that stand for a value that is missing, beside those that always do.
   *
   * @return none by default
   */
  public List<String> missing() {
    return missing;
  }

  /**
   * Shows the settings.
   *
   * @return for instance {@code CsvOptions[separator=;, decimal=found, charset=found, header=found,
   *     missing=[-200]]}
   */
  @Override
  public String toString() {
    return "CsvOptions[separator="
        + shown(separator)
        + ", decimal="
        + shown(decimal)
        + ", charset="
        + shown(charset)
        + ", header="
        + shown(header)
        + ", missing="
        + missing
        + "]";
  }

  private static String shown(Optional<?> setting) {
    return setting.map(Object::toString).orElse("found");
  }

  /** Collects the settings of {@link CsvOptions}. Not thread-safe. */
  public static final class Builder {
    private Optional<Character> separator = Optional.empty();
    private Optional<Character> decimal = Optional.empty();
    private Optional<Charset> charset = Optional.empty();
    private Optional<Boolean> header = Optional.empty();
    private List<String> missing = List.of();

    private Builder() {}

    /**
     * Sets what stands between the cells. Runs of blanks count as one.
     *
     * @param character for instance a comma, a semicolon, a tab or a blank
     * @return this
     * @throws IllegalArgumentException when it is a letter, a digit, a quote, a line end, or one of
     *     {@code . + -}
     */
    public Builder separator(char character) {
      if (Character.isLetterOrDigit(character) || "\"\r\n.+-\0".indexOf(character) >= 0) {
        throw CsvErrors.separatorOption(character);
      }
      this.separator = Optional.of(character);
      return this;
    }

    /**
     * Sets what stands before the decimals of a number; the other of the two then stands between
     * thousands. A column that can be read in one way alone, as {@code 1.5}, is read in that way.
     *
     * @param mark a point or a comma
     * @return this
     * @throws IllegalArgumentException when it is another character
     */
    public Builder decimal(char mark) {
      if (mark != '.' && mark != ',') {
        throw CsvErrors.decimalOption(mark);
      }
      this.decimal = Optional.of(mark);
      return this;
    }

    /**
     * Sets how the bytes are text. Bytes that are not are then an error.
     *
     * @param encoding by default UTF-8, or UTF-16 where the file begins with its mark, or
     *     windows-1252 where it is neither
     * @return this
     */
    public Builder charset(Charset encoding) {
      this.charset = Optional.of(encoding);
      return this;
    }

    /**
     * Sets whether the first row of the table names the columns. Without it they are named c1, c2
     * and so on.
     *
     * @param first whether it does
     * @return this
     */
    public Builder header(boolean first) {
      this.header = Optional.of(first);
      return this;
    }

    /**
     * Sets the cells that stand for a value that is missing, beside those that always do. A code
     * that is a number is every cell of the same value: {@code -200} is {@code -200,0} too.
     *
     * @param codes none by default. Copied
     * @return this
     */
    public Builder missing(List<String> codes) {
      this.missing = codes.stream().map(String::strip).toList();
      return this;
    }

    /**
     * The options.
     *
     * @return new options
     */
    public CsvOptions build() {
      return new CsvOptions(this);
    }
  }
}

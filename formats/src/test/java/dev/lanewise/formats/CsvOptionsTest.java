package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refusedArgument;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvOptionsTest {
  @Test
  void keepsWhatIsGivenAndFindsTheRest() {
    CsvOptions options =
        CsvOptions.builder()
            .separator(';')
            .decimal(',')
            .charset(StandardCharsets.ISO_8859_1)
            .header(false)
            .missing(List.of(" -200 ", "x"))
            .build();
    assertEquals(Optional.of(';'), options.separator());
    assertEquals(Optional.of(','), options.decimal());
    assertEquals(List.of("-200", "x"), options.missing());
    assertEquals(
        "CsvOptions[separator=;, decimal=,, charset=ISO-8859-1, header=false, missing=[-200, x]]",
        options.toString());
    assertEquals(
        "CsvOptions[separator=found, decimal=found, charset=found, header=found, missing=[]]",
        CsvOptions.of().toString());
    assertEquals(Optional.empty(), CsvOptions.of().header());
  }

  @Test
  void refusesMarksThatCannotBeMeant() {
    refusedArgument(
        "CsvOptions: separator must be a sign such as , or ; got \"a\"",
        () -> CsvOptions.builder().separator('a'));
    refusedArgument(
        "CsvOptions: separator must be a sign such as , or ; got \"\\n\"",
        () -> CsvOptions.builder().separator('\n'));
    refusedArgument(
        "CsvOptions: decimal must be . or , got \";\"", () -> CsvOptions.builder().decimal(';'));
  }
}

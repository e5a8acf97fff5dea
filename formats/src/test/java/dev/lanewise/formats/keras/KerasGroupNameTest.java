package dev.lanewise.formats.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which groups of a {@code .keras} archive the first three layers of a class have. */
class KerasGroupNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lstm lstm_1 lstm_2 | lstm lstm_1 lstm_2",
        "lstm_2 lstm_4 dense lstm | lstm lstm_2 lstm_4",
        "lstm_10 lstm_9 lstm | lstm lstm_9 lstm_10",
        "dense lstm_cell lstm_x conv_lstm | lstm lstm_1 lstm_2",
        // The arrays of one layer are never those of another too.
        "lstm_1 lstm_2 | lstm_1 lstm_2 lstm_3",
      })
  void followTheOrderOfTheirNumbers(String names, String expected) {
    List<String> all = List.of(names.split(" ", -1));
    List<String> got =
        IntStream.range(0, 3)
            .mapToObj(i -> new KerasGroupName("lstm", i))
            .map(name -> name.in(name.ordered(all)))
            .toList();
    assertEquals(List.of(expected.split(" ", -1)), got);
  }
}

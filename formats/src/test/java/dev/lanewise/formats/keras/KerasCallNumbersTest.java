package dev.lanewise.formats.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which number on files count the calls of a model within a model. */
class KerasCallNumbersTest {
  /** The numbers in calls and in outputs; then those that they stand for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Keras 3, a graph
        "true | false | 2 | 0 1 | 1 | 0 1 | 0",
        "true | false | 2 | 0 | 2 | 0 | 1",
        "true | false | 2 | 0 | 1 | 0 | 1", // as if no version had the call of its own
        "true | false | 1 | | 1 | | 0",
        // Keras 3, a chain
        "true | true | 2 | 0 | 0 1 | 0 | 0 1",
        "true | true | 1 | | 1 | | 0",
        // Keras 2 and TensorFlow.js, then Keras 1
        "false | true | 2 | 1 | 2 | 0 | 1",
        "false | true | 1 | 1 | | 0 |",
        "false | true | 2 | 0 | 1 | 0 | 1",
      })
  void areToldByTheNumbersThemselves(
      boolean isKeras3,
      boolean isChain,
      int count,
      String calls,
      String outputs,
      String ofCalls,
      String ofOutputs) {
    KerasCall call = new KerasCall(List.of(), List.of(), Map.of(), isKeras3);
    KerasCallNumbers numbers = new KerasCallNumbers(Collections.nCopies(count, call), isChain);
    all(calls).forEach(number -> numbers.note(number, false));
    all(outputs).forEach(number -> numbers.note(number, true));
    numbers.settle();
    assertEquals(all(ofCalls), all(calls).stream().map(at -> numbers.call(at, false)).toList());
    assertEquals(all(ofOutputs), all(outputs).stream().map(at -> numbers.call(at, true)).toList());
  }

  private static List<Integer> all(String numbers) {
    return numbers == null
        ? List.of()
        : List.of(numbers.split(" ", -1)).stream().map(Integer::valueOf).toList();
  }
}

package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNamesTest {

  @Test
  void countsPastTheNamesThatAreTaken() {
    List<Layer> layers =
        LayerNames.complete(
            List.of(
                Dense.of(1),
                Dense.of(1).named("dense_2"),
                Lstm.of(1),
                Dense.of(1),
                Dense.of(1),
                Lstm.of(1).named("lstm"),
                Dense.of(1).named("dense_1_1")));
    assertEquals(
        List.of("dense", "dense_2", "lstm_1", "dense_1", "dense_3", "lstm", "dense_1_1"),
        layers.stream().map(Layer::name).toList());
  }

  /** Counting from 1 for each layer takes half a minute for so many. */
  @Test
  void namesManyLayersInTimeThatGrowsWithTheirNumber() {
    List<Layer> many = Collections.nCopies(50_000, Dense.of(1));
    List<Layer> named = assertTimeout(Duration.ofSeconds(5), () -> LayerNames.complete(many));
    assertEquals("dense_49999", named.getLast().name());
  }
}

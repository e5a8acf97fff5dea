package dev.lanewise.examples.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamStateException;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.FloatDeserializer;
import org.apache.kafka.common.serialization.FloatSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedScoresTest {
  private static final String APPLICATION = "scores-of-sensors";
  private static final int KEYS = 5;
  private static final int READINGS = 300;

  /** What Kafka keeps of the store, and gives to whoever takes the task over. */
  private static final String CHANGELOG = APPLICATION + "-" + Scorer.STATES + "-changelog";

  @TempDir Path directory;

  /** A new one each time, as each process has. */
  private static Predictor predictor(long seed) {
    Lstm lstm = Lstm.builder(16).returnSequences(true).build();
    return Sequential.of(lstm, Gru.of(8), Dense.of(1)).build(1, seed).predictor();
  }

  /** A run of the program, from its start to its end. */
  private final class Run implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, Float> readings;

    /** Where others have been before, with what they left in the changelog. */
    Run(Predictor predictor, String machine, Map<String, byte[]> changelog) {
      Properties properties = new Properties();
      properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
      properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
      properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(machine).toString());
      driver = new TopologyTestDriver(KeyedScores.topology(predictor), properties);
      readings =
          driver.createInputTopic(
              KeyedScores.READINGS, new StringSerializer(), new FloatSerializer());
      changelog.forEach(states()::put);
    }

    KeyValueStore<String, byte[]> states() {
      return driver.getKeyValueStore(Scorer.STATES);
    }

    List<KeyValue<String, Float>> scores(List<KeyValue<String, Float>> values) {
      readings.pipeKeyValueList(values);
      return driver
          .createOutputTopic(KeyedScores.SCORES, new StringDeserializer(), new FloatDeserializer())
          .readKeyValuesToList();
    }

    Map<String, byte[]> changelog() {
      return driver
          .createOutputTopic(CHANGELOG, new StringDeserializer(), new ByteArrayDeserializer())
          .readKeyValuesToMap();
    }

    @Override
    public void close() {
      driver.close();
    }
  }

  private static List<KeyValue<String, Float>> readings() {
    SplittableRandom random = new SplittableRandom(4);
    List<KeyValue<String, Float>> all = new ArrayList<>();
    for (int i = 0; i < READINGS; i++) {
      all.add(KeyValue.pair("sensor-" + random.nextInt(KEYS), random.nextFloat()));
    }
    return all;
  }

  private static Map<String, List<Float>> byKey(List<KeyValue<String, Float>> all) {
    Map<String, List<Float>> each = new TreeMap<>();
    all.forEach(one -> each.computeIfAbsent(one.key, _ -> new ArrayList<>()).add(one.value));
    return each;
  }

  private static float[] array(List<Float> numbers) {
    float[] array = new float[numbers.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = numbers.get(i);
    }
    return array;
  }

  /** The score after each reading is the prediction of the sequence so far. */
  private static void assertPredicted(
      List<KeyValue<String, Float>> readings, List<KeyValue<String, Float>> scores) {
    Predictor predictor = predictor(7);
    Map<String, List<Float>> got = byKey(scores);
    byKey(readings)
        .forEach(
            (key, values) -> {
              float[] expected = new float[values.size()];
              for (int i = 0; i < expected.length; i++) {
                float[] soFar = array(values.subList(0, i + 1));
                Tensor y = predictor.predict(Tensor.of(soFar, 1, i + 1, 1));
                expected[i] = y.get(0, 0);
              }
              assertArrayEquals(expected, array(got.get(key)), key);
            });
    assertEquals(readings.size(), scores.size());
  }

  @Test
  void eachKeyIsASequenceOfItsOwn() {
    List<KeyValue<String, Float>> readings = readings();
    try (Run run = new Run(predictor(7), "a", Map.of())) {
      assertPredicted(readings, run.scores(readings));
    }
  }

  /** Ends at every 50th reading, and begins again on another machine from the changelog. */
  @Test
  void goesOnAfterARestartToTheSameBits() {
    List<KeyValue<String, Float>> readings = readings();
    List<KeyValue<String, Float>> scores = new ArrayList<>();
    Map<String, byte[]> changelog = new TreeMap<>();
    for (int from = 0; from < READINGS; from += 50) {
      try (Run run = new Run(predictor(7), "machine-" + from, changelog)) {
        scores.addAll(run.scores(readings.subList(from, from + 50)));
        changelog.putAll(run.changelog());
      }
    }
    assertEquals(KEYS, changelog.size());
    assertPredicted(readings, scores);
  }

  @Test
  void aReadingWithoutAValueEndsTheSequence() {
    KeyValue<String, Float> one = KeyValue.pair("sensor", 0.5f);
    KeyValue<String, Float> end = KeyValue.pair("sensor", null);
    try (Run run = new Run(predictor(7), "a", Map.of())) {
      List<KeyValue<String, Float>> scores = run.scores(List.of(one, one, end, one));
      assertEquals(3, scores.size());
      assertEquals(scores.get(0), scores.get(2));
      assertTrue(!scores.get(0).equals(scores.get(1)));
      run.scores(List.of(end));
      assertNull(run.states().get("sensor"));
      assertNull(run.changelog().get("sensor"));
    }
  }

  /** A state says which model it is of, so that no sequence goes on with another. */
  @Test
  void anotherModelOverTheSameStoreIsRefused() {
    List<KeyValue<String, Float>> one = List.of(KeyValue.pair("sensor", 0.5f));
    Map<String, byte[]> changelog;
    try (Run run = new Run(predictor(7), "a", Map.of())) {
      run.scores(one);
      changelog = run.changelog();
    }
    try (Run run = new Run(predictor(8), "b", changelog)) {
      Throwable refused = assertThrows(RuntimeException.class, () -> run.scores(one));
      while (refused.getCause() != null) {
        refused = refused.getCause();
      }
      assertEquals(StreamStateException.class, refused.getClass());
      assertTrue(refused.getMessage().contains(predictor(7).fingerprint()), refused.getMessage());
      assertTrue(refused.getMessage().contains(predictor(8).fingerprint()), refused.getMessage());
      assertArrayEquals(changelog.get("sensor"), run.states().get("sensor"));
    }
  }
}

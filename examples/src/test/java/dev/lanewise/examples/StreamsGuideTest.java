package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.lstm.StreamStateException;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code and the numbers of docs/streams.md. */
class StreamsGuideTest {
  private static final Path GUIDE = Checked.DOCS.resolve("streams.md");

  private final Sequential model = Sequential.of(Lstm.of(64), Dense.of(1)).build(3, 42);
  private final Predictor predictor = model.predictor();

  @TempDir Path directory;

  /** The prediction of the first steps of a sequence. */
  private float[] whole(Tensor x, int steps) {
    return predictor.predict(x.slice(1, 0, steps)).toArray();
  }

  @Test
  void aStreamGoesOnFromAFile() throws IOException {
    Path file = directory.resolve("state");
    Tensor x = Data.uniform(1, 1, 5, 3);
    Tensor today = x.select(1, 0);
    Tensor tomorrow = x.select(1, 1);
    Tensor y = Tensor.zeros(1, 1);
    // guide: keep
    Stream stream = predictor.stream(1); // one sequence, from the state 0
    stream.step(today, y);
    Files.write(file, stream.save().toBytes());
    // guide: end
    assertArrayEquals(whole(x, 1), y.toArray());
    // guide: read
    Stream next = predictor.stream(1);
    next.restore(predictor.readState(Files.readAllBytes(file)));
    next.step(tomorrow, y); // the bits that stream.step(tomorrow, y) would have given
    // guide: end
    assertArrayEquals(whole(x, 2), y.toArray());
  }

  // guide: keys
  /** One a thread; the predictor and a store that is safe for threads may be shared. */
  static final class Keyed {
    private final Predictor predictor;
    private final Map<String, byte[]> store;
    private final Stream stream; // for whichever key is next
    private final Tensor y = Tensor.zeros(1, 1);

    Keyed(Predictor predictor, Map<String, byte[]> store) {
      this.predictor = predictor;
      this.store = store;
      this.stream = predictor.stream(1);
    }

    /** The score after the next row (1, features) of a key. */
    float step(String key, Tensor row) {
      byte[] kept = store.get(key);
      if (kept == null) {
        stream.reset();
      } else {
        stream.restore(predictor.readState(kept));
      }
      stream.step(row, y);
      store.put(key, stream.save().toBytes());
      return y.get(0, 0);
    }
  }

  // guide: end

  @Test
  void eachKeyIsASequenceOfItsOwn() {
    Map<String, byte[]> store = new HashMap<>();
    Tensor x = Data.uniform(2, 3, 4, 3);
    for (int step = 0; step < 4; step++) {
      Keyed keyed = new Keyed(predictor, store);
      for (int key = 0; key < 3; key++) {
        Tensor own = x.slice(0, key, key + 1);
        float score = keyed.step("key " + key, own.select(1, step));
        assertArrayEquals(whole(own, step + 1), new float[] {score});
      }
    }
  }

  @Test
  void manyKeysGoThroughInOneBatch() {
    Map<String, byte[]> store = new HashMap<>();
    List<String> keys = List.of("a", "b", "c");
    Tensor all = Data.uniform(3, 3, 6, 3);
    Prediction begun = predictor.predictWithState(all.slice(1, 0, 2));
    for (int i = 0; i < 3; i++) {
      store.put(keys.get(i), begun.state().split().get(i).toBytes());
    }
    Tensor x = all.slice(1, 2, 6);
    // guide: batch
    // x: (keys, timesteps, features), the next steps of each key
    List<StreamState> before =
        keys.stream().map(key -> predictor.readState(store.get(key))).toList();
    Prediction next = predictor.predictWithState(x, StreamState.join(before));
    List<StreamState> after = next.state().split();
    for (int i = 0; i < keys.size(); i++) {
      store.put(keys.get(i), after.get(i).toBytes());
    }
    // guide: end
    assertArrayEquals(whole(all, 6), next.y().toArray());
    assertArrayEquals(
        predictor.predictWithState(all.slice(0, 1, 2)).state().toBytes(), store.get("b"));
  }

  @Test
  void anotherModelTellsWhoseAStateIs() {
    byte[] bytes = predictor.stream(1).save().toBytes();
    Predictor trained = Sequential.of(Lstm.of(64), Dense.of(1)).build(3, 43).predictor();
    // guide: upgrade
    Stream stream = trained.stream(1);
    try {
      stream.restore(trained.readState(bytes));
    } catch (StreamStateException other) { // the message says of which model it is
      stream.reset(); // the sequence begins anew
    }
    // guide: end
    String message =
        assertThrows(StreamStateException.class, () -> trained.readState(bytes)).getMessage();
    String guide = Checked.read(GUIDE).replaceAll("\\s+", " ");
    assertTrue(guide.contains(message), message);
    assertEquals(0, stream.save().h().getFirst().get(0, 0));
  }

  @Test
  void narrowWeightsTakeAStateOver() {
    byte[] bytes = predictor.stream(1).save().toBytes();
    // guide: narrow
    PredictorOptions options = PredictorOptions.builder().weights(WeightFormat.BFLOAT16).build();
    Stream narrow = model.predictor(options).stream(1);
    narrow.restore(predictor.readState(bytes)); // read where it is from, taken over here
    // guide: end
    assertEquals(bytes.length, narrow.save().toBytes().length);
    assertThrows(StreamStateException.class, () -> model.predictor(options).readState(bytes));
  }

  /** The table of what a state costs. */
  @Test
  void statesAreAsLargeAsTheGuideSays() {
    Lstm every = Lstm.builder(256).returnSequences(true).build();
    Map<String, Sequential> models =
        Map.of(
            "`Lstm.of(64)`", Sequential.of(Lstm.of(64)),
            "`Gru.of(64)`", Sequential.of(Gru.of(64)),
            "two `Lstm` of 256", Sequential.of(every, Lstm.of(256)),
            "`Lstm` of 256, projection 64",
                Sequential.of(Lstm.builder(256).projection(64).build()));
    Pattern row = Pattern.compile("^\\| (.+?) \\| ([0-9,]+) \\| .*\\|$", Pattern.MULTILINE);
    List<MatchResult> rows = row.matcher(Checked.read(GUIDE)).results().toList();
    int found = 0;
    for (MatchResult each : rows) {
      Sequential of = models.get(each.group(1));
      if (of != null) {
        found++;
        int bytes = of.build(1, 1).predictor().stream(1).save().toBytes().length;
        assertEquals(each.group(2).replace(",", ""), Integer.toString(bytes), each.group());
      }
    }
    assertEquals(models.size(), found);
  }
}

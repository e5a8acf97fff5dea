package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** States as bytes, apart and together. */
class StreamStateTest {
  private static final int BATCH = 3;
  private static final int STEPS = 6;
  private static final String LOST =
      ". Keep all that StreamState.toBytes gave; what is lost begins anew, as a new stream does";

  private static Recurrent every(Recurrent layer) {
    return switch (layer) {
      case Lstm lstm -> lstm.toBuilder().returnSequences(true).build();
      case Gru gru -> gru.toBuilder().returnSequences(true).build();
      case SimpleRnn rnn -> rnn.toBuilder().returnSequences(true).build();
    };
  }

  private static Model chain(Layer... layers) {
    return Sequential.of(layers).build(2, 7);
  }

  static List<Model> models() {
    Value x = Input.sequences("x", 2);
    Recurrent twin = every(SimpleRnn.of(2));
    return List.of(
        chain(Lstm.of(5), Dense.of(1)),
        chain(Gru.of(4)),
        chain(SimpleRnn.of(3)),
        chain(Lstm.builder(6).projection(2).build()),
        chain(Lstm.builder(4).peepholes(true).coupledGates(true).build()),
        chain(Lstm.builder(4).learnedInitialState(true).build()),
        chain(every(Lstm.of(3)), every(Gru.of(5)), Dense.of(2), every(SimpleRnn.of(4)), Lstm.of(1)),
        Model.of(x, Add.of().apply(twin.apply(x), twin.apply(every(Lstm.of(2)).apply(x)))).build(7),
        chain(Dense.of(2)));
  }

  private static float[] numbers(StreamState state) {
    List<float[]> all =
        java.util.stream.Stream.concat(state.h().stream(), state.c().stream())
            .map(Tensor::toArray)
            .toList();
    float[] joined = new float[all.stream().mapToInt(each -> each.length).sum()];
    int at = 0;
    for (float[] each : all) {
      System.arraycopy(each, 0, joined, at, each.length);
      at += each.length;
    }
    return joined;
  }

  @ParameterizedTest
  @MethodSource("models")
  void aStreamGoesOnFromBytesToTheSameBits(Model model) {
    Tensor x = ReferenceModel.random(3, BATCH, STEPS, 2);
    int width = Math.toIntExact(model.predictor().predict(x).dim(-1));
    Stream whole = model.predictor().stream(BATCH);
    Tensor expected = Tensor.zeros(BATCH, width);
    for (int step = 0; step < STEPS; step++) {
      Stream next = model.predictor(PredictorOptions.of()).stream(BATCH);
      byte[] bytes = whole.save().toBytes();
      next.restore(model.predictor(PredictorOptions.of()).readState(bytes));
      assertArrayEquals(bytes, next.save().toBytes());
      Tensor y = Tensor.zeros(BATCH, width);
      whole.step(x.select(1, step), expected);
      next.step(x.select(1, step), y);
      assertArrayEquals(expected.toArray(), y.toArray(), "step " + step);
      assertArrayEquals(whole.save().toBytes(), next.save().toBytes());
    }
  }

  @Test
  void aPredictionGoesOnInBothDirections() {
    Model model = chain(Bidirectional.of(every(Lstm.of(3))), Bidirectional.of(Gru.of(2)));
    Predictor predictor = model.predictor();
    Tensor x = ReferenceModel.random(3, BATCH, STEPS, 2);
    StreamState state = predictor.predictWithState(x).state();
    StreamState read = predictor.readState(state.toBytes());
    assertArrayEquals(numbers(state), numbers(read));
    Prediction expected = predictor.predictWithState(x, state);
    Prediction got = predictor.predictWithState(x, read);
    assertArrayEquals(expected.y().toArray(), got.y().toArray());
    assertArrayEquals(expected.state().toBytes(), got.state().toBytes());
  }

  /** Of an LSTM of 2 units and a GRU of 1, batch 2. */
  private static Model golden() {
    Model model = Sequential.of(every(Lstm.of(2)), Gru.of(1)).build(1, 42);
    for (Weight weight : model.weights()) {
      float[] values = new float[Math.toIntExact(weight.shape().size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (i % 5 - 2) / 4f;
      }
      weight.set(Tensor.of(values, weight.shape().toArray()));
    }
    return model;
  }

  /** Bytes that were kept are read by every later release. */
  @Test
  void hasTheLayoutOfVersion1() {
    StreamState state =
        new StreamState(
            List.of(
                Tensor.of(new float[] {1, -2, 3, -0f}, 2, 2), Tensor.of(new float[] {5, 6}, 2, 1)),
            List.of(Tensor.of(new float[] {7, 8, Float.MIN_VALUE, Float.MAX_VALUE}, 2, 2)));
    Stream stream = golden().predictor().stream(2);
    stream.restore(state);
    String expected =
        """
        4c575354 0100 0000 495c25c38038368c 0dc2e7738b47706c
        02000000 02000000 01000000 02000000 01000000 02000000
        0000803f 000000c0 00004040 00000080 0000a040 0000c040
        0000e040 00000041 01000000 ffff7f7f c8336e05
        """
            .replaceAll("\\s", "");
    byte[] got = stream.save().toBytes();
    assertEquals(expected, HexFormat.of().formatHex(got));
    StreamState read = golden().predictor().readState(got);
    assertArrayEquals(numbers(state), numbers(read));
  }

  private final Model model = chain(Lstm.of(5), Dense.of(1));
  private final Predictor predictor = model.predictor();
  private final byte[] bytes = bytes(predictor, 1);

  private static byte[] bytes(Predictor predictor, int batch) {
    Tensor x = ReferenceModel.random(3, batch, STEPS, 2);
    return predictor.predictWithState(x).state().toBytes();
  }

  private static void assertRefused(String message, Predictor predictor, byte[] bytes) {
    StreamStateException refused =
        assertThrows(StreamStateException.class, () -> predictor.readState(bytes));
    assertEquals("Predictor.readState: " + message, refused.getMessage());
  }

  /** With one byte changed, and with the checksum that belongs to it where asked. */
  private byte[] changed(int at, int value, boolean summed) {
    byte[] other = bytes.clone();
    other[at] = (byte) value;
    return summed ? summed(other) : other;
  }

  private static byte[] summed(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length - 4, (int) sum.getValue());
    return bytes;
  }

  @Test
  void refusesAStateOfAnotherModel() {
    Model other = chain(Lstm.of(6), Dense.of(1));
    assertRefused(
        "expected a state of this model, "
            + other.fingerprint()
            + ", got one of the model "
            + model.fingerprint()
            + ", which has other layers. Read it with a predictor whose fingerprint() is that; a"
            + " sequence of this model begins anew, as a new stream does",
        other.predictor(),
        bytes);
    Model trained = Sequential.of(Lstm.of(5), Dense.of(1)).build(2, 8);
    assertRefused(
        "expected a state of this model, "
            + trained.fingerprint()
            + ", got one of the model "
            + model.fingerprint()
            + ", which has the same layers and other weights. Read it with a predictor whose"
            + " fingerprint() is that; a sequence of this model begins anew, as a new stream does",
        trained.predictor(),
        bytes);
  }

  @Test
  void refusesAStateOfOtherWeightsAndSaysHowToTakeItOver() {
    Predictor narrow =
        model.predictor(PredictorOptions.builder().weights(WeightFormat.BFLOAT16).build());
    assertRefused(
        "expected a state of the model "
            + model.fingerprint()
            + " with weights BFLOAT16, got one with weights FLOAT32, of which other bits come. Read"
            + " it with a predictor of weights(FLOAT32) in its options; a stream of BFLOAT16 can"
            + " then restore(it)",
        narrow,
        bytes);
    Stream stream = narrow.stream(1);
    stream.restore(predictor.readState(bytes));
    StreamState taken = narrow.readState(stream.save().toBytes());
    assertArrayEquals(numbers(predictor.readState(bytes)), numbers(taken));
  }

  @Test
  void refusesAnotherBatchWhereItIsUsed() {
    StreamState two = predictor.readState(bytes(predictor, 2));
    Stream stream = predictor.stream(3);
    assertEquals(
        "Stream.restore: h of Lstm \"lstm\" is (2, 5), expected (batch, units) = (3, 5)",
        assertThrows(IllegalArgumentException.class, () -> stream.restore(two)).getMessage());
  }

  @Test
  void refusesWhatIsCutOffOrLonger() {
    assertEquals(36 + 2 * 4 + 2 * 5 * 4 + 4, bytes.length);
    for (int length : List.of(0, 3, 4, 5, 6, 39)) {
      assertRefused(
          "expected 40 bytes, got " + length + ": the end is missing" + LOST,
          predictor,
          Arrays.copyOf(bytes, length));
    }
    for (int length : List.of(48, 87)) {
      assertRefused(
          "expected 88 bytes, got " + length + ": the end is missing" + LOST,
          predictor,
          Arrays.copyOf(bytes, length));
    }
    assertRefused(
        "expected 48 bytes, got 47: the end is missing" + LOST,
        predictor,
        Arrays.copyOf(bytes, 47));
    assertRefused(
        "expected 88 bytes, got 89: something follows the state" + LOST,
        predictor,
        Arrays.copyOf(bytes, 89));
  }

  @Test
  void refusesOtherBytesAndOtherVersions() {
    assertRefused(
        "expected the bytes of a state, which begin with 4c 57 53 54, got 4d 57 53 54."
            + " StreamState.toBytes makes them",
        predictor,
        changed(0, 'M', false));
    assertRefused(
        "expected a state of version 1, got version 258: another release of the library wrote it,"
            + " or it was changed. Read it with the release that wrote it",
        predictor,
        version258());
  }

  private byte[] version258() {
    byte[] other = bytes.clone();
    other[4] = 2;
    other[5] = 1;
    return other;
  }

  @Test
  void refusesEveryChangedBit() {
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] other = bytes.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(StreamStateException.class, () -> predictor.readState(other), "bit " + bit);
    }
    byte[] other = changed(60, bytes[60] + 1, false);
    String kept = HexFormat.of().toHexDigits(Integer.reverseBytes(last(bytes)));
    String own = HexFormat.of().toHexDigits(Integer.reverseBytes(last(summed(other.clone()))));
    assertRefused(
        "expected the checksum " + kept + ", got " + own + ": bytes were changed" + LOST,
        predictor,
        other);
  }

  private static int last(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(bytes.length - 4);
  }

  @Test
  void refusesWhatNoReleaseWrote() {
    assertRefused(
        "expected weights 0, 1 or 2, got 3: no release of the library wrote it" + LOST,
        predictor,
        changed(6, 3, true));
    assertRefused(
        "expected weights 0, 1 or 2, got 256: no release of the library wrote it" + LOST,
        predictor,
        changed(7, 1, true));
    byte[] widths = changed(36, 4, true);
    widths[40] = 6;
    assertRefused(
        "expected h of 1 layers and units [5, 5], got h of 1 and units [4, 6], under this model's"
            + " fingerprint: no release of the library wrote it"
            + LOST,
        predictor,
        summed(widths));
    byte[] counts = changed(28, 2, true);
    counts[32] = 0;
    assertRefused(
        "expected h of 1 layers and units [5, 5], got h of 2 and units [5, 5], under this model's"
            + " fingerprint: no release of the library wrote it"
            + LOST,
        predictor,
        summed(counts));
    ByteBuffer nan = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    nan.putFloat(44 + 7 * 4, Float.NaN);
    assertRefused(
        "expected finite numbers, but c of Lstm \"lstm\" is NaN at [0, 2]: StreamState.toBytes"
            + " writes no such state"
            + LOST,
        predictor,
        summed(nan.array()));
  }

  @Test
  void sizesThatWrapAreSizes() {
    ByteBuffer all = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    all.putInt(24, -1).putInt(36, -1).putInt(40, -1);
    assertThrows(StreamStateException.class, () -> predictor.readState(summed(all.array())));
    all.putInt(28, -1).putInt(32, -1);
    assertThrows(StreamStateException.class, () -> predictor.readState(summed(all.array())));
    // 2^32 * 2^30 numbers are 2^64 bytes, which wrap to 0
    all.putInt(24, 1 << 31).putInt(28, 1).putInt(32, 1).putInt(36, 1 << 30).putInt(40, 1 << 30);
    assertThrows(StreamStateException.class, () -> predictor.readState(summed(all.array())));
  }

  @Test
  void writesNoStateThatIsNoNumber() {
    Stream stream = predictor.stream(2);
    Tensor y = Tensor.zeros(2, 1);
    StreamState before = stream.save();
    stream.step(Tensor.of(new float[] {1, 2, Float.NaN, 4}, 2, 2), y);
    StreamState spoiled = stream.save();
    assertEquals(
        "StreamState.toBytes: h of Lstm \"lstm\" is NaN at [1, 0]. It would spoil all later steps."
            + " Was a number of the input none? Go on from a state before it,"
            + " stream.restore(state), or begin anew, stream.reset()",
        assertThrows(ArithmeticException.class, spoiled::toBytes).getMessage());
    assertEquals(36 + 8 + 80 + 4, before.toBytes().length);
  }

  @Test
  void whatWasMadeOfTensorsBelongsToNobody() {
    StreamState own =
        new StreamState(
            List.of(Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 5)),
            List.of(Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 5)));
    assertEquals(
        "StreamState.toBytes: this state was made of tensors, so which model it belongs to is not"
            + " known. What a model gives is known: stream.restore(state), then"
            + " stream.save().toBytes()",
        assertThrows(IllegalStateException.class, own::toBytes).getMessage());
    Stream stream = predictor.stream(1);
    stream.restore(own);
    assertArrayEquals(numbers(own), numbers(predictor.readState(stream.save().toBytes())));
    assertEquals("StreamState[h=[(1, 5)], c=[(1, 5)]]", own.toString());
    assertEquals(
        "StreamState[h=[(1, 5)], c=[(1, 5)], model=" + model.fingerprint() + "]",
        stream.save().toString());
  }

  @Test
  void aBatchComesApartAndTogether() {
    Tensor x = ReferenceModel.random(5, BATCH, STEPS, 2);
    StreamState together = predictor.predictWithState(x).state();
    List<StreamState> apart = together.split();
    assertEquals(BATCH, apart.size());
    for (int i = 0; i < BATCH; i++) {
      StreamState alone = predictor.predictWithState(x.slice(0, i, i + 1)).state();
      assertArrayEquals(alone.toBytes(), apart.get(i).toBytes());
    }
    assertArrayEquals(together.toBytes(), StreamState.join(apart).toBytes());
    List<StreamState> turned = List.of(apart.get(2), StreamState.join(apart.subList(0, 2)));
    float[] own = numbers(StreamState.join(turned).split().getFirst());
    assertArrayEquals(numbers(apart.get(2)), own);
    assertTrue(chain(Dense.of(2)).predictor().stream(3).save().split().isEmpty());
  }

  @Test
  void joinsStatesOfOneModel() {
    StreamState one = predictor.readState(bytes);
    StreamState bare = new StreamState(one.h(), one.c());
    for (List<StreamState> parts : List.of(List.of(one, bare), List.of(bare, one))) {
      StreamState joined = StreamState.join(parts); // which model it is of is not known
      assertThrows(IllegalStateException.class, joined::toBytes);
    }
    Model trained = Sequential.of(Lstm.of(5), Dense.of(1)).build(2, 8);
    StreamState other = trained.predictor().stream(1).save();
    for (List<StreamState> parts : List.of(List.of(one, one, other), List.of(one, bare, other))) {
      assertEquals(
          "StreamState.join: part 0 is of the model "
              + model.fingerprint()
              + " with weights FLOAT32, part 2 of "
              + trained.fingerprint()
              + " with weights FLOAT32; states of one model can be joined",
          assertThrows(IllegalArgumentException.class, () -> StreamState.join(parts)).getMessage());
    }
    assertEquals(
        "StreamState.join: part 1 is of the model "
            + model.fingerprint()
            + " with weights FLOAT32, part 2 of "
            + trained.fingerprint()
            + " with weights FLOAT32; states of one model can be joined",
        assertThrows(
                IllegalArgumentException.class, () -> StreamState.join(List.of(bare, one, other)))
            .getMessage());
    StreamState less = new StreamState(one.h(), List.of());
    assertEquals(
        "StreamState.join: part 0 holds h of 1 layers and c of 1, part 1 h of 1 and c of 0; states"
            + " of one model can be joined",
        assertThrows(IllegalArgumentException.class, () -> StreamState.join(List.of(one, less)))
            .getMessage());
    assertEquals(
        "StreamState.join: no parts, expected one state or more",
        assertThrows(IllegalArgumentException.class, () -> StreamState.join(List.of()))
            .getMessage());
  }
}

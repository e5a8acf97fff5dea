package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Every message about layers and what goes into them, word for word. */
class LayerErrorsTest {
  private static final Lstm SEQUENCES = Lstm.builder(64).returnSequences(true).build();

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void ofTwoDimensionsIntoAnLstmNamesEveryReading() {
    Sequential pixels = Sequential.of(Lstm.of(128), Dense.of(10)).build(1, 0);
    refuses(
        "Sequential needs (batch, timesteps, features), got the 2-D (5, 784). This model takes"
            + " features=1. 784 series, one a column: Sequences.columns(x) -> (784, 5, 1);"
            + " reshape(784, 5, 1) would scramble them. Five series, one a row: x.expandDims(2) -> (5,"
            + " 784, 1). For a model of other features: One sequence whose rows are timesteps:"
            + " Sequences.rows(x) -> (1, 5, 784). One sequence whose columns are timesteps:"
            + " Sequences.columnsAsTime(x) -> (1, 784, 5)",
        () -> pixels.predict(Tensor.zeros(5, 784)));
  }

  @Test
  void ofAnAxisTooMany() {
    Sequential model = Sequential.of(Lstm.of(64)).build(1, 0);
    refuses(
        "Sequential needs (batch, timesteps, features), got the 4-D (3, 15, 1, 1). Axis 3 has length"
            + " 1: x.squeeze(3) drops it",
        () -> model.predict(Tensor.zeros(3, 15, 1, 1)));
    refuses(
        "Sequential needs (batch, timesteps, features), got the 4-D (1, 3, 20, 1). Axis 0 has length"
            + " 1: x.squeeze(0) drops it",
        () -> model.predict(Tensor.zeros(1, 3, 20, 1)));
  }

  @Test
  void ofFeaturesWhereTheTimestepsShouldBe() {
    Sequential model = Sequential.of(Lstm.of(64)).build(3, 0);
    refuses(
        "Lstm \"lstm\": input is (32, 3, 10) but this layer takes features=3: axis 2 is 10. Axis 1 is"
            + " 3: x.permute(0, 2, 1) -> (32, 10, 3) swaps the two; reshape(32, 10, 3) would scramble"
            + " them",
        () -> model.predict(Tensor.zeros(32, 3, 10)));
  }

  @Test
  void ofAConvolutionsChannels() {
    Conv1d.Builder conv = Conv1d.builder(1, 3).padding(Conv1d.Padding.SAME);
    Sequential last = Sequential.of(conv.build()).build(64, 0);
    refuses(
        "Conv1d \"conv1d\": input is (32, 64, 10) but this layer takes features=64: axis 2 is 10. Axis"
            + " 1 is 64: x.permute(0, 2, 1) -> (32, 10, 64) swaps the two; reshape(32, 10, 64) would"
            + " scramble them",
        () -> last.predict(Tensor.zeros(32, 64, 10)));
    Sequential first = Sequential.of(conv.channels(Conv1d.Channels.FIRST).build()).build(64, 10, 0);
    refuses(
        "Conv1d \"conv1d\": input is (32, 10, 64) but this layer takes timesteps=10: axis 2 is 64. Axis"
            + " 1 is 10: x.permute(0, 2, 1) -> (32, 64, 10) swaps the two; reshape(32, 64, 10) would"
            + " scramble them",
        () -> first.predict(Tensor.zeros(32, 10, 64)));
    refuses(
        "Conv1d \"conv1d\": input is (32, 63, 10) but this layer, channels first, takes channels=64:"
            + " axis 1 is 63",
        () -> first.predict(Tensor.zeros(32, 63, 10)));
    refuses(
        "Conv1d \"conv1d\": timesteps=2, but with padding VALID this layer needs 5 or more:"
            + " kernelSize=3, dilation=2. padding(Conv1d.Padding.SAME) takes any number",
        () ->
            Sequential.of(Conv1d.builder(1, 3).dilation(2).build())
                .build(4, 0)
                .predict(Tensor.zeros(1, 2, 4)));
  }

  @Test
  void ofTimestepsThatALayerDependsOn() {
    Sequential model = Sequential.of(SEQUENCES, Flatten.of(), Dense.of(1)).build(10, 3, 0);
    refuses(
        "Sequential: input is (32, 12, 3) but the model was built for timesteps=10, on which the"
            + " output of Flatten \"flatten\" depends: axis 1 is 12. Sequences.pad with maxLength(10)"
            + " pads and truncates",
        () -> model.predict(Tensor.zeros(32, 12, 3)));
    refuses(
        "Sequential.build: the output of Flatten \"flatten\" depends on the timesteps, which are not"
            + " known: call build(timesteps, 3, seed)",
        () -> Sequential.of(SEQUENCES, Flatten.of(), Dense.of(1)).build(3, 0));
    refuses(
        "Sequential.build: the output of Flatten \"flatten\" depends on the timesteps, which are not"
            + " known: give the Embedding inputLength(timesteps)",
        () -> Sequential.of(Embedding.of(9, 4), Flatten.of()).build(0));
    refuses(
        "Sequential.build: timesteps=0, expected 1 or more: the length of the input's axis 1. Where it"
            + " may be any, call build(features, seed)",
        () -> Sequential.of(Lstm.of(2)).build(0, 3, 0));
  }

  @Test
  void ofTokenIds() {
    Sequential model = Sequential.of(Embedding.of(5000, 100), Lstm.of(100)).build(0);
    Tensor ids = Tensor.intZeros(4, 20);
    ids.setInt(5003, 3, 17);
    refuses(
        "Embedding \"embedding\": index 5003 at [3, 17]; vocabulary 5000: ids go from 0 to 4999",
        () -> model.predict(ids));
    ids.setInt(5000, 3, 17);
    refuses(
        "Embedding \"embedding\": index 5000 at [3, 17]; vocabulary 5000: ids go from 0 to 4999. Where"
            + " ids begin at 1, the vocabulary is one larger than the number of words",
        () -> model.predict(ids));
    ids.setInt(-1, 3, 17);
    refuses(
        "Embedding \"embedding\": index -1 at [3, 17]; vocabulary 5000: ids go from 0 to 4999. An"
            + " unknown word needs an id of its own",
        () -> model.predict(ids));
    Tensor floats = Tensor.zeros(4, 20);
    floats.set(0.25f, 0, 1);
    refuses(
        "Embedding \"embedding\": 0.25 at [0, 1] is no token id; ids are whole numbers from 0 to 4999",
        () -> model.predict(floats));
    refuses(
        "Embedding \"embedding\" needs token ids (batch, timesteps), got the 3-D (4, 20, 1). Axis 2 has"
            + " length 1: x.squeeze(2) drops it",
        () -> model.predict(Tensor.zeros(4, 20, 1)));
    refuses(
        "Embedding \"embedding\" needs token ids (batch, timesteps), got the 1-D (20). One sequence:"
            + " x.expandDims(0) -> (1, 20)",
        () -> model.predict(Tensor.zeros(20)));
    refuses(
        "a model computes in float32 but a (1, 2, 3) tensor is int32; toFloat() copies it to float32",
        () -> Sequential.of(Lstm.of(1)).build(3, 0).predict(Tensor.intZeros(1, 2, 3)));
  }

  @Test
  void ofBuildingWithAnEmbedding() {
    refuses(
        "Sequential.build: Embedding \"embedding\" (vocabulary=9, dimension=4) takes token ids, (batch, timesteps), which"
            + " have no features: call build(seed)",
        () -> Sequential.of(Embedding.of(9, 4)).build(3, 0));
    refuses(
        "Sequential.buildZeros: Lstm \"lstm\" (units=2) needs the features, the length of the input's last"
            + " axis: call buildZeros(features)",
        () -> Sequential.of(Lstm.of(2)).buildZeros());
    refuses(
        "Sequential.of: Embedding(vocabulary=9, dimension=4) takes token ids, but Dense before it gives other numbers. An"
            + " Embedding is the first layer",
        () -> Sequential.of(Dense.of(2), Embedding.of(9, 4)));
    refuses(
        "Embedding.given: the table is (0, 4), expected (vocabulary, dimension), both 1 or more",
        () -> Embedding.given(Tensor.zeros(0, 4)));
    refuses("Embedding: vocabulary=0, expected 1 to 16777216", () -> Embedding.of(0, 4));
  }

  @Test
  void ofLayersThatCannotFollow() {
    refuses(
        "Sequential.of: Lstm(units=32) needs (batch, timesteps, features), but Bidirectional(layer=Lstm(units=64)) before"
            + " it returns only its last step. Let its layer return every step:"
            + " returnSequences(true)",
        () -> Sequential.of(Bidirectional.of(Lstm.of(64)), Lstm.of(32)));
    refuses(
        "Sequential.of: Lstm(units=32) needs (batch, timesteps, features), but Flatten before it gives"
            + " (batch, features)",
        () -> Sequential.of(Flatten.of(), Lstm.of(32)));
    refuses(
        "Reshape \"reshape\" (dims=[7, -1]) cannot take (batch, 10, 64): a sample has 640"
            + " elements",
        () -> Sequential.of(SEQUENCES, Reshape.of(7, -1)).build(10, 3, 0));
  }

  @Test
  void ofSettings() {
    refuses(
        "Permute.of: axes [0, 2, 1], expected 2, 1 or 1, 2: the axes of a sample, timesteps and"
            + " features, counted from 1; the batch stays",
        () -> Permute.of(0, 2, 1));
    refuses(
        "Reshape.of: dims [2, 3, 4], expected one or two without the batch, each 1 or more, at most"
            + " one of them -1",
        () -> Reshape.of(2, 3, 4));
    refuses("Dropout: rate=1.0, expected at least 0 and below 1", () -> Dropout.of(1));
    refuses("Conv1d: filters=0, expected 1 or more", () -> Conv1d.of(0, 3));
    refuses("Conv1d: kernelSize=0, expected 1 or more", () -> Conv1d.of(3, 0));
    refuses(
        "Bidirectional.of: Lstm(units=2, goBackwards=true) goes backwards; give the forward layer, the backward one is made"
            + " from it",
        () -> Bidirectional.of(Lstm.builder(2).goBackwards(true).build()));
  }

  @Test
  void ofLabelsThatAreNoProbabilities() {
    Sequential model = Sequential.of(Lstm.of(2), Dense.of(1, Activation.SIGMOID)).build(1, 0);
    model.compile(Adam.of(), Loss.BINARY_CROSSENTROPY, Metric.ACCURACY);
    Tensor y = Tensor.of(new float[] {0, 2}, 2);
    refuses(
        "Sequential.fit: y holds 2.0 at sample 1, feature 0, but binary_crossentropy needs labels from"
            + " 0 to 1",
        () -> model.fit(Tensor.zeros(2, 4, 1), y, FitOptions.of()));
  }

  @Test
  void ofStreamsThatNeedTheWholeSequence() {
    refuses(
        "Predictor.stream: Bidirectional \"bidirectional\" needs the whole sequence, of which a stream"
            + " has seen only a part. Predict whole sequences: predict(x)",
        () -> Sequential.of(Bidirectional.of(Lstm.of(2))).build(1, 0).predictor().stream(1));
    Stream ids = Sequential.of(Embedding.of(9, 4), Lstm.of(2)).build(0).predictor().stream(1);
    Tensor y = Tensor.zeros(1, 2);
    refuses(
        "Stream.step: Embedding \"embedding\" (vocabulary=9, dimension=4) takes ids, which are checked: call step(Tensor,"
            + " Tensor) with ids (batch, 1)",
        () -> ids.step(y.segment(), 0, y.segment(), 0));
  }
}

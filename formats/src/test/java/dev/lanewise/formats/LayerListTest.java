package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerListTest {

  private static String said(String list, int targets) {
    return LayerList.of(list).forecasts(targets).stream()
        .map(Layer::toString)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lstm:4,dense:1 | Lstm(units=4) Dense(units=1)
          lstm:4,dropout:0.2,gru:3:relu,dense:1 | Lstm(units=4, returnSequences=true) Dropout(rate=0.2) Gru(units=3, activation=RELU) Dense(units=1)
          BILSTM:2, dense:1:tanh | Bidirectional(layer=Lstm(units=2)) Dense(units=1, activation=TANH)
          simplernn:3,repeatvector:5,lstm:2,globalaveragepooling1d,dense:1 | SimpleRnn(units=3) RepeatVector(n=5) Lstm(units=2, returnSequences=true) GlobalAveragePooling1d Dense(units=1)
          lstm:3,repeat:5,lstm:2,globalavg,dense:1 | Lstm(units=3) RepeatVector(n=5) Lstm(units=2, returnSequences=true) GlobalAveragePooling1d Dense(units=1)
          """)
  void readsWordsInOrder(String list, String layers) {
    assertEquals(layers, said(list, 1));
  }

  /** Each word in a list that trains. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn:3,dense:1",
        "birnn:3,dense:1",
        "bigru:3,dense:1",
        "conv1d:4:2:relu,maxpool:2,lstm:3,dense:1",
        "conv1d:4:2,avgpool:2,flatten,dense:1",
        "conv1d:4:3,globalmax,dense:1",
        "batchnorm,lstm:4,layernorm,spatialdropout:0.1,gru:2,dense:1",
        "masking,lstm:4,leakyrelu,dense:1",
        "masking:-1,lstm:4,leakyrelu:0.1,gelu,dense:1:softplus",
        "dense:3,lstm:4:tanh,dropout:0.5,dense:1"
      })
  void everyWordMakesALayerThatFits(String list) {
    Layer[] layers = LayerList.of(list).forecasts(1).toArray(Layer[]::new);
    Sequential model = Sequential.of(layers).build(6, 2, 1);
    assertEquals("(3, 1)", model.predict(Tensor.zeros(3, 6, 2)).shape().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lstm | "lstm": expected lstm:UNITS or lstm:UNITS:ACTIVATION
          lstm:0,dense:1 | "lstm:0": expected lstm:UNITS or lstm:UNITS:ACTIVATION
          lstm:4:8 | "lstm:4:8": expected lstm:UNITS or lstm:UNITS:ACTIVATION
          maxpool:2:relu | "maxpool:2:relu": expected maxpool:STEPS
          lstms:4 | "lstms:4" is no layer; did you mean lstm:UNITS?
          bilsmt:4 | "bilsmt:4" is no layer; did you mean bilstm:UNITS?
          dropuot:0.1 | "dropuot:0.1" is no layer; did you mean dropout:RATE?
          embeding:4 | "embeding:4" is no layer; did you mean embedding:DIM?
          embedding | "embedding": expected embedding:DIM
          embedding:4,lstm:3,dense:1 | embedding:DIM takes ids, but a forecast reads scaled numbers, and a column of text as a 0 or 1 for each of its values; leave it out
          lstm:4,embedding:4 | embedding:DIM takes ids, which only the first layer is given; put it first
          lstm:4:relv | no activation relv; there are softmax, linear
          dense:3 | no layer reads the time; begin with lstm:UNITS, gru:UNITS, or conv1d:FILTERS:WIDTH
          lstm:4,repeat:3 | a sequence comes out, expected a row; end it with flatten or globalavg
          lstm:4,globalmax,lstm:2,dense:1 | lstm:UNITS takes a sequence, got a row; repeat:STEPS makes one of it
          repeat:3,lstm:4 | repeat:STEPS takes a row, got a sequence; an lstm before it gives one
          lstm:4,dense:2 | the last layer gives 2 values a window, expected 1, one a forecast; end the list with dense:1
          conv1d:3:2,flatten | the last layer gives as many values as steps a window, expected 1, one a forecast; end the list with dense:1
          lstm:4,dropout:1.5,dense:1 | Dropout
          """)
  void refusesWhatIsNone(String list, String message) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> LayerList.of(list).forecasts(1))
            .getMessage();
    assertEquals(
        "layers " + list + ": " + message,
        said.substring(0, Math.min(said.length(), 9 + list.length() + message.length())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embedding:4,lstm:8,dense:3:softmax",
        "embedding:4,conv1d:5:2,globalmax,dense:3:softmax",
        "embedding:4,flatten,dense:3:softmax",
        "embedding:3,globalavg,softmax"
      })
  void readsIds(String list) {
    LayerList read = LayerList.of(list);
    assertTrue(read.readsIds());
    Sequential model = Sequential.of(read.classes(3, 7, 5)).build(1);
    Tensor ids = Tensor.of(new float[] {0, 6, 1, 2, 3, 4, 5, 6, 0, 0}, 2, 5);
    assertEquals("(2, 3)", model.predict(ids).shape().toString());
  }

  @Test
  void namesWhatThereIs() {
    String said =
        assertThrows(IllegalArgumentException.class, () -> LayerList.of("birn:3")).getMessage();
    assertEquals("layers birn:3: \"birn:3\" is no layer; did you mean birnn:UNITS?", said);
    String long50 = "l".repeat(50);
    said = assertThrows(IllegalArgumentException.class, () -> LayerList.of(long50)).getMessage();
    assertTrue(said.contains(" is no layer; a layer is lstm:UNITS, "), said);
    said = assertThrows(IllegalArgumentException.class, () -> LayerList.of("x:3")).getMessage();
    assertEquals(
        "layers x:3: \"x:3\" is no layer; a layer is lstm:UNITS, bilstm:UNITS, gru:UNITS,"
            + " bigru:UNITS, rnn:UNITS, birnn:UNITS, dense:UNITS, conv1d:FILTERS:WIDTH,"
            + " embedding:DIM, maxpool:STEPS, avgpool:STEPS, repeat:STEPS, dropout:RATE, spatialdropout:RATE, masking[:VALUE],"
            + " leakyrelu[:SLOPE], and more: lstm:64,dropout:0.2,dense:1",
        said);
  }
}

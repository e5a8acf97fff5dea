package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a model that is no chain may not say: files of Keras itself, and JSON that it never wrote.
 */
class KerasGraphRefusalsTest {
  @TempDir static Path directory;
  private static Path graphs;

  @BeforeAll
  static void unzip() {
    graphs = Unzipped.into(directory.resolve("graphs"), "keras3/graphs.zip");
  }

  private static final String KNOWN =
      "LSTM, CuDNNLSTM, GRU, CuDNNGRU, SimpleRNN, Bidirectional, Dense, "
          + "TimeDistributed, Embedding, Masking, Conv1D, Flatten, Reshape, "
          + "Permute, RepeatVector, Dropout, Softmax, LayerNormalization, BatchNormalization, Add, Average, Multiply, "
          + "Concatenate, Activation, ReLU, LeakyReLU, ThresholdedReLU, ELU, MaxPooling1D, "
          + "AveragePooling1D, GlobalMaxPooling1D, GlobalAveragePooling1D, SpatialDropout1D, "
          + "GaussianDropout, GaussianNoise, ActivityRegularization, AlphaDropout, Identity";

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(
            "operation",
            ", layer \"add\" (Add): expected a layer, got the operation \"Add\" of "
                + "\"keras.src.ops.numpy\"; where Keras has a layer for it, as keras.layers.Add "
                + "for x + y, build the model with that"),
        Arguments.of(
            "subtract",
            ", layer \"subtract\" (Subtract): expected a layer of " + KNOWN + ", got \"Subtract\""),
        Arguments.of(
            "dot", ", layer \"dot\" (Dot): expected a layer of " + KNOWN + ", got \"Dot\""),
        Arguments.of(
            "broadcast",
            ", layer \"add_2\" (Add): expected layers that fit together, got \"Add "
                + "\"add_2\".apply: takes values of equal shape, got [(batch, 4, 2), (batch, 1, "
                + "2)]. Dense.of(units) brings values to one width, RepeatVector.of(timesteps) "
                + "gives a row the time of a sequence\""),
        Arguments.of(
            "axis",
            ", layer \"concatenate\" (Concatenate): expected as \"axis\" -1 or 1 of (batch, "
                + "timesteps, features), got 0"),
        Arguments.of(
            "training",
            ", layer \"dropout\" (Dropout): expected a call of its input alone, got "
                + "\"training\": true; build the model without it, for inference"),
        Arguments.of(
            "axes",
            ": expected as the input \"image\" (batch, timesteps, features) or (batch, "
                + "features), got axes after the batch [4, 4, 2]"),
        Arguments.of(
            "other_mask",
            ", layer \"reader\" (LSTM): expected the mask of the Masking or Embedding "
                + "before it, got \"not_equal_1\""),
        Arguments.of(
            "half_heeded",
            ", layer \"words\" (Embedding): expected a mask that all layers heed, or none, "
                + "got layer \"decoder\" runs over its padding, as Keras 3 hands no mask on to a "
                + "layer that is given its states; give it that mask in Keras, "
                + "mask=layer.compute_mask(x)"),
        Arguments.of(
            "masking_unheeded",
            ", layer \"masking\" (Masking): expected a mask that all layers heed, or none, "
                + "got layer \"decoder\" runs over its padding, as Keras 3 hands no mask on to a "
                + "layer that is given its states; give it that mask in Keras, "
                + "mask=layer.compute_mask(x)"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesTheLayerThatItCannotDo(String name, String rest) {
    Path folder = graphs.resolve("refused/" + name);
    Path json = folder.resolve("model.json");
    refused(json, rest, () -> KerasFile.loadModel(folder.resolve("model.weights.h5"), json));
  }

  @Test
  void everyRefusedFileIsAsked() throws IOException {
    assertEquals(
        files().map(each -> (String) each.get()[0]).sorted().toList(),
        Refusals.names(graphs.resolve("refused")));
  }

  /**
   * A model of Keras 2 behind inputs x (4, 2), r (3) and i, its layers as {@code CLASS name members
   * | nodes}.
   */
  private static void refusedGraph(String outputs, String rest, String... layers)
      throws IOException {
    StringBuilder all = new StringBuilder();
    for (String layer : layers) {
      String[] parts = layer.split(" \\| ", -1);
      String[] words = parts[0].split(" ", 3);
      String more = words.length > 2 ? ", " + words[2] : "";
      all.append(
          ", {'class_name': '%s', 'name': '%s', 'config': {'name': '%s'%s}, 'inbound_nodes': [%s]}"
              .formatted(words[0], words[1], words[1], more, parts.length > 1 ? parts[1] : ""));
    }
    String input =
        "{'class_name': 'InputLayer', 'name': 'x', 'config': {'name': 'x',"
            + " 'batch_input_shape': [null, 4, 2]}, 'inbound_nodes': []}";
    String json =
        "{'class_name': 'Functional', 'keras_version': '2.11.0', 'config': {'layers': ["
            + input
            + all
            + "], 'input_layers': [['x', 0, 0]], 'output_layers': ["
            + outputs
            + "]}}";
    Path config = Files.writeString(directory.resolve("config.json"), json.replace('\'', '"'));
    Path weights = graphs.resolve("encoder_decoder/model.weights.h5");
    refused(config, rest, () -> KerasFile.loadModel(weights, config));
  }

  private static final String GRAPH =
      ": expected layers that lead from the inputs to the outputs, got ";

  @Test
  void refusesLayersThatDoNotLeadToTheOutputs() throws IOException {
    String dense = "Dense d 'units': 2 | [['x', 0, 0, {}]]";
    refusedGraph("", GRAPH + "no output", dense);
    refusedGraph("['d', 0, 0]", GRAPH + "two layers \"d\"", dense, dense);
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "a layer \"e\" that is called on nothing",
        dense,
        "Dense e 'units': 2");
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "a layer \"e\" that is called on nothing",
        dense,
        "Dense e 'units': 2 | []");
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "a layer \"e\" on which no output depends",
        dense,
        "Dense e 'units': 2 | [['d', 0, 0, {}]]");
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "no call 0 of a layer \"e\"",
        "Dense d 'units': 2 | [['e', 0, 0, {}]]");
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "no call -1 of a layer \"e\"",
        "Dense d 'units': 2 | [['e', 1e9, 0, {}]]");
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "layers in a circle",
        "Dense d 'units': 2 | [['e', 0, 0, {}]]",
        "Dense e 'units': 2 | [['d', 0, 0, {}]]");
    refusedGraph(
        "['d', 0, 0]",
        GRAPH + "an InputLayer \"y\" that is no input",
        dense,
        "InputLayer y 'batch_input_shape': [null, 2]");
  }

  @Test
  void refusesTensorsThatNobodyGives() throws IOException {
    refusedGraph(
        "['d', 0, 0]",
        ": expected what a layer before it gives, got output 0, 1 of \"x\"",
        "Dense d 'units': 2 | [['x', 0, 1, {}]]");
    refusedGraph(
        "['d', 0, 0]",
        ", layer \"d\" (Dense): expected what a layer before it gives, got output 0, 1 of \"l\"",
        "LSTM l 'units': 2 | [['x', 0, 0, {}]]",
        "Dense d 'units': 2 | [['l', 0, 1, {}]]");
    refusedGraph(
        "['l', 0, 0], ['l', 0, 3]",
        ": expected outputs that layers give, got output 0, 3 of \"l\"",
        "LSTM l 'units': 2, 'return_state': true | [['x', 0, 0, {}]]");
    refusedGraph(
        "['l', 0, 0], ['x', 0, 0]",
        ": expected layers that fit together, got \"Model.of: Input \"x\" -> (batch, 4, 2) is among the outputs, but no layer gave it\"",
        "LSTM l 'units': 2 | [['x', 0, 0, {}]]");
  }

  @Test
  void refusesCallsThatTheLayersDoNotTake() throws IOException {
    refusedGraph(
        "['e', 0, 0]",
        ", layer \"e\" (Dense): expected a call on one tensor, got 2",
        "Dense d 'units': 2 | [['x', 0, 0, {}]]",
        "Dense e 'units': 2 | [['x', 0, 0, {}], ['d', 0, 0, {}]]");
    refusedGraph(
        "['m', 0, 0]",
        ", layer \"m\" (LSTM): expected 2 states that the layer begins from, got 1",
        "GRU g 'units': 2, 'return_state': true | [['x', 0, 0, {}]]",
        "LSTM m 'units': 2 | [['x', 0, 0, {}], ['g', 0, 1, {}]]");
    refusedGraph(
        "['m', 0, 0]",
        ", layer \"m\" (GRU): expected a call of its input alone, got \"initial_state\": [1]",
        "GRU m 'units': 2 | [['x', 0, 0, {'initial_state': [1]}]]");
    refusedGraph(
        "['e', 0, 0]",
        ", layer \"s\" (Dense): expected one kind of tensors in all calls of a layer, got some with"
            + " a time axis and some without; make a layer for each",
        "Dense s 'units': 2 | [['x', 0, 0, {}]], [['l', 0, 0, {}]]",
        "LSTM l 'units': 2 | [['s', 0, 0, {}]]",
        "Dense e 'units': 2 | [['s', 1, 0, {}]]");
    refusedGraph(
        "['a', 0, 0]",
        ": expected as the input \"x\" token ids (batch, timesteps), got axes after the batch [4,"
            + " 2]",
        "Embedding e 'input_dim': 3, 'output_dim': 2 | [['x', 0, 0, {}]]",
        "Dense d 'units': 2 | [['e', 0, 0, {}]], [['x', 0, 0, {}]]",
        "Add a 'trainable': true | [['d', 0, 0, {}], ['d', 1, 0, {}]]");
  }

  @Test
  void refusesALayerWhoseCallsNeedOtherWeights() throws IOException {
    refusedGraph(
        "['b', 0, 0]",
        ": expected layers that fit together, got \"Model.of: Dense \"s\" is called on (batch, 4, 2)"
            + " and on (batch, 4, 3): its weights are not the same for both. Make a layer for each\"",
        "Dense a 'units': 3 | [['x', 0, 0, {}]]",
        "Dense s 'units': 2 | [['x', 0, 0, {}]], [['a', 0, 0, {}]]",
        "Add b 'trainable': true | [['s', 0, 0, {}], ['s', 1, 0, {}]]");
  }
}

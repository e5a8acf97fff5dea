package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasRefusalsTest {
  private static final String WEIGHTS = "weights_only.h5";

  @TempDir Path directory;
  private String json;

  @BeforeEach
  void config() throws IOException {
    json = Files.readString(file("weights_only.json"));
  }

  /** The JSON of weights_only.json, changed. */
  private Path config(String from, String to) throws IOException {
    String changed = json.replace(from, to);
    return Files.writeString(directory.resolve("config.json"), changed);
  }

  private void refusedConfig(String from, String to, String rest) throws IOException {
    Path config = config(from, to);
    refused(config, rest, () -> KerasFile.load(file(WEIGHTS), config));
  }

  private void refusedWeights(String from, String to, String rest) throws IOException {
    Path config = config(from, to);
    refused(file(WEIGHTS), rest, () -> KerasFile.load(file(WEIGHTS), config));
  }

  @Test
  void refusesWhatIsNeitherHdf5NorAnArchive() throws IOException {
    Path csv = Files.writeString(directory.resolve("model.h5"), "date,wind\n");
    String expected =
        ": expected a Keras model: HDF5, which begins with the bytes 89 48 44 46, or a .keras"
            + " archive, which begins with 50 4b, got ";
    String remedy = "; save the model in Keras with model.save";
    refused(csv, expected + "the bytes 64 61 74 65" + remedy, () -> KerasFile.load(csv));
    Files.writeString(csv, "");
    refused(
        csv,
        expected + "an empty file; copy it again where it came from",
        () -> KerasFile.load(csv));
    refused(
        csv,
        ": expected an HDF5 file, which begins with the bytes 89 48 44 46, got an empty file; save"
            + " the weights in Keras with model.save_weights",
        () -> KerasFile.load(csv, csv));
    refused(
        file("archive.keras"),
        ": expected an HDF5 file, which begins with the bytes 89 48 44 46, got the bytes 50 4b 03"
            + " 04; this looks like a .keras archive, which holds its config:"
            + " KerasFile.load(file)",
        () -> KerasFile.load(file("archive.keras"), csv));
  }

  @Test
  void refusesHdf5ThatIsNotKeras() {
    refused(
        file("not_keras.h5"),
        ": expected a Keras model, with an attribute \"model_config\", got an HDF5 file of"
            + " temperature; save the model in Keras with model.save",
        () -> KerasFile.load(file("not_keras.h5")));
    refused(
        file("not_keras.h5"),
        ": expected Keras weights, with an attribute \"layer_names\" or a group \"layers\", got an"
            + " HDF5 file of temperature; save them in Keras with model.save_weights",
        () -> KerasFile.load(file("not_keras.h5"), file("weights_only.json")));
  }

  @Test
  void refusesWeightsWithoutTheirConfig() {
    refused(
        file(WEIGHTS),
        ": expected a whole model, with an attribute \"model_config\", got only weights; give the"
            + " model's JSON too, from model.to_json(): KerasFile.load(weights, config), or --config",
        () -> KerasFile.load(file(WEIGHTS)));
  }

  @Test
  void refusesArchivesOfOtherThings() throws IOException {
    Path npz = directory.resolve("a.npz");
    Npz.write(npz, Map.of("x", Npy.read(file("x.npy"))));
    refused(
        npz,
        ": expected a .keras archive, with \"metadata.json\" in it, got an .npz of the arrays x.npy",
        () -> KerasFile.load(npz));
  }

  @Test
  void saysHowMuchOfACutFileThereIs() throws IOException {
    Path cut = directory.resolve("cut.h5");
    byte[] whole = Files.readAllBytes(file("keras2.h5"));
    Files.write(cut, Arrays.copyOf(whole, 9000));
    refused(
        cut,
        ": expected 14968 bytes, as its HDF5 header says, got 9000; the file is cut short: copy it"
            + " again, or write it again where it came from",
        () -> KerasFile.load(cut));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras1.h5", "archive.keras"})
  void refusesEveryCut(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path cut = directory.resolve("cut-" + name);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThrows(FormatException.class, () -> KerasFile.load(cut), "cut at byte " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras1.h5", "keras2_variable.h5", "archive.keras"})
  void readsOrRefusesDamagedFiles(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path changed = directory.resolve("changed-" + name);
    Random random = new Random(11);
    for (int i = 0; i < 1500; i++) {
      byte[] other = whole.clone();
      other[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      Files.write(changed, other);
      try {
        KerasFile.load(changed);
      } catch (FormatException e) {
        assertEquals(changed.toString(), e.file());
      }
    }
  }

  @Test
  void namesTheLayerThatItCannotDo() throws IOException {
    String lstm = ", layer \"lstm_1\" (LSTM): expected ";
    refusedConfig(
        "\"class_name\": \"LSTM\"",
        "\"class_name\": \"ConvLSTM2D\"",
        ", layer \"lstm_1\" (ConvLSTM2D): expected a layer of LSTM, CuDNNLSTM,"
            + " GRU, CuDNNGRU, SimpleRNN, Bidirectional, Dense, TimeDistributed, Embedding, Masking, Conv1D, Flatten,"
            + " Reshape, Permute, RepeatVector, Dropout, Softmax, LayerNormalization, BatchNormalization, Add, Average, Multiply, Concatenate, Activation, ReLU,"
            + " LeakyReLU, ThresholdedReLU, ELU, MaxPooling1D, AveragePooling1D, GlobalMaxPooling1D,"
            + " GlobalAveragePooling1D, SpatialDropout1D, GaussianDropout, GaussianNoise, ActivityRegularization,"
            + " AlphaDropout, Identity, got"
            + " \"ConvLSTM2D\"");
    refusedConfig(
        "\"units\": 3",
        "\"units\": 3, \"return_state\": true",
        lstm
            + "\"return_state\": false, got true; the states of every layer come with each"
            + " prediction here: Predictor.predictWithState, or --out h_n=FILE; save the model"
            + " without it");
    refusedConfig(
        "\"units\": 3",
        "\"units\": 3, \"peepholes\": [1, null]",
        lstm
            + "settings that this library knows, got \"peepholes\": [1, null]; it may change what"
            + " the model predicts. Where it does not, take it out of the model's JSON, and give"
            + " that beside the weights");
    refusedConfig(
        "\"units\": 3",
        "\"units\": 3, \"dtype\": {\"class_name\": \"QuantizedDTypePolicy\", \"config\": {\"mode\": 1}}",
        lstm
            + "as \"dtype\" a float, got \"QuantizedDTypePolicy\"; save the model in Keras before it"
            + " is quantized");
    refusedConfig(
        "\"units\": 3",
        "\"units\": 3, \"activation\": \"glu\"",
        lstm
            + "as \"activation\" one of linear, sigmoid, tanh, relu, hard_sigmoid, leaky_relu, elu,"
            + " selu, softsign, exponential, relu6, hard_tanh, sparse_sigmoid, sparse_plus,"
            + " hard_shrink, soft_shrink, softplus, log_sigmoid, squareplus, tanh_shrink, silu,"
            + " hard_silu, gelu, mish, got \"glu\"");
    refusedConfig("\"units\": 3", "\"unit\": 3", lstm + "the key \"units\", got none");
    refusedConfig(
        "\"units\": 3",
        "\"units\": 0",
        lstm + "a whole number from 1 to 536870911 as \"units\", got 0");
    refusedConfig(
        "\"class_name\": \"Dense\"",
        "\"class_name\": \"ConvLSTM1D\"",
        ", layer \"time_distributed_1\" (TimeDistributed), layer: expected a layer of Dense,"
            + " Flatten, Dropout, Softmax, Activation, ReLU, LeakyReLU, ThresholdedReLU, ELU, got"
            + " \"ConvLSTM1D\"; a step here is (batch, features), without inner steps");
  }

  @Test
  void refusesModelsThatItCannotBuild() throws IOException {
    refusedConfig(
        "\"class_name\": \"Sequential\"",
        "\"class_name\": \"MyModel\"",
        ": expected a Sequential or Functional model, got \"MyModel\"; a class of one's own is code,"
            + " which no file holds");
    refusedConfig(
        "[null, null, 2]",
        "[null, null, null]",
        ": expected the length of the input's last axis, got null; call the model on data, or give"
            + " it an Input, before saving it");
    refusedConfig(
        "\"batch_input_shape\": [null, null, 2]",
        "\"batch_input_shape\": null",
        ": expected the length of the input's last axis, got no shape of the input; call the model"
            + " on data, or give it an Input, before saving it");
    refusedConfig(
        "\"Sequential\",",
        "\"Sequential\"",
        ": expected JSON, got \"Unexpected character ('\"' (code 34)): was expecting comma to separate"
            + " Object entries\"");
  }

  @Test
  void refusesWeightsOfAnotherModel() throws IOException {
    String remedy = "; the weights belong to another model";
    refusedWeights(
        "\"units\": 3",
        "\"units\": 4",
        ", array \"/lstm_1/lstm_1/kernel:0\": expected lstm_1/kernel (2, 16), got (2, 12)"
            + remedy);
    refusedWeights(
        "\"units\": 3",
        "\"units\": 3, \"use_bias\": false",
        ", layer \"lstm_1\": expected 2 arrays: lstm_1/kernel (2, 12), lstm_1/recurrent_kernel (3,"
            + " 12), got 3: lstm_1/lstm_1/kernel:0, lstm_1/lstm_1/recurrent_kernel:0,"
            + " lstm_1/lstm_1/bias:0"
            + remedy);
    Path other = Resources.resource("keras-lstm/config.json");
    refused(
        file(WEIGHTS),
        ": expected weights of 3 layers, as the model has: lstm_1, lstm_2, dense_1, got 2: lstm_1,"
            + " time_distributed_1"
            + remedy,
        () -> KerasFile.load(file(WEIGHTS), other));
  }
}

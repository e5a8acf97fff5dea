package dev.lanewise.formats.keras;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Lstm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version of Keras wrote a model's JSON that does not say it. */
class KerasEvidenceTest {
  private static final Path FILE = Path.of("model.json");

  private static Lstm lstm(String around, String members, String said, KerasVersion weights) {
    String json =
        "{\"class_name\": \"Sequential\""
            + around
            + ", \"config\": {\"layers\": [{\"class_name\": \"LSTM\", \"config\": {"
            + members
            + "}}]}}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    KerasConfig config = KerasConfig.read(bytes, FILE, "", said, weights);
    return (Lstm) KerasLayers.of(config).getFirst().layer();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"implementation\": 2 | HARD_SIGMOID_CLASSIC",
        "\"time_major\": false | HARD_SIGMOID_CLASSIC",
        "\"batch_input_shape\": [null, 8, 3] | HARD_SIGMOID_CLASSIC",
        "\"dtype\": {\"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"}} | HARD_SIGMOID",
      })
  void itsNamesTell(String name, Activation gates) {
    String members = "\"units\": 3, \"recurrent_activation\": \"hard_sigmoid\", " + name;
    assertEquals(gates, lstm("", members, "", KerasVersion.UNKNOWN).recurrentActivation());
  }

  @Test
  void aVersionThatIsSaidOverrulesThem() {
    String members =
        "\"units\": 3, \"recurrent_activation\": \"hard_sigmoid\", \"implementation\": 2";
    assertEquals(
        Activation.HARD_SIGMOID,
        lstm(", \"keras_version\": \"3.1.0\"", members, "", KerasVersion.UNKNOWN)
            .recurrentActivation());
    assertEquals(
        Activation.HARD_SIGMOID,
        lstm("", members, "3.1.0", KerasVersion.UNKNOWN).recurrentActivation());
  }

  @Test
  void theFileOfTheWeightsTellsWhereTheyDoNot() {
    String members = "\"units\": 3, \"recurrent_activation\": \"hard_sigmoid\"";
    KerasVersion three = KerasVersion.UNKNOWN.from(3, 0);
    assertEquals(Activation.HARD_SIGMOID, lstm("", members, "", three).recurrentActivation());
    KerasVersion old = KerasVersion.parse("2.11.0");
    assertEquals(Activation.HARD_SIGMOID_CLASSIC, lstm("", members, "", old).recurrentActivation());
  }

  @Test
  void weightsTellByAttributeAndByLayout() {
    try (Hdf5 keras2 = Hdf5.open(file("keras2.h5"));
        Hdf5 unsaid = Hdf5.open(file("keras1.h5"));
        Hdf5 other = Hdf5.open(file("not_keras.h5"))) {
      assertEquals(KerasVersion.parse("2.2.4"), KerasEvidence.of(keras2));
      assertEquals(KerasVersion.UNKNOWN.before(3, 0), KerasEvidence.of(unsaid));
      assertEquals(KerasVersion.UNKNOWN, KerasEvidence.of(other));
    }
  }

  @Test
  void theNamesOfKeras1MeanItsGates() {
    Lstm lstm = lstm("", "\"output_dim\": 3, \"inner_init\": \"a\"", "", KerasVersion.UNKNOWN);
    assertEquals(Activation.HARD_SIGMOID_CLASSIC, lstm.recurrentActivation());
  }

  @Test
  void refusesWhereItStaysOpenAndTheAnswerWouldDiffer() {
    String remedy = "; add \"keras_version\", for instance \"2.15.0\", to the model's JSON";
    refused(
        FILE,
        ", layer \"\" (LSTM): expected the version of Keras that wrote it, as hard_sigmoid is"
            + " another in Keras 3, got none"
            + remedy,
        () ->
            lstm(
                "",
                "\"units\": 3, \"recurrent_activation\": \"hard_sigmoid\"",
                "",
                KerasVersion.UNKNOWN));
    refused(
        FILE,
        ", layer \"\" (LSTM): expected the version of Keras that wrote it, as an absent"
            + " recurrent_activation is another in Keras 2.3, got none"
            + remedy,
        () -> lstm("", "\"units\": 3", "", KerasVersion.UNKNOWN));
    assertEquals(
        Activation.SIGMOID,
        lstm("", "\"units\": 3, \"recurrent_activation\": \"sigmoid\"", "", KerasVersion.UNKNOWN)
            .recurrentActivation());
  }

  @Test
  void refusesClassesOfOnesOwn() {
    String members = "\"units\": 3, \"recurrent_activation\": \"sigmoid\"";
    refused(
        FILE,
        ": expected Keras's own Sequential, got \"Sequential\" of \"Mine>Sequential\"; a class of"
            + " one's own is code, which no file holds",
        () ->
            lstm(", \"registered_name\": \"Mine>Sequential\"", members, "", KerasVersion.UNKNOWN));
    refused(
        FILE,
        ": expected Keras's own Sequential, got \"Sequential\" of \"__main__\"; a class of one's own"
            + " is code, which no file holds",
        () -> lstm(", \"module\": \"__main__\"", members, "", KerasVersion.UNKNOWN));
  }
}

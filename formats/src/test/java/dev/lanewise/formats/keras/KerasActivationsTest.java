package dev.lanewise.formats.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.kernels.Activation;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of Keras, of which some are not this library's own. */
class KerasActivationsTest {

  @ParameterizedTest
  @CsvSource({
    "swish, SILU",
    "silu, SILU",
    "hard_swish, HARD_SILU",
    "hard_silu, HARD_SILU",
    "celu, ELU",
    "gelu, GELU",
    "gelu_new, GELU_TANH",
    "relu6, RELU6",
    "log_sigmoid, LOG_SIGMOID"
  })
  void becomes(String name, Activation expected) {
    JsonObject config = JsonObject.of(Map.of("activation", name), Path.of("m.json"), "layer");
    KerasVersion version = KerasVersion.parse("3.15.1");
    assertEquals(expected, KerasActivations.of(config, "activation", version));
  }
}

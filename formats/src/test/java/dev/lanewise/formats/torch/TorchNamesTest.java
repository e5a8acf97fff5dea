package dev.lanewise.formats.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchNamesTest {
  @ParameterizedTest
  @CsvSource({
    "module.lstm.w module.b, lstm.w b",
    "_orig_mod.w, w",
    "model.lstm.w model.fc.b, lstm.w fc.b",
    "net.w net.b, w b",
    "module._orig_mod.w, w",
    "_orig_mod.module.w, w",
    "module.model._orig_mod.w, w",
    "model.net.w, net.w",
    "model.model.w, model.w",
    "net.model.w, model.w",
    "module.w b, module.w b",
    "model.w loss.weight, model.w loss.weight",
    "module. module.w, module. module.w",
    "modules.w, modules.w",
    "w.module.b, w.module.b"
  })
  void takesOffWhatAllNamesHaveInFront(String names, String expected) {
    List<String> all = List.of(names.split(" "));
    int wrapped = TorchNames.wrapped(all);
    assertEquals(
        List.of(expected.split(" ")), all.stream().map(name -> name.substring(wrapped)).toList());
  }
}

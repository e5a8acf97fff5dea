package dev.lanewise.formats;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WriteModels1Test {
  @Test
  void write() {
    Path to = Path.of("src/test/resources/models-1").toAbsolutePath();
    Models1.all()
        .forEach(
            (name, model) -> {
              ModelFile.save(model, to.resolve(name + ".safetensors"));
              Sequential2.write(to.resolve(name + ".npy"), model.predict(Models1.input(model)));
            });
  }

  private static final class Sequential2 {
    static void write(Path file, dev.lanewise.tensor.Tensor tensor) {
      Npy.write(file, tensor);
    }
  }
}

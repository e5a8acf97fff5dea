package dev.lanewise.cli;

import dev.lanewise.formats.ModelReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that read a model share. */
final class ModelOptions {
  @Option(
      names = "--config",
      paramLabel = "C.json",
      description =
          "The architecture of a file of weights alone: Keras's model JSON (model.to_json()) for .h5, our own layer list"
              + " for .safetensors. Used in place of the file's own where it has one; a .keras archive takes none.")
  private @Nullable Path config;

  ModelReader.Contents read(Path model) {
    return config == null ? ModelReader.read(model) : ModelReader.read(model, config);
  }
}

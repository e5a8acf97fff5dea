package dev.lanewise.cli;

import dev.lanewise.formats.LoadOptions;
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

  @Option(
      names = "--allow-nan",
      description =
          "Take a model whose weights are NaN or infinite. What it predicts mostly is NaN too.")
  private boolean allowNan;

  ModelReader.Contents read(Path model) {
    LoadOptions options = LoadOptions.builder().allowNan(allowNan).build();
    return config == null
        ? ModelReader.read(model, options)
        : ModelReader.read(model, config, options);
  }
}

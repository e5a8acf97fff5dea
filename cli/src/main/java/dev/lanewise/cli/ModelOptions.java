package dev.lanewise.cli;

import dev.lanewise.formats.LoadOptions;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.Printable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that read a model share. */
final class ModelOptions {
  /** What a file may be. */
  static final String FILES =
      "The model: .safetensors of Lanewise, .h5 or .keras of Keras, a state_dict of PyTorch"
          + " (.pt, .pth or .safetensors), model.json of TensorFlow.js, an audio network (.json or"
          + " .nam). Its content says which it is.";

  @Option(
      names = "--config",
      paramLabel = "C.json",
      description =
          "The architecture of a file of weights alone: Keras's model JSON (model.to_json()) for .h5, our own layer list"
              + " for .safetensors and PyTorch, whose layers have the names of the modules. Used in place of the file's own where it has one; a .keras archive takes none.")
  private @Nullable Path config;

  @Option(
      names = "--allow-nan",
      description =
          "Take a model whose weights are NaN or infinite. What it predicts mostly is NaN too.")
  private boolean allowNan;

  @Option(
      names = "--layers",
      paramLabel = "MODULES",
      defaultValue = "",
      description =
          "Of a PyTorch state_dict: its modules in the order of forward(), and what is between them, such as"
              + " embedding,lstm:last,fc1:relu,fc2. :last is out[:, -1], :h_n the last state of each direction;"
              + " an activation by its name; conv:stride=2:padding=same, norm:eps=1e-3, aux:unused; flatten, mean"
              + " and max over time, maxpool:kernel_size=2, softmax. Not needed where the tensors fit in one order alone.")
  private String layers = "";

  @Option(
      names = "--check-proof",
      description =
          "Refuse a model that no longer gives the answers that its file keeps: see convert --proof.")
  private boolean checkProof;

  /** Reads a model; says on stderr what its file does not. */
  ModelReader.Contents read(Path model) {
    LoadOptions options =
        LoadOptions.builder().allowNan(allowNan).layers(layers).checkProof(checkProof).build();
    ModelReader.Contents contents =
        config == null
            ? ModelReader.read(model, options)
            : ModelReader.read(model, config, options);
    contents
        .notes()
        .forEach(
            note ->
                System.err.println(
                    "lanewise: "
                        + Printable.of(model.toString())
                        + ": "
                        + Printable.of(note)
                        + "; --layers says otherwise"));
    return contents;
  }
}

package dev.lanewise.cli;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lanewise convert}: any readable model to the native format. */
@Command(
    name = "convert",
    description = "Convert a model to Lanewise's own format, in which it predicts the same bits.",
    sortOptions = false)
final class ConvertCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "IN", description = ModelOptions.FILES)
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT.safetensors",
      description = "Where to; replaced where it exists, whole or not at all.")
  private Path out = Path.of("");

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--proof",
      paramLabel = "[NAME=]X.(npy|npz|csv)",
      description =
          "Keep these inputs and the model's answers to them in the file, for --check-proof. As predict's --input,"
              + " without lengths and states.")
  private List<String> proof = List.of();

  @Override
  public Integer call() {
    if (!ArrayFile.ends(out, ".safetensors")) {
      throw new InputException(out + ": expected a name that ends in .safetensors");
    }
    ModelReader.Contents contents = options.read(in);
    if (proof.isEmpty()) {
      ModelFile.save(contents.model(), contents.metadata(), out);
    } else {
      Proof kept = Proof.of(contents.model(), ProofInputs.read(contents.model(), proof));
      ModelFile.save(contents.model(), contents.metadata(), kept, out);
    }
    System.out.println(
        in
            + " ("
            + contents.format()
            + ") -> "
            + out
            + ", "
            + contents.model().parameterCount()
            + " parameters"
            + (proof.isEmpty() ? "" : ", with a proof"));
    return 0;
  }
}

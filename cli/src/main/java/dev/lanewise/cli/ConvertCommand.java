package dev.lanewise.cli;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.ModelReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Override
  public Integer call() {
    if (!ArrayFile.ends(out, ".safetensors")) {
      throw new InputException(out + ": expected a name that ends in .safetensors");
    }
    ModelReader.Contents contents = options.read(in);
    ModelFile.save(contents.model(), contents.metadata(), out);
    System.out.println(
        in
            + " ("
            + contents.format()
            + ") -> "
            + out
            + ", "
            + contents.model().parameterCount()
            + " parameters");
    return 0;
  }
}

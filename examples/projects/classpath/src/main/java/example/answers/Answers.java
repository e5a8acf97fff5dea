package example.answers;

import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.Npy;
import dev.lanewise.kernels.Kernels;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;

/** What a model that Keras trained answers to each sequence of an array of NumPy. */
public final class Answers {
  private Answers() {}

  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: Answers WEIGHTS.h5 CONFIG.json X.npy");
      System.exit(2);
    }
    Sequential model = ModelReader.read(Path.of(args[0]), Path.of(args[1])).sequential();
    Tensor y = model.predict(Npy.read(Path.of(args[2]))); // (batch, 1)

    System.out.println(Kernels.implementation()); // "scalar" says that a flag is missing
    for (long i = 0; i < y.shape().dim(0); i++) {
      System.out.println(y.get(i, 0));
    }
  }
}

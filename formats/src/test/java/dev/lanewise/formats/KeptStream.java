package dev.lanewise.formats;

import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Some steps of a stream in a process of its own, which goes on from the bytes that it finds. */
final class KeptStream {
  private KeptStream() {}

  /** Takes a folder of {@code model.safetensors} and {@code x.npy}, the first step and the last. */
  public static void main(String[] args) throws IOException {
    run(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
  }

  /** Writes the bits that each step gives to {@code y}, and the state to {@code state}. */
  private static void run(Path folder, int from, int end) throws IOException {
    Path kept = folder.resolve("state");
    Tensor x = Npy.read(folder.resolve("x.npy")); // (batch, timesteps, features)
    Predictor predictor =
        ModelReader.predictor(
            folder.resolve("model.safetensors"), LoadOptions.of(), PredictorOptions.of());
    Stream stream = predictor.stream((int) x.dim(0));
    if (Files.exists(kept)) {
      stream.restore(predictor.readState(Files.readAllBytes(kept)));
    }
    List<String> bits = new ArrayList<>();
    Tensor y = Tensor.zeros(x.dim(0), 2);
    for (int step = from; step < end; step++) {
      stream.step(x.select(1, step), y);
      for (float number : y.toArray()) {
        bits.add(Integer.toHexString(Float.floatToRawIntBits(number)));
      }
    }
    Files.write(folder.resolve("y"), bits);
    Files.write(kept, stream.save().toBytes());
  }
}

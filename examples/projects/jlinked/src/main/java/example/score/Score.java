package example.score;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Stream;
import dev.lanewise.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Answers each number of stdin, a step of one sequence, as it comes. */
public final class Score {
  private Score() {}

  private static float number(String line, long at) {
    try {
      float number = Float.parseFloat(line.strip());
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException("line " + at + ": expected a number, got \"" + line + "\"");
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println(
          "usage: score MODEL.safetensors, a model of one feature, then a number a line");
      System.exit(2);
    }
    Predictor predictor = ModelFile.load(Path.of(args[0])).predictor();
    Tensor x = Tensor.zeros(1, 1);
    Tensor y = Tensor.zeros(1, 1);
    try (Stream stream = predictor.stream(1);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      long at = 1;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        x.set(number(line, at++), 0, 0);
        stream.step(x, y);
        System.out.println(y.get(0, 0));
      }
    }
  }
}

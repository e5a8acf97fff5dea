package dev.lanewise.examples;

import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;

/**
 * Shows the two ways to read five images of 28 x 28 pixels, one in each column of a (784, 5) table:
 * as one film of five frames, or as five sequences of 784 pixels.
 *
 * <p>A common tutorial says the first, declares the second, and hands over the 2-D {@code
 * table.transpose()}, which is neither.
 */
final class ImagesInColumns {
  private ImagesInColumns() {}

  /** Runs the program. */
  static void main() {
    // guide: columns-as-time
    Tensor table = Data.uniform(1, 784, 5); // a row a pixel, a column an image
    Tensor film = Sequences.columnsAsTime(table); // (1, 5, 784)
    Sequential frames = Sequential.of(Lstm.of(128), Dense.of(10)).build(784, 42);
    Tensor classOfFilm = frames.predict(film); // (1, 10)
    // guide: end
    Show.shape("table", table);
    Show.shape("one film of five frames", film);
    Show.shape("its ten scores", classOfFilm);
    Show.values("its ten scores", classOfFilm);

    // guide: columns-of-pixels
    Tensor images = Sequences.columns(table); // (5, 784, 1): pixel after pixel
    Sequential pixels = Sequential.of(Lstm.of(128), Dense.of(10)).build(1, 42);
    Tensor classOfImage = pixels.predict(images); // (5, 10)
    // guide: end
    Show.shape("five runs of 784 pixels", images);
    Show.shape("ten scores for each", classOfImage);
    Show.values("those of image 0", classOfImage.select(0, 0));

    Show.refused("pixels.predict(table^T)", () -> pixels.predict(table.transpose()));
  }
}

package dev.lanewise.examples;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.PadOptions;
import dev.lanewise.lstm.Padded;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows sentences as token ids, padded to 50 with the id 0, and given word vectors that training
 * leaves alone.
 *
 * <p>A common tutorial masks nothing, so that the LSTM reads up to 50 padding words before a short
 * sentence.
 */
final class Sentiment {
  /** Each begins with its label: 1 for praise, 0 for blame. */
  private static final List<String> REVIEWS =
      List.of(
          "1 a good film",
          "0 a bad film",
          "1 the play was good",
          "0 the play was bad",
          "1 what a fine and good play",
          "0 what a dull and bad play",
          "1 fine",
          "0 dull",
          "1 the end was fine and the film was good",
          "0 the end was dull and the film was bad",
          "1 good end",
          "0 bad end",
          "1 a fine play",
          "0 a dull play");

  private Sentiment() {}

  /** Every word once; a word's id is its place. */
  private static List<String> vocabulary() {
    Stream<String> words = REVIEWS.stream().flatMap(review -> words(review).stream().skip(1));
    return Stream.concat(Stream.of("(padding)"), words).distinct().toList(); // the id 0 is no word
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private static int[] ids(String sentence, List<String> vocabulary) {
    return words(sentence).stream().mapToInt(vocabulary::indexOf).toArray();
  }

  /** Runs the program. */
  static void main() {
    List<String> vocabulary = vocabulary();
    int[][] sentences = new int[REVIEWS.size()][];
    Tensor labels = Tensor.zeros(sentences.length);
    for (int i = 0; i < sentences.length; i++) {
      sentences[i] = ids(REVIEWS.get(i).substring(2), vocabulary);
      labels.set(REVIEWS.get(i).charAt(0) - '0', i);
    }
    Tensor vectors = Data.uniform(1, vocabulary.size(), 100); // here would be word2vec or GloVe

    // guide: token-ids
    PadOptions to50 = PadOptions.builder().maxLength(50).build();
    Padded padded = Sequences.padIds(sentences, to50); // (14, 50) of ids
    Embedding words = Embedding.given(vectors).trainable(false).maskZero(true).build();
    Sequential model =
        Sequential.of(words, Lstm.of(100), Dense.of(1, Activation.SIGMOID)).build(42);
    model.compile(Adam.of(), Loss.BINARY_CROSSENTROPY, Metric.ACCURACY);
    FitOptions options = FitOptions.builder().epochs(10).seed(42).build();
    History history = model.fit(padded.x(), labels, options);
    // guide: end
    Show.shape("word vectors", vectors);
    Show.shape("padded ids", padded.x());
    Show.line(
        "\"" + REVIEWS.getFirst().substring(2) + "\"", padded.x().select(0, 0).slice(0, 0, 6));
    Show.loss(history);
    Show.line("accuracy in epoch 10", Show.number(history.metric(Metric.ACCURACY)[9]));
    Tensor good = Tensor.ofInts(new int[][] {ids("the film was good", vocabulary)});
    Show.values("\"the film was good\"", model.predict(good));
    Tensor bad = Tensor.ofInts(new int[][] {ids("the film was bad", vocabulary)});
    Show.values("\"the film was bad\"", model.predict(bad));

    Tensor first = Tensor.ofInts(new int[][] {sentences[0]});
    Tensor inBatch = model.predict(padded.x()).slice(0, 0, 1);
    Show.line("padded is as unpadded", model.predict(first).arrayEqual(inBatch));

    Tensor unknown =
        Tensor.ofInts(new int[][] {ids("the actor was good", vocabulary)}); // no "actor"
    Show.refused("predict of an unknown word", () -> model.predict(unknown));
    Tensor beyond = Tensor.ofInts(new int[][] {{1, 2, vocabulary.size()}});
    Show.refused("predict of the id 13", () -> model.predict(beyond));
  }
}

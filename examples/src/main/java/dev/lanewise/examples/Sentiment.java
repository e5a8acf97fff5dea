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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows sentences as token ids, padded to 50 with the id 0, and given word vectors that training
 * leaves alone.
 *
 * <p>A common tutorial masks nothing, so that the LSTM reads up to 50 padding words before a short
 * sentence.
 */
final class Sentiment {
  private static final List<String> REVIEWS =
      List.of("a _ film", "the play was _", "what a _ play", "_");

  /** Blame and praise by turns. */
  private static final List<String> WORDS = List.of("bad", "good", "dull", "fine");

  private Sentiment() {}

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private static int[] ids(String sentence, List<String> vocabulary) {
    return words(sentence).stream().mapToInt(vocabulary::indexOf).toArray();
  }

  /** Runs the program. */
  static void main() {
    List<String> reviews =
        REVIEWS.stream().flatMap(r -> WORDS.stream().map(word -> r.replace("_", word))).toList();
    Set<String> all = new LinkedHashSet<>(List.of("(padding)")); // the id 0 is no word
    reviews.forEach(review -> all.addAll(words(review)));
    List<String> vocabulary = List.copyOf(all); // a word's id is its place
    int[][] sentences = reviews.stream().map(r -> ids(r, vocabulary)).toArray(int[][]::new);
    Tensor labels = Tensor.zeros(sentences.length);
    for (int i = 0; i < sentences.length; i++) {
      labels.set(i % 2, i);
    }
    Tensor vectors = Data.uniform(1, vocabulary.size(), 100); // here would be word2vec or GloVe

    // guide: token-ids
    PadOptions to50 = PadOptions.builder().maxLength(50).build();
    Padded padded = Sequences.padIds(sentences, to50); // (16, 50) of ids
    Embedding words = Embedding.given(vectors).trainable(false).maskZero(true).build();
    Sequential model =
        Sequential.of(words, Lstm.of(100), Dense.of(1, Activation.SIGMOID)).build(42);
    model.compile(Adam.of(), Loss.BINARY_CROSSENTROPY, Metric.ACCURACY);
    FitOptions options = FitOptions.builder().epochs(10).seed(42).build();
    History history = model.fit(padded.x(), labels, options);
    // guide: end
    Show.shape("word vectors", vectors);
    Show.shape("padded ids", padded.x());
    Show.line("\"" + reviews.get(1) + "\"", padded.x().select(0, 1).slice(0, 0, 6));
    Show.loss(history);
    Show.line("accuracy in epoch 10", Show.number(history.metric(Metric.ACCURACY)[9]));
    for (String review : List.of("the film was good", "the film was bad")) {
      Tensor ids = Tensor.ofInts(new int[][] {ids(review, vocabulary)});
      Show.values("\"" + review + "\"", model.predict(ids));
    }
    Tensor first = Tensor.ofInts(new int[][] {sentences[0]});
    Tensor inBatch = model.predict(padded.x()).slice(0, 0, 1);
    Show.line("padded is as unpadded", model.predict(first).arrayEqual(inBatch));

    Tensor unknown =
        Tensor.ofInts(new int[][] {ids("the actor was good", vocabulary)}); // no "actor"
    Show.refused("predict of an unknown word", () -> model.predict(unknown));
    int size = vocabulary.size();
    Tensor beyond = Tensor.ofInts(new int[][] {{1, 2, size}});
    Show.refused("predict of the id " + size, () -> model.predict(beyond));
  }
}

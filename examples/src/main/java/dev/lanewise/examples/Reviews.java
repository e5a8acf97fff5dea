package dev.lanewise.examples;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.GlobalAveragePooling1d;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.PadOptions;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Shows whether a review praises or blames, which is in the order of its words: "not dull but good"
 * and "not good but dull" have the same ones. An LSTM in both directions learns it, with an
 * embedding of its own.
 *
 * <p>A common tutorial pads in front to 500 words and masks nothing, and is as slow as 500 words.
 */
final class Reviews {
  private static final List<String> SUBJECTS =
      List.of("the film", "this play", "the plot", "her acting", "the music", "the first act");
  private static final List<String> VERBS = List.of("was", "is", "seemed");
  private static final List<String> PRAISE = List.of("good", "great", "moving", "witty", "fine");
  private static final List<String> BLAME = List.of("bad", "dull", "weak", "slow", "silly");
  private static final List<String> FILLERS = List.of("really", "at times", "i think", "to me");

  private Reviews() {}

  /**
   * Texts and what they are.
   *
   * @param labels (count): 1 praises
   */
  private record Written(List<String> texts, Tensor labels) {}

  private static String one(List<String> of, SplittableRandom random) {
    return of.get(random.nextInt(of.size()));
  }

  /** One review of some praise and some blame; which of them holds depends on where "not" is. */
  private static String review(boolean praises, SplittableRandom random) {
    String holds = one(praises ? PRAISE : BLAME, random);
    String other = one(praises ? BLAME : PRAISE, random);
    String begin = one(SUBJECTS, random) + " " + one(VERBS, random);
    String filler = random.nextBoolean() ? one(FILLERS, random) + " " : "";
    return switch (random.nextInt(3)) {
      case 0 -> begin + " " + filler + holds + " and not " + other;
      case 1 -> begin + " not " + other + " but " + filler + holds;
      default -> filler + begin + " not " + other;
    };
  }

  private static Written write(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor labels = Tensor.zeros(count);
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      labels.set(i % 2, i);
      texts[i] = review(i % 2 == 1, random);
    }
    return new Written(List.of(texts), labels);
  }

  /** Runs the program. */
  static void main() {
    Written train = write(1, 800);
    Written test = write(2, 400);
    // guide: reviews-words
    Set<String> words = new LinkedHashSet<>(List.of("(padding)", "(unknown)")); // ids 0 and 1
    train.texts().forEach(text -> words.addAll(List.of(text.split(" "))));
    List<String> vocabulary = List.copyOf(words); // a word's id is its place
    Tensor x = ids(train.texts(), vocabulary); // (800, 10), padded with 0
    // guide: end
    Tensor y = train.labels();
    FitOptions options = FitOptions.builder().epochs(8).seed(1).build();
    // guide: reviews-model
    Embedding embedding = Embedding.builder(vocabulary.size(), 16).maskZero(true).build();
    Bidirectional reader = Bidirectional.of(Lstm.of(16)); // (batch, 32)
    Sequential model = Sequential.of(embedding, reader, Dense.of(1, Activation.SIGMOID)).build(1);
    model.compile(Adam.of(0.01), Loss.BINARY_CROSSENTROPY, Metric.ACCURACY);
    model.fit(x, y, options);
    Tensor unseen = ids(test.texts(), vocabulary);
    double right = model.evaluate(unseen, test.labels()).metric(Metric.ACCURACY);
    // guide: end
    Show.line("a review", train.texts().getFirst());
    Show.shape("ids", x);
    Show.line("right about new reviews", Show.number(right));
    Layer mean = GlobalAveragePooling1d.of();
    Sequential bag = Sequential.of(embedding, mean, Dense.of(1, Activation.SIGMOID)).build(1);
    bag.compile(Adam.of(0.01), Loss.BINARY_CROSSENTROPY, Metric.ACCURACY);
    bag.fit(x, y, options);
    double without = bag.evaluate(unseen, test.labels()).metric(Metric.ACCURACY);
    Show.line("without their order", Show.number(without));
    for (String text :
        List.of("the sequel was not dull but good", "the sequel was not good but dull")) {
      Show.values("\"" + text.substring(11) + "\"", model.predict(ids(List.of(text), vocabulary)));
    }
  }

  // guide: reviews-ids
  /** Texts as ids; a word that was not in the training is the id 1. */
  private static Tensor ids(List<String> texts, List<String> vocabulary) {
    int[][] ids = new int[texts.size()][];
    for (int i = 0; i < ids.length; i++) {
      String[] words = texts.get(i).split(" ");
      ids[i] = List.of(words).stream().mapToInt(w -> Math.max(1, vocabulary.indexOf(w))).toArray();
    }
    return Sequences.padIds(ids, PadOptions.builder().build()).x();
  }
  // guide: end
}

package dev.lanewise.examples;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Labels;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.PadOptions;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Shows a label a step: the part of speech of each word. "fish" is a noun in "the fish swim" and a
 * verb in "they fish", so that the words beside it decide.
 *
 * <p>A common tutorial counts the padding as a class of its own, which is always right, and reports
 * 99 % for what guesses.
 */
final class Tagging {
  private static final List<String> TAGS =
      List.of("determiner", "pronoun", "adjective", "noun", "verb", "adverb");

  private static final List<List<String>> WORDS =
      List.of(
          List.of("the", "a", "this", "every"),
          List.of("they", "we", "you"),
          List.of("old", "young", "clean", "light", "cool"),
          List.of("fish", "watch", "light", "play", "cook", "duck", "old", "house", "boat"),
          List.of("fish", "watch", "light", "play", "cook", "duck", "clean", "cool", "see"),
          List.of("well", "often", "slowly"));

  /** The tags that a sentence must have; the others may be left out. */
  private static final Set<Integer> MUST = Set.of(0, 1, 3, 4);

  /** The parts of a sentence, as places in {@link #TAGS}. */
  private static final List<int[]> FORMS =
      List.of(new int[] {0, 2, 3, 4, 0, 2, 3}, new int[] {1, 4, 0, 2, 3, 5}, new int[] {1, 5, 4});

  private Tagging() {}

  /** A sentence: ids of its words, and of their tags. */
  private record Sentence(List<Integer> words, List<Integer> tags) {}

  private static List<Sentence> sentences(long seed, int count, Map<String, Integer> ids) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sentence> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> words = new ArrayList<>();
      List<Integer> tags = new ArrayList<>();
      for (int tag : FORMS.get(random.nextInt(FORMS.size()))) {
        if (MUST.contains(tag) || random.nextBoolean()) {
          List<String> choice = WORDS.get(tag);
          String word = choice.get(random.nextInt(choice.size()));
          words.add(ids.computeIfAbsent(word, _ -> ids.size() + 1)); // 0 is the padding
          tags.add(tag);
        }
      }
      all.add(new Sentence(words, tags));
    }
    return all;
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Tensor padded(List<Sentence> sentences, Function<Sentence, List<Integer>> of) {
    int[][] ids = sentences.stream().map(s -> array(of.apply(s))).toArray(int[][]::new);
    return Sequences.padIds(ids, PadOptions.builder().maxLength(8).build()).x();
  }

  /** The part of the words that get their most frequent tag right, whatever stands beside them. */
  private static double alone(List<Sentence> train, List<Sentence> test, int words) {
    int[][] seen = new int[words + 1][TAGS.size()];
    train.forEach(s -> each(s, (word, tag) -> seen[word][tag]++));
    int[] counts = new int[2];
    test.forEach(
        s ->
            each(
                s,
                (word, tag) -> {
                  counts[0] += tag == largest(seen[word]) ? 1 : 0;
                  counts[1]++;
                }));
    return (double) counts[0] / counts[1];
  }

  private static int largest(int[] counts) {
    int at = 0;
    for (int i = 1; i < counts.length; i++) {
      at = counts[i] > counts[at] ? i : at;
    }
    return at;
  }

  private interface Tagged {
    void of(int word, int tag);
  }

  private static void each(Sentence sentence, Tagged tagged) {
    for (int i = 0; i < sentence.words.size(); i++) {
      tagged.of(sentence.words.get(i), sentence.tags.get(i));
    }
  }

  /** Runs the program. */
  static void main() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    List<Sentence> train = sentences(1, 600, ids);
    List<Sentence> test = sentences(2, 300, ids);
    FitOptions options = FitOptions.builder().epochs(12).seed(1).build();
    // guide: tagging
    Tensor x = padded(train, Sentence::words); // (600, 8) of ids, padded with 0
    Tensor y =
        Labels.oneHot(
            padded(train, Sentence::tags), 6); // (600, 8, 6); what stands at padding does not count
    Lstm lstm = Lstm.builder(16).returnSequences(true).build();
    Sequential model =
        Sequential.of(
                Embedding.builder(ids.size() + 1, 16).maskZero(true).build(),
                Bidirectional.of(lstm), // (batch, 8, 32): each word is told what follows it too
                Dense.of(6), // at each step
                Softmax.of())
            .build(1);
    model.compile(Adam.of(0.01), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    model.fit(x, y, options);
    Tensor wanted = Labels.oneHot(padded(test, Sentence::tags), 6);
    double right = model.evaluate(padded(test, Sentence::words), wanted).metric(Metric.ACCURACY);
    // guide: end
    Show.shape("words", x);
    Show.shape("tags", y);
    Show.line("right about new words", Show.number(right));
    Show.line("by the word alone", Show.number(alone(train, test, ids.size())));
    for (String text : List.of("the old fish watch a duck", "they fish often")) {
      Show.line(text, said(model, text, ids));
    }
  }

  private static String said(Sequential model, String text, Map<String, Integer> ids) {
    int[] words = List.of(text.split(" ")).stream().mapToInt(ids::get).toArray();
    Tensor tags = Labels.largest(model.predict(Tensor.ofInts(new int[][] {words})));
    List<String> said = new ArrayList<>();
    for (int tag : tags.toIntArray()) {
      said.add(TAGS.get(tag));
    }
    return String.join(" ", said);
  }
}

package dev.lanewise.examples;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Labels;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Metric;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Shows sequence to sequence: an encoder reads digits, a decoder begins from the states that it
 * ended in and says them in reverse. Trained with the right digit before each, it is then asked
 * digit by digit, from what it said itself.
 */
final class EncoderDecoder {
  private static final int DIGITS = 10;
  private static final int START = DIGITS; // what stands before the first digit
  private static final int LENGTH = 6;

  private EncoderDecoder() {}

  /**
   * Digits and their reverse.
   *
   * @param source (count, 6, 10), one-hot
   * @param before (count, 6, 11): what stands before each digit of the reverse, a start mark first
   * @param reverse (count, 6, 10)
   */
  private record Digits(Tensor source, Tensor before, Tensor reverse) {
    Map<String, Tensor> x() {
      return Map.of("source", source, "before", before);
    }

    Map<String, Tensor> y() {
      return Map.of("digit", reverse);
    }
  }

  /** Of an odd sum or of an even one, so that no list of the one kind is of the other. */
  private static Digits digits(long seed, int count, int odd) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] source = new int[count * LENGTH];
    int[] before = new int[count * LENGTH];
    int[] reverse = new int[count * LENGTH];
    for (int first = 0; first < source.length; first += LENGTH) {
      int sum = odd;
      for (int step = 0; step < LENGTH - 1; step++) {
        source[first + step] = random.nextInt(DIGITS);
        sum += source[first + step];
      }
      source[first + LENGTH - 1] = 2 * random.nextInt(DIGITS / 2) + sum % 2;
      reverse(source, reverse, before, first);
    }
    return new Digits(
        Labels.oneHot(Tensor.ofInts(source, count, LENGTH), DIGITS),
        Labels.oneHot(Tensor.ofInts(before, count, LENGTH), DIGITS + 1),
        Labels.oneHot(Tensor.ofInts(reverse, count, LENGTH), DIGITS));
  }

  private static void reverse(int[] source, int[] reverse, int[] before, int first) {
    int said = START;
    for (int step = 0; step < LENGTH; step++) {
      before[first + step] = said;
      said = source[first + LENGTH - 1 - step];
      reverse[first + step] = said;
    }
  }

  /** Runs the program. */
  static void main() {
    Digits train = digits(1, 4000, 0);
    Digits heldOut = digits(2, 200, 1);
    FitOptions options = FitOptions.builder().epochs(15).seed(42).build();
    // guide: encoder-decoder
    Value source = Input.sequences("source", 10); // six digits, one-hot
    Value before = Input.sequences("before", 11); // the right digit before each, or a start mark
    Lstm encoder = Lstm.of(64).named("encoder");
    Lstm decoder = Lstm.builder(64).returnSequences(true).build().named("decoder");
    Dense score = Dense.of(10).named("score");

    States read = encoder.applyWithState(source).states(); // h and c after the last digit
    Value said = decoder.applyWithState(before, read).y(); // begins from them
    Value digit = Softmax.of().apply(score.apply(said)).named("digit");
    Model model = Model.of(List.of(source, before), List.of(digit)).build(42);
    model.compile(Adam.of(0.01), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    History history = model.fit(train.x(), train.y(), options);
    // guide: end
    Show.shape("source", train.source());
    Show.shape("before", train.before());
    Show.loss(history);
    show(model, heldOut);

    // guide: decode-models
    Value h0 = read.h().getFirst().named("h");
    Value c0 = read.c().getFirst().named("c");
    Model encode = Model.of(List.of(source), List.of(h0, c0)).buildZeros(); // digits in, states out

    Value h = Input.rows("h", 64);
    Value c = Input.rows("c", 64);
    ValueWithStates one = decoder.applyWithState(before, States.of(h, c));
    Value likely = Softmax.of().apply(score.apply(one.y())).named("digit");
    Value h1 = one.states().h().getFirst().named("h");
    Value c1 = one.states().c().getFirst().named("c");
    Model step = Model.of(List.of(before, h, c), List.of(likely, h1, c1)).buildZeros();
    Weights.copy(model, encode); // by name
    Weights.copy(model, step);
    // guide: end
    Show.line("encode gives", encode.outputNames());
    Show.line("step takes, and gives", step.inputNames() + " " + step.outputNames());
    decode(model, encode, step, heldOut);
    refusals(before, decoder, score);
  }

  /** What it gives when it is told the right digit before each. */
  private static void show(Model model, Digits heldOut) {
    System.out.println(model.summary());
    double accuracy = model.evaluate(heldOut.x(), heldOut.y()).metric(Metric.ACCURACY);
    Show.line("right when told before", Show.number(accuracy));
    Path file = TemporaryFile.of("reverse.safetensors");
    ModelFile.save(model, file);
    Map<String, Tensor> loaded = ModelFile.loadModel(file).predict(heldOut.x());
    Show.line("loaded, the same bits", Same.bits(loaded, model.predict(heldOut.x())));
  }

  /** Digit by digit, each from the one said before, and shows that it is the model at once. */
  private static void decode(Model model, Model encode, Model step, Digits asked) {
    long count = asked.source().dim(0);
    Tensor told = Tensor.zeros(count, LENGTH, 11);
    Tensor said = Tensor.zeros(count, LENGTH, 10);
    // guide: decode
    Tensor h = Tensor.zeros(count, 64);
    Tensor c = Tensor.zeros(count, 64);
    encode.predictor().predict(Map.of("source", asked.source()), Map.of(), Map.of("h", h, "c", c));

    Tensor last = asked.before().slice(1, 0, 1).copy(); // (count, 1, 11): the start mark
    Tensor likely = Tensor.zeros(count, 1, 10);
    Map<String, Tensor> in = Map.of("before", last, "h", h, "c", c);
    Map<String, Tensor> out = Map.of("digit", likely, "h", h, "c", c); // the states in place
    for (int i = 0; i < LENGTH; i++) {
      told.slice(1, i, i + 1).copyFrom(last);
      step.predictor().predict(in, Map.of(), out);
      said.slice(1, i, i + 1).copyFrom(likely);
      last.copyFrom(Labels.oneHot(Labels.largest(likely), 11));
    }
    // guide: end
    Map<String, Tensor> x = Map.of("source", asked.source(), "before", told);
    Show.line("as the model at once", Same.bits(Map.of("digit", said), model.predict(x)));
    Show.line("right digit by digit", Show.number(right(said, asked.reverse())));
    Show.line("the first digits", spelt(asked.source()));
    Show.line("it says", spelt(said));
  }

  private static void refusals(Value before, Lstm decoder, Dense score) {
    Value h = Input.rows("h", 64);
    Value narrow = Input.rows("narrow", 32);
    States other = States.of(narrow, h);
    Show.refused("states of another width", () -> decoder.applyWithState(before, other));
    Show.refused("no cell state", () -> decoder.applyWithState(before, States.of(h)));
    Show.refused("two values, not merged", () -> score.apply(h, narrow));
  }

  private static String spelt(Tensor digits) {
    return Arrays.toString(Labels.largest(digits.select(0, 0)).toIntArray());
  }

  /** The part of the lists of which every digit is right. */
  private static double right(Tensor said, Tensor wanted) {
    int[] one = Labels.largest(said).toIntArray();
    int[] other = Labels.largest(wanted).toIntArray();
    int right = 0;
    for (int at = 0; at < one.length; at += LENGTH) {
      right += Arrays.equals(one, at, at + LENGTH, other, at, at + LENGTH) ? 1 : 0;
    }
    return right * LENGTH / (double) one.length;
  }
}

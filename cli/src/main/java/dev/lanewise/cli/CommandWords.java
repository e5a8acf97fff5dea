package dev.lanewise.cli;

import dev.lanewise.lstm.LayerType;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Says what the library says in the words of the command line: a call of Java as an option or as
 * NumPy, which wrote the array, or not at all where neither has it.
 */
final class CommandWords {
  /** What is said, as a regular expression, and what to say instead. */
  private record Word(Pattern java, String instead) {
    static Word of(String java, String instead) {
      return new Word(Pattern.compile(java), instead);
    }
  }

  private static final String CLASS =
      "(?:Adam|AdamW|FitOptions|Mask|Model|Predictor|PredictorOptions|RmsProp|Sequences|Sequential|Sgd|Standardization"
          + "|Tensor|TimeSplit|Windows|"
          + String.join("|", LayerType.names())
          + ")";

  /** A file may have the name of a class. */
  private static final String SUFFIX = "(?:csv|h5|hdf5|json|keras|npy|npz|safetensors)\\b";

  private static final String SHAPE = "\\([0-9, ]*\\)";

  /** Applied in this order. */
  private static final List<Word> WORDS =
      List.of(
          // The method that was called.
          Word.of(
              "(?<![\\w./])" + CLASS + "\\.(?!" + SUFFIX + ")[a-z]\\w*(?: validationData)?: ", ""),
          Word.of("\\bSequential(:? )(needs|input)", "the model$1$2"),
          Word.of("^Predictor: ", ""),
          Word.of("\\. Leave the weights at WeightFormat\\.FLOAT32", "; leave --weights out"),
          Word.of("WeightFormat\\.INT8", "--weights int8"),
          Word.of("WeightFormat\\.BFLOAT16", "--weights bf16"),
          Word.of("FLOAT32 and BFLOAT16 take any", "f32 and bf16 take any"),
          Word.of(
              "(?:ModelReader\\.read|KerasFile\\.load)\\(\\w+, config\\),? or --config",
              "--config C.json"),
          Word.of(
              "(?:, which holds its config)?: KerasFile\\.load\\(file\\)", ": leave --config out"),
          Word.of("give it as the config of the weights", "give it as --config beside the weights"),
          // Arrays, which are NumPy's.
          Word.of("Sequences\\.rows\\(x\\)", "in NumPy x[None]"),
          Word.of("Sequences\\.columnsAsTime\\(x\\)", "in NumPy x.T[None]"),
          Word.of("Sequences\\.columns\\(x\\)", "in NumPy x.T[:, :, None]"),
          Word.of("x\\.expandDims\\(2\\)", "in NumPy x[:, :, None]"),
          Word.of("x\\.expandDims\\(0\\)", "in NumPy x[None]"),
          Word.of("x\\.permute\\(0, 2, 1\\)", "in NumPy x.transpose(0, 2, 1)"),
          Word.of("x\\.(reshape|squeeze)(" + SHAPE + ")", "in NumPy x.$1$2"),
          Word.of("(?<!x\\.)\\breshape(" + SHAPE + ")", "reshaping to $1"),
          Word.of(
              "\\. Sequences\\.pad with maxLength\\((\\d+)\\) pads and truncates",
              ". Pad or cut it to $1 steps"),
          // Settings.
          Word.of("a learning rate below ", "--lr below "),
          Word.of("globalClipNorm\\(1\\.0\\) on the optimizer's builder", "--clip 1"),
          Word.of("; data scaled to about -1\\.\\.1", ""),
          Word.of("; activation TANH instead of (\\w+) in", "; in --layers tanh instead of $1 in"),
          Word.of(
              "-XX:MaxDirectMemorySize raises",
              "LANEWISE_JAVA_OPTS=-XX:MaxDirectMemorySize=8g raises"),
          // Tables.
          Word.of("CsvOptions\\.decimal\\('([.,])'\\)", "--decimal $1"),
          Word.of("CsvOptions\\.missing\\(List\\.of\\((\"[^\"]*\")\\)\\)", "--missing $1"),
          Word.of("; or CsvOptions\\.header\\(false\\)[^;]*", ""),
          // Tables and forecasters.
          Word.of("\\bheldBack\\(([0-9.]+)\\)", "--validation $1"),
          Word.of("\\blower window\\(\\d+\\)", "lower --window"),
          Word.of("\\bwindow\\((\\d+)\\)", "--window $1"),
          Word.of("\\bhorizon\\((\\d+)\\)", "--horizon $1"),
          Word.of("\\bseries\\(\"([^\"]*)\"\\)", "--series \"$1\""),
          Word.of("\\bseries\\(COL\\)", "--series COL"),
          Word.of("\\bmissing\\(([^)]*)\\)", "--missing $1"),
          Word.of("\\bFill\\.FORWARD", "--fill forward"),
          Word.of("\\blower the window\\b", "lower --window"),
          Word.of("^rows of numbers hold no text", "an array holds no text"),
          Word.of("; forecast a Frame$", "; give it the table as CSV"),
          Word.of("; forecast without the logarithm", "; leave --log out"),
          Word.of(
              "\\bthe calendar needs the times of the rows, got none",
              "--calendar needs the times of the rows, got none; name their columns: --time COL"),
          // What has no place here.
          Word.of(", or build\\(\\d+, seed\\)", ""),
          Word.of("\\. padding\\(Conv1d\\.Padding\\.SAME\\) takes any number", ""),
          Word.of("\\. For \\(batch, timesteps, features\\) call build\\([^)]*\\)", ""),
          Word.of(
              "\\. Let its layer return every step: returnSequences\\(true\\)"
                  + "|\\. Let that one return every step: \\w+\\.builder\\(\\d+\\)\\.returnSequences\\(true\\)"
                  + "(?:\\.name\\(\"[^\"]*\"\\))?\\.build\\(\\)",
              ""));

  private CommandWords() {}

  /** Puts a file before what the library refuses of it. */
  static <T> T about(Path file, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + of(e), e);
    }
  }

  /** What the library refused. */
  static String of(IllegalArgumentException e) {
    return of(String.valueOf(e.getMessage()));
  }

  /** The message without what only a program could do. */
  static String of(String message) {
    String said = message;
    for (Word word : WORDS) {
      said = word.java().matcher(said).replaceAll(word.instead());
    }
    return said;
  }
}

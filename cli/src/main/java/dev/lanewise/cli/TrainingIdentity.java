package dev.lanewise.cli;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What must be as it was for a training to go on to the same bytes: the options of its command, and
 * the numbers that it read. A checkpoint keeps it beside the model.
 */
final class TrainingIdentity {
  private static final String PREFIX = "train ";
  private static final String EPOCHS = PREFIX + "--epochs";
  private static final String SCHEDULE = PREFIX + "--schedule";

  /** Of no matter for the weights, or compared by what the files hold. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "--data",
          "--model",
          "--config",
          "--x",
          "--y",
          "--lengths",
          "--out",
          "--history",
          "--threads",
          "--checkpoint",
          "--resume",
          "--debug",
          "--help",
          "--version");

  private final Map<String, String> text = new TreeMap<>();

  /** Of a command whose options were read. */
  TrainingIdentity(CommandSpec spec) {
    for (OptionSpec option : spec.options()) {
      if (!NOT_COMPARED.contains(option.longestName())) {
        Object value = option.getValue();
        text.put(PREFIX + option.longestName(), value == null ? "" : value.toString());
      }
    }
  }

  /** The numbers that it learns from. */
  TrainingIdentity of(Iterable<Tensor> data) {
    CRC32C sum = new CRC32C();
    for (Tensor tensor : data) {
      sum.update(tensor.shape().toString().getBytes(StandardCharsets.UTF_8));
      float[] values = tensor.toFloat().toArray();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      sum.update(bytes);
    }
    text.put(PREFIX + "data", Long.toHexString(sum.getValue()));
    return this;
  }

  /** What the layers are, and the shapes of their weights. */
  TrainingIdentity of(Model model) {
    List<String> shapes = new ArrayList<>();
    for (Weight weight : model.weights()) {
      shapes.add(weight.name() + weight.shape());
    }
    text.put(PREFIX + "layers", model.layers() + " " + shapes);
    return this;
  }

  /** As a checkpoint keeps it. */
  Map<String, String> metadata() {
    return text;
  }

  /** What differs from that of a checkpoint, in words; empty where it can go on. */
  List<String> differences(Map<String, String> kept) {
    List<String> all = new ArrayList<>();
    text.forEach(
        (key, now) -> {
          String before = kept.getOrDefault(key, "");
          if (!now.equals(before) && !isMoreEpochs(key, before, now)) {
            all.add(difference(key.substring(PREFIX.length()), before, now));
          }
        });
    return all;
  }

  /** Where no schedule counts on the last epoch. */
  private boolean isMoreEpochs(String key, String before, String now) {
    return key.equals(EPOCHS)
        && text.getOrDefault(SCHEDULE, "").isEmpty()
        && before.matches("[0-9]{1,9}")
        && Integer.parseInt(now) >= Integer.parseInt(before);
  }

  private static String difference(String what, String before, String now) {
    return what.startsWith("-")
        ? what + " " + word(before) + ", now " + word(now)
        : "other " + what;
  }

  private static String word(String value) {
    return value.isEmpty() ? "none" : value;
  }
}

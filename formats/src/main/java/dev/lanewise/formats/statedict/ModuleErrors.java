package dev.lanewise.formats.statedict;

import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.meant;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the exceptions of PyTorch's modules. */
final class ModuleErrors {
  private static final String LAYERS = "--layers";
  private static final String KNOWN =
      "the tensors of an nn.LSTM, GRU, RNN, Linear, Embedding, Conv1d, BatchNorm1d or LayerNorm";

  private ModuleErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static String module(String name) {
    return name.isEmpty() ? "the tensors" : "module " + quoted(name);
  }

  private static String shapes(ModuleTensors tensors) {
    return list(
        tensors.shapes().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .toList());
  }

  private static String shown(TorchModule module) {
    return module.name().isEmpty() ? module.shown() : module.name() + " " + module.shown();
  }

  /** The text of a list of modules as it may be meant. */
  private static String example(List<TorchModule> order) {
    List<String> words = new ArrayList<>();
    boolean ended = false;
    for (int i = 0; i < order.size(); i++) {
      TorchModule module = order.get(i);
      boolean last = i == order.size() - 1;
      String word = module.name();
      if (module instanceof RecurrentModule recurrent) {
        boolean ends =
            !last
                && order.subList(i, order.size()).stream()
                    .skip(1)
                    .noneMatch(ModuleErrors::isRecurrent);
        word += ends && !ended ? recurrent.reverse() ? ":h_n" : ":last" : "";
        ended |= ends;
      } else if (module.isAffine() && !last) {
        word += ":relu";
      }
      words.add(word);
    }
    return LAYERS + " " + quoted(String.join(",", words));
  }

  private static boolean isRecurrent(TorchModule module) {
    return module instanceof RecurrentModule;
  }

  private static String say(List<TorchModule> order) {
    return "what its forward() does is not in the file: say it, such as "
        + example(order)
        + ", or give our JSON of the layers with these names as --config";
  }

  static FormatException noTensors(Path file) {
    return error(
        file,
        "",
        "the tensors of a state_dict",
        "none",
        "save it with torch.save(model.state_dict(), \"model.pt\")");
  }

  static FormatException order(Path file, List<TorchModule> modules) {
    String got = list(modules.stream().map(ModuleErrors::shown).toList());
    return error(file, "", "modules that fit in one order alone", got, say(modules));
  }

  static FormatException between(Path file, List<TorchModule> order) {
    String got = list(order.stream().map(ModuleErrors::shown).toList());
    return error(file, "", "an activation between two affine modules", got, say(order));
  }

  static FormatException unknown(ModuleTensors tensors) {
    boolean normed =
        tensors.shapes().keySet().stream()
            .anyMatch(name -> name.endsWith("_g") || name.endsWith("_v"));
    return error(
        tensors.file(),
        module(tensors.name()),
        KNOWN,
        shapes(tensors),
        normed ? "torch.nn.utils.remove_weight_norm(module) before saving" : "");
  }

  static FormatException width(ModuleTensors tensors, Shape shape) {
    return error(
        tensors.file(), module(tensors.name()), "a weight with features", shape.toString(), "");
  }

  static FormatException gates(ModuleTensors tensors, Shape state, int units) {
    return error(
        tensors.file(),
        module(tensors.name()),
        "weight_hh with 4, 3 or 1 times " + units + " rows, of an LSTM, a GRU or an RNN",
        state.toString(),
        "");
  }

  static FormatException projection(ModuleTensors tensors, String cell) {
    return error(
        tensors.file(),
        module(tensors.name()),
        "weight_hr in an LSTM alone",
        "one in a " + cell,
        "");
  }

  static FormatException shape(
      ModuleTensors tensors, String shown, String name, @Nullable Shape expected) {
    Shape got = tensors.shape(name);
    String tensor = ModuleTensors.prefix(tensors.name()) + name;
    return error(
        tensors.file(),
        "tensor " + quoted(tensor),
        expected == null ? "none of that name in an " + shown : expected + " of an " + shown,
        got == null ? "none" : got.toString(),
        "");
  }

  static FormatException padding(Path file, String name, long reach, int stride, String padding) {
    return error(
        file,
        LAYERS + ", " + quoted(name),
        "padding=0, padding=same or padding=causal"
            + (stride == 1 && reach % 2 == 0 ? ", or " + reach / 2 + ", which is same" : ""),
        padding,
        "");
  }

  static FormatException lastOfBoth(Path file, String name) {
    return error(
        file,
        LAYERS + ", " + quoted(name),
        "h_n of a bidirectional module: the last state of each direction",
        "last",
        "out[:, -1] has of the reverse direction its first step alone. Where that is meant, leave"
            + " the word out and take the last timestep of the output");
  }

  static FormatException setting(
      Path file, String call, String setting, String expected, String got) {
    return error(file, LAYERS + ", " + quoted(call), expected + " for " + setting, quoted(got), "");
  }

  static FormatException word(Path file, String call, String word, Set<String> known) {
    Collection<String> expected = known.isEmpty() ? List.of("an activation, such as relu") : known;
    return error(
        file,
        LAYERS + ", " + quoted(call),
        "one of " + list(expected),
        quoted(word),
        meant(word, known));
  }

  static FormatException name(Path file, String name, Set<String> modules, Set<String> words) {
    Set<String> all = new LinkedHashSet<>(modules);
    all.addAll(words);
    return error(
        file,
        LAYERS,
        "one of the modules "
            + list(modules)
            + ", or of "
            + words.stream().collect(Collectors.joining(", ")),
        quoted(name),
        meant(name, all));
  }

  static FormatException notCalled(Path file, TorchModule module, String list) {
    return error(
        file,
        LAYERS,
        "each module of the file, also " + shown(module),
        quoted(list),
        quoted(module.name() + ":unused") + " leaves it out");
  }

  static FormatException calledTwice(Path file, String name) {
    return error(
        file,
        LAYERS,
        "each module once",
        quoted(name) + " twice",
        "a layer that several places share takes a JSON of the layers, as --config");
  }

  static FormatException unused(Path file, Set<String> names) {
    return error(
        file,
        "",
        "tensors that are a layer's weights",
        list(names),
        "add their layers to the JSON");
  }

  static FormatException weight(Path file, String name, Set<String> weights) {
    return error(
        file,
        "",
        "a module for the weight " + quoted(name),
        "weights " + list(weights),
        "a layer has the name of its module, of several levels with _l0, _l1"
            + (meant(name, weights).isEmpty() ? "" : ": " + meant(name, weights)));
  }

  static FormatException weightShape(Path file, String name, Shape expected, ModuleWeight source) {
    return error(
        file,
        "weight " + quoted(name),
        expected.toString(),
        source.shape() + " from " + list(source.tensors()),
        "");
  }
}

package dev.lanewise.formats;

import static dev.lanewise.formats.FormatErrors.list;
import static dev.lanewise.formats.FormatErrors.plural;
import static dev.lanewise.formats.FormatErrors.quoted;

import java.util.Collection;

/** Builds the exceptions of {@link GraphReader}. */
final class GraphFileErrors {
  private GraphFileErrors() {}

  private static FormatException error(JsonObject json, String expected, String got) {
    return new FormatException(json.file(), json.where(), expected, got, "", null);
  }

  static FormatException count(JsonObject json, String name, int most, int count) {
    return error(json, "1 to " + most + " " + name, Integer.toString(count));
  }

  static FormatException noName(JsonObject json) {
    return error(json, "a name that is not empty", quoted(""));
  }

  static FormatException nameTwice(JsonObject json, String name) {
    return error(json, "a name of its own", quoted(name) + " a second time");
  }

  static FormatException layerUnknown(JsonObject call, String name, Collection<String> known) {
    String nearest = NearestName.of(name, known);
    String remedy = nearest == null ? "" : "did you mean " + quoted(nearest) + "?";
    String expected = "one of the layers " + list(known.stream().sorted().toList());
    return new FormatException(call.file(), call.where(), expected, quoted(name), remedy, null);
  }

  static FormatException notCalled(JsonObject layer) {
    return error(layer, "a layer that a call names", "none of " + quoted(layer.string("name")));
  }

  static FormatException leadsNowhere(JsonObject root, int calls, int used) {
    String got = plural((long) calls - used, "call") + " of " + calls + " on which none depends";
    return error(root, "calls on which the outputs depend", got);
  }

  static FormatException value(JsonObject json, String name, int last, long number) {
    String expected = "the number of a value before it, 0 to " + last + ", as " + quoted(name);
    return error(json, expected, Long.toString(number));
  }

  static FormatException states(JsonObject call, String layer, int states, int got) {
    String expected =
        states == 0
            ? "no \"from\" of " + quoted(layer) + ", which keeps no state"
            : plural(states, "value") + " as \"from\", a state of " + quoted(layer) + " each";
    return error(call, expected, Integer.toString(got));
  }

  static FormatException reads(JsonObject call, int most) {
    return error(call, "calls that read at most " + most + " values in all", "more");
  }
}

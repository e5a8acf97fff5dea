package dev.lanewise.formats.lanewise;

import static dev.lanewise.formats.models.ModelErrors.index;
import static dev.lanewise.formats.text.Phrases.MOST_SAID;
import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.meant;
import static dev.lanewise.formats.text.Phrases.names;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.safetensors.SafeTensorsErrors;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Builds the exceptions of the native format. */
public final class LanewiseErrors {
  private static final String PROOF = "proof";

  private LanewiseErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  public static FormatException noArchitecture(Path file, String key, Collection<String> names) {
    return error(
        file,
        "",
        "a Lanewise model, with " + quoted(key) + " in its metadata",
        "only the tensors " + list(names),
        "the weights alone do not say which layers they belong to: give those as JSON, ModelReader.read(file, config) or --config");
  }

  static FormatException architectureVersion(Path file, String where, String known, long version) {
    return error(
        file,
        where,
        "version " + known,
        "version " + version,
        "the file was written by a newer Lanewise: use that one or a later one");
  }

  static FormatException trainingNumber(Path file, String where, String name, String got) {
    return error(file, where, "a number as " + quoted(name), quoted(got), "");
  }

  static FormatException layerType(Path file, String where, String type, List<String> known) {
    return error(file, where, "a layer type of " + list(known), quoted(type), "");
  }

  static FormatException activation(Path file, String where, String name, Enum<?>[] known) {
    return error(file, where, "an activation of " + list(names(known)), quoted(name), "");
  }

  static FormatException constant(
      Path file, String where, String key, String name, List<String> known) {
    return error(file, where, quoted(key) + " of " + list(known), quoted(name), "");
  }

  static FormatException weightShape(Path file, String name, Shape expected, Shape got) {
    return error(file, SafeTensorsErrors.tensor(name), expected.toString(), got.toString(), "");
  }

  public static IllegalArgumentException weightTwice(String name) {
    return new IllegalArgumentException(
        "ModelFile.save: two weights of the model are "
            + quoted(name)
            + "; named gives one of their layers another name");
  }

  static FormatException weightUnknown(Path file, String name, Collection<String> known) {
    return error(
        file,
        SafeTensorsErrors.tensor(name),
        "only the model's weights " + list(known),
        "one more",
        "");
  }

  public static FormatException proofMissing(Path file) {
    return error(
        file,
        "",
        "sample inputs and outputs in the file",
        "none",
        "ModelFile.save(model, metadata, proof, file) or convert --proof keeps some");
  }

  public static FormatException proofInputs(Path file, IllegalArgumentException cause) {
    return new FormatException(
        file,
        PROOF,
        "inputs that the model takes",
        quoted(String.valueOf(cause.getMessage()), MOST_SAID),
        "",
        cause);
  }

  public static FormatException proofOutputs(
      Path file, Collection<String> kept, Collection<String> now) {
    return error(file, PROOF, "the outputs " + list(kept), list(now), "");
  }

  public static FormatException proofShape(Path file, String name, Shape kept, String now) {
    return error(file, PROOF + ", output " + quoted(name), kept.toString(), now, "");
  }

  /** Of an element, by its place in row-major order. */
  public static FormatException proof(
      Path file, String name, Shape shape, int place, double within, float kept, float now) {
    return error(
        file,
        PROOF + ", output " + quoted(name),
        kept + " at " + index(shape, place) + ", within " + within,
        Float.toString(now),
        "the weights are not those of the proof, or this version computes something else");
  }

  public static IllegalArgumentException reservedKey(String key, String prefix) {
    return new IllegalArgumentException(
        "ModelFile.save: metadata keys that begin with \""
            + prefix
            + "\" are Lanewise's own, got \""
            + key
            + "\"");
  }

  // Graphs.

  private static FormatException error(JsonObject json, String expected, String got) {
    return new FormatException(json.file(), json.where(), expected, got, "");
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
    String expected = "one of the layers " + list(known.stream().sorted().toList());
    return new FormatException(
        call.file(), call.where(), expected, quoted(name), meant(name, known));
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

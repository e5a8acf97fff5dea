package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A class of Keras: the layer that it is here, and what its settings are called and mean. {@link
 * KerasKinds} has them all; complete, and not changed, once it stands there.
 *
 * <p>A setting has the name that it has here, in Keras's spelling, and the default that it has
 * here, unless it is declared otherwise. A setting of Keras that is neither read nor declared to be
 * idle is an error: what nobody looked at may change the number. One that is null is not set.
 */
final class KerasKind {
  /** What a setting is where its own key does not say it; null where that does. */
  interface Way {
    @Nullable Object of(JsonObject config, String key, KerasLayers at);
  }

  /** What becomes of the layer that the settings make; of none where there is none here. */
  interface Then {
    List<Layer> of(List<Layer> made, JsonObject config, KerasLayers at);
  }

  private static final Pattern CAPITAL = Pattern.compile("(?=[A-Z])");

  /** Settings of every layer that no prediction depends on. The first one's input is read. */
  private static final String EVERY =
      "name trainable batch_input_shape input_dtype dynamic autocast activity_regularizer";

  final List<String> classes;
  private final @Nullable LayerType type;
  private final Map<String, List<String>> keys = new HashMap<>();
  private final Map<String, List<String>> choices = new HashMap<>();
  private final Map<String, Way> ways = new HashMap<>();
  private final Set<String> absent = new HashSet<>();
  private final Map<String, String> only = new LinkedHashMap<>();
  final Set<String> idle = new HashSet<>(words(EVERY));
  String label;
  private Then then = (made, _, _) -> made;
  private Function<Layer, KerasArrays> arrays = _ -> new KerasArrays.AsTheyAre();
  List<String> groups = List.of("/vars");
  boolean activates;
  boolean passesMask;
  boolean keepsState;
  boolean heedsMask;
  boolean merges;
  private Predicate<JsonObject> apart = _ -> false;
  private String comparison = "";
  private Function<JsonObject, OptionalDouble> padding = _ -> OptionalDouble.empty();

  private KerasKind(@Nullable LayerType type, String... classes) {
    this.type = type;
    this.classes = List.of(classes);
    this.label = classes[0];
  }

  // How a row of the table is declared

  /** Classes of Keras, the newest name first, that are a layer here. */
  static KerasKind of(Class<? extends Layer> layer, String... classes) {
    return new KerasKind(LayerType.of(layer), classes);
  }

  /** A class of Keras that is no layer of its own here. */
  static KerasKind none(String name) {
    return new KerasKind(null, name);
  }

  /** What messages call it, where that is not its newest name. */
  KerasKind label(String value) {
    this.label = value;
    return this;
  }

  /** A setting's names in Keras, the newest first, and its words for the constants, in order. */
  KerasKind key(String setting, String names, String... constants) {
    keys.put(setting, words(names));
    choices.put(setting, List.of(constants));
    return this;
  }

  KerasKind way(String setting, Way way) {
    ways.put(setting, way);
    return this;
  }

  /** Settings that no layer of Keras has: they are what they are by default. */
  KerasKind absent(String settings) {
    absent.addAll(words(settings));
    return this;
  }

  /** The only value that a setting without a counterpart may have. */
  KerasKind only(String key, String value) {
    only.put(key, value);
    return this;
  }

  /** Settings that no prediction depends on. */
  KerasKind idle(String names) {
    idle.addAll(words(names));
    return this;
  }

  KerasKind then(Then value) {
    this.then = value;
    return this;
  }

  KerasKind arrays(Function<Layer, KerasArrays> value) {
    this.arrays = value;
    return this;
  }

  /** Where a {@code .keras} archive has its arrays, below the layer. */
  KerasKind groups(String... value) {
    this.groups = List.of(value);
    return this;
  }

  /** It ends in its activation, and can thus take over another where it has none. */
  KerasKind activates() {
    this.activates = true;
    return this;
  }

  /** A mask is the same after it. */
  KerasKind passesMask() {
    this.passesMask = true;
    return this;
  }

  /** It carries a state from step to step, and heeds the mask of what it reads. */
  KerasKind keepsState() {
    this.keepsState = true;
    return heedsMask();
  }

  /** What it computes changes with the mask of what it reads. */
  KerasKind heedsMask() {
    this.heedsMask = true;
    return this;
  }

  /** It makes one tensor of several. */
  KerasKind merges() {
    this.merges = true;
    return this;
  }

  /** Where it gives what its two directions give apart. */
  KerasKind apart(Predicate<JsonObject> value) {
    this.apart = value;
    return this;
  }

  /**
   * Keras 3 writes its mask beside it.
   *
   * @param node the operation that makes it
   * @param value what padding holds; empty where nothing is padding
   */
  KerasKind masks(String node, Function<JsonObject, OptionalDouble> value) {
    this.comparison = node;
    this.padding = value;
    return this;
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  // What it is

  boolean isOf(List<LayerType> types) {
    return type != null && types.contains(type);
  }

  KerasArrays arrays(Layer layer) {
    return arrays.apply(layer);
  }

  /** Whether it gives two tensors, what each of its directions gives. */
  boolean isApart(JsonObject config) {
    return apart.test(config);
  }

  /** The operation that makes its mask. */
  String comparison() {
    return comparison;
  }

  /** What padding holds after it; empty where it marks none. */
  OptionalDouble padding(JsonObject config) {
    return padding.apply(config);
  }

  // Reading

  /** The layers that it becomes. */
  List<Layer> layers(JsonObject config, KerasLayers at) {
    List<Layer> made = new ArrayList<>();
    if (type != null) {
      made.add(type.make(setting -> value(setting, config, at)).named(at.name()));
    }
    List<Layer> all = then.of(made, config, at);
    requireRead(config);
    return all;
  }

  private Object value(Setting setting, JsonObject config, KerasLayers at) {
    if (absent.contains(setting.name())) {
      return setting.byDefault().orElseThrow();
    }
    String key = key(setting.name(), config);
    Way way = ways.get(setting.name());
    Object own = way == null ? null : way.of(config, key, at);
    if (own != null) {
      return own;
    }
    // A null activation is linear, and no other choice can be null.
    boolean said =
        setting.kind() == Setting.Kind.CONSTANT ? config.names().contains(key) : config.has(key);
    if (!said && setting.byDefault().isPresent()) {
      return setting.byDefault().get();
    }
    return switch (setting.kind()) {
      case WHOLE -> config.single(key, setting.least(), setting.most());
      case TRUTH -> config.bool(key);
      case NUMBER -> config.number(key);
      case AXES -> config.axes(key);
      case CONSTANT -> constant(setting, key, config, at.version());
      case LAYER -> KerasKinds.inner(config, key, setting.layers(), at).getFirst().named("");
      case REGULARIZER -> KerasRegularizers.of(config, key);
      case WEIGHT -> throw new AssertionError(setting.name());
    };
  }

  /** The newest name, unless only an older one is there. */
  private String key(String setting, JsonObject config) {
    List<String> names = keys.getOrDefault(setting, List.of(snakeCase(setting)));
    return names.stream().filter(config::has).findFirst().orElse(names.getFirst());
  }

  private static String snakeCase(String name) {
    return CAPITAL.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private Object constant(Setting setting, String key, JsonObject config, KerasVersion version) {
    if (setting.choices().getFirst() instanceof Activation) {
      return KerasActivations.of(config, key, version);
    }
    List<String> known = choices.getOrDefault(setting.name(), List.of());
    if (known.isEmpty()) {
      known = setting.choices().stream().map(Json::word).toList();
    }
    String name = config.string(key, "null");
    int place = known.indexOf(name);
    if (place < 0) {
      throw KerasErrors.choice(config.file(), config.where(), key, name, known);
    }
    return setting.choices().get(place);
  }

  /** Refuses what was not read and may have an effect. */
  void requireRead(JsonObject config) {
    only.forEach(
        (key, value) -> {
          if (config.has(key) && !config.member(key).toString().equals(value)) {
            throw KerasErrors.only(config, key, value);
          }
        });
    if (!idle.contains("dtype")) {
      KerasEntries.requirePrecision(config);
    }
    for (String name : config.unread()) {
      if (!idle.contains(name)) {
        throw KerasErrors.unknownSetting(config, name);
      }
    }
  }
}

package dev.lanewise.formats.tfjs;

import dev.lanewise.formats.keras.KerasPlace;
import dev.lanewise.formats.keras.KerasStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The weights of a manifest, of which each layer's begin with its name. */
final class TfjsWeights implements KerasStore {
  /** The last part of a weight's name, in the order of the weights of any layer. */
  private static final List<String> ORDER =
      List.of(
          "embeddings",
          "kernel",
          "recurrent_kernel",
          "bias",
          "gamma",
          "beta",
          "moving_mean",
          "moving_variance");

  private final Path file;
  private final Map<String, TfjsArray> arrays;

  TfjsWeights(Path file, Map<String, TfjsArray> arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  @Override
  public Array array(String path) {
    return Objects.requireNonNull(arrays.get(path));
  }

  @Override
  public String where(String path) {
    return TfjsErrors.weight(path);
  }

  @Override
  public List<Group> groups(List<KerasPlace> wanted) {
    Map<String, List<String>> own = new HashMap<>();
    Map<String, String> layers = new HashMap<>();
    for (KerasPlace place : wanted) {
      own.put(place.name(), new ArrayList<>());
      layers.putIfAbsent(place.last(), place.name());
    }
    for (KerasPlace place : wanted) {
      layers.put(place.name(), place.name());
    }
    for (String weight : arrays.keySet()) {
      String layer = layer(weight, layers);
      if (layer == null) {
        throw TfjsErrors.noLayer(file, weight, wanted.stream().map(KerasPlace::name).toList());
      }
      Objects.requireNonNull(own.get(layer)).add(weight);
    }
    return wanted.stream().map(place -> group(place, own)).toList();
  }

  /** Whose name the weight's begins with, or that is in it after the names of models around it. */
  private static @Nullable String layer(String weight, Map<String, String> layers) {
    for (int from = 0; from >= 0; from = next(weight, from)) {
      for (int end = weight.lastIndexOf('/'); end > from; end = weight.lastIndexOf('/', end - 1)) {
        String found = layers.get(weight.substring(from, end));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static int next(String weight, int from) {
    int slash = weight.indexOf('/', from);
    return slash < 0 ? -1 : slash + 1;
  }

  private static Group group(KerasPlace place, Map<String, List<String>> own) {
    List<String> weights = new ArrayList<>(own.getOrDefault(place.name(), List.of()));
    weights.sort(
        Comparator.<String>comparingInt(name -> name.contains("/backward_") ? 1 : 0)
            .thenComparingInt(TfjsWeights::order));
    return new Group(place.name(), weights);
  }

  /** Converted from Keras 3, a weight may end in its number. */
  private static int order(String weight) {
    String last = weight.substring(weight.lastIndexOf('/') + 1);
    int known = ORDER.indexOf(last);
    if (known >= 0) {
      return known;
    }
    return last.length() == 1 && Character.isDigit(last.charAt(0)) ? last.charAt(0) - '0' : 10;
  }
}

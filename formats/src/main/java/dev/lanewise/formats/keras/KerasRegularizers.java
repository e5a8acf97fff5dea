package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Regularizer;

/**
 * Keras's regularizers, of any version. One that is neither L1 nor L2 is none here: it changes no
 * prediction.
 */
final class KerasRegularizers {
  /** What Keras adds where only a name is said. */
  private static final double BY_NAME = 0.01;

  private KerasRegularizers() {}

  /** What a setting says that is not null. */
  static Regularizer of(JsonObject config, String key) {
    Object value = config.member(key);
    return value instanceof String name
        ? named(name)
        : of(config.object(key, config.where() + ", " + key));
  }

  private static Regularizer named(String name) {
    return switch (name) {
      case "l1", "L1" -> Regularizer.l1(BY_NAME);
      case "l2", "L2" -> Regularizer.l2(BY_NAME);
      case "l1_l2", "l1l2", "L1L2" -> new Regularizer(BY_NAME, BY_NAME);
      default -> Regularizer.NONE;
    };
  }

  /** Keras 1 has the factors beside the name, others in an object of their own. */
  private static Regularizer of(JsonObject object) {
    String own = "config";
    JsonObject factors = object.has(own) ? object.object(own, object.where()) : object;
    return new Regularizer(factor(factors, "l1"), factor(factors, "l2"));
  }

  private static double factor(JsonObject factors, String name) {
    double factor = factors.number(name, 0);
    return factor >= 0 && Double.isFinite(factor) ? factor : 0;
  }
}

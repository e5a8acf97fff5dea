package dev.lanewise.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.jspecify.annotations.Nullable;

/** Sets and gets settings for the interfaces that declare them. */
final class Settings {
  private Settings() {}

  /**
   * Sets one.
   *
   * @param step whose type is S, as each step names itself in the interfaces that it implements
   */
  // Each step implements its interfaces with itself as S, as Comparable has it.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <S, T> S set(Params step, Param<T> param, T value) {
    step.set(param, value);
    return (S) step;
  }

  /** What is set; null where nothing is. */
  static <T> @Nullable T orNull(Params step, Param<T> param) {
    return step.isSet(param) ? step.getOrDefault(param) : null;
  }

  /**
   * The name of a column that must be set.
   *
   * @throws IllegalArgumentException when it is not
   */
  static String column(Params step, Param<String> param, String setter) {
    if (!step.isSet(param)) {
      throw SparkErrors.columnUnset(param.name(), setter);
    }
    return step.getOrDefault(param);
  }
}

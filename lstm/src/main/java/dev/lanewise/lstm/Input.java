package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Axes;

/**
 * What goes into a {@link Model}: Keras's {@code Input}. Each has a name of its own in the model,
 * under which {@link Model#predict(java.util.Map)} and {@link Model#fit(java.util.Map,
 * java.util.Map, FitOptions)} take its tensor.
 */
public final class Input {
  private Input() {}

  /**
   * Sequences of any number of timesteps.
   *
   * @param name of the input
   * @param features the length of the last axis, 1 or more
   * @return (batch, timesteps, features)
   * @throws IllegalArgumentException when the name is empty or a length less than 1
   */
  public static Value sequences(String name, int features) {
    return of(name, InputKind.SEQUENCES, Axes.ANY, features);
  }

  /**
   * Sequences of so many timesteps, for layers that must know: {@link Flatten}, {@link Permute},
   * {@link Reshape}. Without one of these, other numbers of timesteps are taken as well.
   *
   * @param name of the input
   * @param timesteps the length of axis 1, 1 or more
   * @param features the length of the last axis, 1 or more
   * @return (batch, timesteps, features)
   * @throws IllegalArgumentException when the name is empty or a length less than 1
   */
  public static Value sequences(String name, int timesteps, int features) {
    return of(name, InputKind.SEQUENCES, requireTimesteps(timesteps), features);
  }

  /**
   * Rows of features without a time axis; also a state from which a recurrent layer begins.
   *
   * @param name of the input
   * @param features the length of the last axis, 1 or more
   * @return (batch, features)
   * @throws IllegalArgumentException when the name is empty or a length less than 1
   */
  public static Value rows(String name, int features) {
    return of(name, InputKind.ROWS, Axes.NONE, features);
  }

  /**
   * Sequences of token ids of any length, for an {@link Embedding}.
   *
   * @param name of the input
   * @return (batch, timesteps)
   * @throws IllegalArgumentException when the name is empty
   */
  public static Value ids(String name) {
    return of(name, InputKind.IDS, Axes.ANY, 1);
  }

  /**
   * Sequences of so many token ids, for an {@link Embedding} before a layer that must know.
   *
   * @param name of the input
   * @param timesteps the length of axis 1, 1 or more
   * @return (batch, timesteps)
   * @throws IllegalArgumentException when the name is empty or timesteps less than 1
   */
  public static Value ids(String name, int timesteps) {
    return of(name, InputKind.IDS, requireTimesteps(timesteps), 1);
  }

  private static int requireTimesteps(int timesteps) {
    return Settings.atLeast("Input", "timesteps", timesteps, 1);
  }

  private static Value of(String name, InputKind kind, int timesteps, int features) {
    if (name.isEmpty()) {
      throw GraphErrors.inputName();
    }
    return new Value(
        name, kind, new Axes(timesteps, Settings.atLeast("Input", "features", features, 1)));
  }
}

package dev.lanewise.lstm;

import java.util.List;

/** The recurrent ones of {@link LayerTypes}; apart, as a layer around one of them needs them. */
final class RecurrentTypes {
  static final List<LayerType> ALL = List.of(Lstm.TYPE, Gru.TYPE, SimpleRnn.TYPE);

  private RecurrentTypes() {}
}

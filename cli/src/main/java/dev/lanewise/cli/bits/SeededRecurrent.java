package dev.lanewise.cli.bits;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Recurrent;
import java.util.ArrayList;
import java.util.List;

/** The layers of {@link SeededKind}s whose recurrent layers are not plain LSTMs. */
final class SeededRecurrent {
  /** In an order of this class. */
  static final List<RecurrentKind> KINDS =
      List.of(RecurrentKind.GRU, RecurrentKind.RESET_BEFORE, RecurrentKind.SIMPLE_RNN);

  /** In an order of this class. */
  static final List<RecurrentKind> VARIANTS =
      List.of(RecurrentKind.PEEPHOLES, RecurrentKind.COUPLED, RecurrentKind.PROJECTED);

  private SeededRecurrent() {}

  private static Recurrent.Builder<?> builder(RecurrentKind kind, Draw draw, int units) {
    return kind.builder(units).useBias(draw.between(1, 4) > 1).zeroOutputForMask(draw.chance());
  }

  private static Recurrent last(RecurrentKind kind, Draw draw, int mostUnits) {
    return builder(kind, draw, draw.units(mostUnits)).build();
  }

  private static Recurrent all(RecurrentKind kind, Draw draw, int mostUnits) {
    return builder(kind, draw, draw.units(mostUnits)).returnSequences(true).build();
  }

  /** Stacked, down to one unit, in both directions, and backwards under a layer of both. */
  static List<Layer> layers(RecurrentKind kind, Draw draw, int variant) {
    Recurrent below = all(kind, draw, variant == 0 ? 130 : 49);
    Dense dense = Dense.of(draw.between(1, 6));
    return switch (variant) {
      case 0 -> List.of(below, last(kind, draw, 65), dense);
      case 1 -> List.of(below, builder(kind, draw, 1).returnSequences(true).build(), dense);
      case 2 -> List.of(Bidirectional.of(below), last(kind, draw, 33), dense);
      default -> {
        Recurrent above = all(kind, draw, 33);
        yield List.of(
            below.toBuilder().goBackwards(true).build(),
            Bidirectional.of(above, Bidirectional.Merge.SUM),
            dense);
      }
    };
  }

  /** A layer of 130 units, or outputs. */
  static List<Layer> wide(RecurrentKind kind, Draw draw) {
    boolean sequences = draw.chance();
    Recurrent layer = builder(kind, draw, 130).returnSequences(sequences).build();
    return List.of(layer, Dense.of(draw.between(1, 5)));
  }

  /** All kinds, with an activation a variant. */
  static List<Layer> activations(Draw draw, int variant) {
    List<Activation> any = SeededKind.ANY;
    Activation activation = any.get(variant);
    Activation gates = any.get((variant + 4) % any.size());
    boolean explodes = List.of(activation, gates).contains(Activation.EXPONENTIAL);
    int most = explodes ? 5 : 33;
    return List.of(
        KINDS.get(0).builder(draw.units(most), activation, gates).returnSequences(true).build(),
        KINDS.get(1).builder(draw.units(most), activation, gates).returnSequences(true).build(),
        KINDS.get(2).builder(draw.units(most), activation, gates).build(),
        Dense.of(2));
  }

  /** A kind a variant, that begins from states which it learns; then both directions. */
  static List<Layer> learnedStates(Draw draw, int variant) {
    RecurrentKind kind = KINDS.get(variant % KINDS.size());
    Recurrent first =
        builder(kind, draw, draw.units(33)).learnedInitialState(true).returnSequences(true).build();
    Recurrent last = builder(kind, draw, draw.units(17)).learnedInitialState(true).build();
    Layer below = variant < 2 ? first : Bidirectional.of(first);
    return List.of(below, last, Dense.of(2));
  }

  /** Kinds with gates, with an activation a variant whose gradient takes what goes into it. */
  static List<Layer> inputActivations(Draw draw, int variant) {
    List<Activation> any = SeededKind.OF_INPUT;
    Activation activation = any.get(variant);
    Activation gates = any.get((variant + 4) % any.size());
    List<Layer> layers = new ArrayList<>();
    for (RecurrentKind kind :
        List.of(
            RecurrentKind.LSTM,
            RecurrentKind.GRU,
            RecurrentKind.RESET_BEFORE,
            VARIANTS.get(variant % VARIANTS.size()))) {
      layers.add(kind.builder(draw.units(17), activation, gates).returnSequences(true).build());
    }
    layers.add(Dense.of(2));
    return layers;
  }
}

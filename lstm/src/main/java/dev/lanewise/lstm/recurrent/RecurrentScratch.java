package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.run.HeldStates;
import dev.lanewise.lstm.run.LayerScratch;
import org.jspecify.annotations.Nullable;

/** What a {@link RecurrentForward} keeps from call to call beside numbers. */
final class RecurrentScratch implements LayerScratch.Kept {
  /** What of the call at hand is no padding. */
  final PackedRows packed = new PackedRows();

  /** What the call at hand begins from; null for 0. */
  @Nullable HeldStates initial;

  /** Whether the call at hand packs its rows. */
  boolean masked;

  private @Nullable SharedSteps shares;

  /** That of a layer, made when first asked for. */
  static RecurrentScratch of(LayerScratch scratch) {
    if (scratch.kept() instanceof RecurrentScratch present) {
      return present;
    }
    RecurrentScratch made = new RecurrentScratch();
    scratch.keep(made);
    return made;
  }

  /** What shares the units of steps out to a team. */
  SharedSteps shares(RecurrentForward layer, Workers team, ForwardCell cell) {
    SharedSteps present = shares;
    if (present == null || !present.isOf(team)) {
      present = new SharedSteps(layer, team, cell);
      shares = present;
    }
    return present;
  }

  @Override
  public void forgetLayer() {
    shares = null;
  }
}

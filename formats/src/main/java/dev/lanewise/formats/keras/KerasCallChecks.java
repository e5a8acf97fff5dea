package dev.lanewise.formats.keras;

import java.util.Map;
import java.util.Set;

/** What calls of layers may say beside the tensors that they read. */
final class KerasCallChecks {
  private static final Set<String> OFF = Set.of("false", "0");

  private KerasCallChecks() {}

  /** Whether an argument says that something is not done. */
  static boolean isOff(Object value) {
    return OFF.contains(value.toString());
  }

  /**
   * Refuses arguments that may change the number, and another count of tensors than the layer
   * takes.
   *
   * @param inList whether a list of layers has it, rather than a call
   */
  static void require(KerasNode node, KerasConfig.Entry entry, boolean inList) {
    KerasKind kind = entry.kind();
    for (Map.Entry<String, Object> setting : node.call().settings().entrySet()) {
      boolean isMask = setting.getKey().equals(KerasCall.MASK);
      if (!isMask && !isOff(setting.getValue())) {
        throw KerasErrors.callArgument(entry.config(), setting.getKey(), setting.getValue());
      }
    }
    int inputs = node.call().inputs().size();
    if (kind.merges ? inList && inputs == 1 : inputs > 1) {
      throw KerasErrors.inputCount(entry.config(), kind.merges, inputs);
    }
  }
}

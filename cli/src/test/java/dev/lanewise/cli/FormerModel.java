package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Sequential;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models as {@code train} wrote them before they held recipes: what they need is text. */
final class FormerModel {
  private FormerModel() {}

  /**
   * Writes one.
   *
   * @param scales offset and scale of the columns that are scaled outside of the network
   */
  static Path save(
      Sequential network,
      String target,
      List<String> features,
      int window,
      int horizon,
      Map<String, double[]> scales,
      Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("target", target);
    metadata.put("features", CsvLine.join(features));
    metadata.put("window", Integer.toString(window));
    metadata.put("horizon", Integer.toString(horizon));
    StringBuilder lines = new StringBuilder("column,offset,scale");
    scales.forEach(
        (column, scale) ->
            lines.append('\n').append(CsvLine.join(List.of(column, "" + scale[0], "" + scale[1]))));
    if (!scales.isEmpty()) {
      metadata.put("scales", lines.toString());
    }
    ModelFile.save(network, metadata, file);
    return file;
  }
}

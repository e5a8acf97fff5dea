package dev.lanewise.cli.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, as JSON for programs. */
public final class BenchJson {
  private BenchJson() {}

  /** All that the table has, without rounding. */
  public static String of(Bench.Result result, ThisMachine machine) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kernels", machine.kernels());
    all.put("threads", machine.threads());
    all.put("jdk", machine.jdk());
    all.put("cpu", machine.cpu());
    all.put("processors", machine.processors());
    all.put("rounds", result.rounds());
    all.put("ceilingGflops", result.arithmetic());
    all.put("lostToOthers", result.lost());
    all.put("unsettled", result.unsettled());
    all.put("rows", result.rows().stream().map(BenchJson::row).toList());
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static Map<String, Object> row(BenchRow row) {
    BenchShape shape = row.shape();
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("shape", shape.name());
    one.put("layer", shape.cell().toString());
    one.put("work", shape.work().toString());
    one.put("batch", shape.batch());
    one.put("timesteps", shape.timesteps());
    one.put("features", shape.features());
    one.put("units", shape.units());
    one.put("nanoseconds", row.nanos());
    one.put("gflops", row.rate());
    one.put("share", row.share());
    one.put("floorOf", row.bound().name().toLowerCase(Locale.ROOT));
    one.put("readingGigabytes", row.reading());
    return one;
  }
}

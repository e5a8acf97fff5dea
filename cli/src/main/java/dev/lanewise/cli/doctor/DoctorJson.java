package dev.lanewise.cli.doctor;

import dev.lanewise.cli.bench.Bench;
import dev.lanewise.cli.bench.BenchRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What was found, as JSON for programs. */
public final class DoctorJson {
  private DoctorJson() {}

  /** All that the text has, without rounding; null where it is not known or not measured. */
  public static String of(Facts facts, List<Finding> findings, Optional<Measurement> measured) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("kernels", kernels(facts));
    all.put("jvm", jvm(facts.jvm()));
    all.put("machine", machine(facts.machine()));
    all.put("measured", measured.map(DoctorJson::measurement).orElse(null));
    all.put("findings", findings);
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  private static Map<String, @Nullable Object> kernels(Facts facts) {
    Map<String, @Nullable Object> kernels = new LinkedHashMap<>();
    kernels.put("implementation", facts.implementation().isEmpty() ? null : facts.implementation());
    kernels.put("vector", facts.choice().vector());
    kernels.put("forced", facts.choice().forced());
    kernels.put("bits", known(facts.kernelBits()));
    return kernels;
  }

  private static Map<String, @Nullable Object> jvm(JvmFacts jvm) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("name", jvm.name());
    all.put("vendor", jvm.vendor());
    all.put("version", jvm.version().toString());
    all.put("compilers", jvm.compilers());
    all.put("flags", jvm.flags());
    all.put("vectorModule", jvm.vectorModule());
    all.put("nativeAccess", jvm.nativeAccess().name().toLowerCase(Locale.ROOT));
    all.put("fma", jvm.fma());
    all.put("vectorBits", known(jvm.vectorBits()));
    all.put("collector", jvm.collector());
    all.put("heapBytes", jvm.heapBytes());
    return all;
  }

  private static Map<String, @Nullable Object> machine(MachineFacts machine) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("system", machine.system());
    all.put("cpu", machine.cpu());
    all.put("processors", machine.processors());
    all.put("limit", machine.quota().map(ControlGroup.Quota::processors).orElse(null));
    all.put("vectorBits", known(machine.vectorBits()));
    all.put("caches", machine.caches());
    all.put("memoryBytes", machine.memoryBytes());
    return all;
  }

  private static @Nullable Integer known(int bits) {
    return bits == 0 ? null : bits;
  }

  private static Map<String, @Nullable Object> measurement(Measurement measured) {
    Bench.Result layers = measured.layers();
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(
        "multiplyAddGflops",
        measured.multiplyAdds().isPresent() ? measured.multiplyAdds().getAsDouble() : null);
    all.put("productGflops", layers.arithmetic());
    all.put("reading", measured.reading());
    all.put("lostToOthers", layers.lost());
    all.put("unsettled", layers.unsettled());
    all.put("layers", layers.rows().stream().map(DoctorJson::row).toList());
    return all;
  }

  private static Map<String, Object> row(BenchRow row) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("shape", row.shape().name());
    one.put("nanoseconds", row.nanos());
    one.put("gflops", row.rate());
    one.put("share", row.share());
    return one;
  }
}

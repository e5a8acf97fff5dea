package dev.lanewise.cli.doctor;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import com.sun.management.VMOption.Origin;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What HotSpot tells of itself by its flags; of another JVM little. */
final class HotSpot {
  /** Flags that make vectors narrower, on x86 and on ARM. */
  private static final List<String> WIDTHS = List.of("UseAVX", "UseSVE", "MaxVectorSize");

  private static final List<String> COLLECTORS =
      List.of("UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC", "UseShenandoahGC");

  /** Instead of both compilers. */
  static final String C1_ALONE = "C1 alone";

  /** Instead of any compiler. */
  static final String NONE = "none: it only interprets";

  private HotSpot() {}

  /** In words. */
  static String compilers(String info) {
    // The system property tells of -Xint and of level 1 alone.
    String lastLevel = value("TieredStopAtLevel");
    if (info.contains("interpreted mode") || lastLevel.equals("0")) {
      return NONE;
    }
    if (info.contains("emulated-client") || List.of("1", "2", "3").contains(lastLevel)) {
      return C1_ALONE;
    }
    String last = value("UseJVMCICompiler").equals("true") ? "a compiler of JVMCI" : "C2";
    return switch (value("TieredCompilation")) {
      case "true" -> "C1 and " + last;
      case "false" -> last + " alone";
      default -> info;
    };
  }

  /** The width of the widest vectors that it uses; 0 where it does not tell. */
  static int vectorBits() {
    String bytes = value("MaxVectorSize");
    return bytes.isEmpty() ? 0 : Integer.parseInt(bytes) * Byte.SIZE;
  }

  /** The flag that makes vectors narrow; empty where none was given. */
  static String narrowing() {
    return WIDTHS.stream()
        .flatMap(name -> option(name).stream())
        .filter(option -> !isUsual(option.getOrigin()))
        .map(option -> "-XX:" + option.getName() + "=" + option.getValue())
        .findFirst()
        .orElse("");
  }

  private static boolean isUsual(Origin origin) {
    return origin == Origin.DEFAULT || origin == Origin.ERGONOMIC;
  }

  /** The collector in one word, such as G1; of another JVM the names of its beans. */
  static String collector() {
    return COLLECTORS.stream()
        .filter(flag -> value(flag).equals("true"))
        .map(flag -> flag.substring("Use".length()).replaceFirst("(?<!Z)GC$", ""))
        .findFirst()
        .orElseGet(
            () ->
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(GarbageCollectorMXBean::getName)
                    .collect(Collectors.joining(", ")));
  }

  /** The value of a flag; empty where this JVM has no such flag. */
  static String value(String flag) {
    return option(flag).map(VMOption::getValue).orElse("");
  }

  private static Optional<VMOption> option(String flag) {
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(bean.getVMOption(flag));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}

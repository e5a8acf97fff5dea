package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.bench.ThisMachine;
import dev.lanewise.cli.bits.AllBits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BitsReportTest {
  private static final ThisMachine MACHINE =
      new ThisMachine("scalar", 1, "25.0.3+9 (A VM)", "A Processor", 2);

  private static final Map<String, String> MANIFEST =
      Map.of("a/fit", "01", "a/predict", "02", "b/predict", "03");

  private static BitsReport report(Map<String, String> hashes, String... findings) {
    Map<String, String> models = Map.of("a", "Sequential of A", "b", "Sequential of B");
    return BitsReport.of(MANIFEST, new AllBits(models, hashes, List.of(findings)));
  }

  private static String lastLine() {
    return "Kernels: scalar. JDK 25.0.3+9 (A VM). "
        + System.getProperty("os.arch")
        + ", A Processor.";
  }

  @Test
  void saysHowManyAgree() {
    BitsReport report = report(MANIFEST);
    assertTrue(report.agrees());
    assertEquals(
        "3 of 3 hashes agree, of what 2 models answer and learn, on one to three threads.\n"
            + lastLine(),
        report.text(MACHINE));
  }

  @Test
  void namesThoseThatDoNotAndTheirModels() {
    BitsReport report = report(Map.of("a/fit", "01", "a/predict", "ff", "b/predict", "03"));
    assertFalse(report.agrees());
    assertEquals(
        """
        a/predict: expected 02, got ff
          Sequential of A
        2 of 3 hashes agree, of what 2 models answer and learn, on one to three threads.
        """
            + lastLine(),
        report.text(MACHINE));
  }

  /** A model of another version. */
  @Test
  void aHashThatIsMissingDoesNotAgree() {
    BitsReport report = report(Map.of("a/fit", "01", "a/predict", "02", "c/predict", "03"));
    assertFalse(report.agrees());
    assertEquals(
        List.of(
            "b/predict: expected 03, got nothing",
            "  Sequential of B",
            "c/predict: expected nothing, got 03",
            "  no model of this version",
            "2 of 4 hashes agree, of what 2 models answer and learn, on one to three threads."),
        report.text(MACHINE).lines().limit(5).toList());
  }

  @Test
  void otherBitsByAnotherWayAreNoAgreement() {
    BitsReport report = report(MANIFEST, "a/fit: other bits with 2 threads");
    assertFalse(report.agrees());
    assertTrue(report.text(MACHINE).startsWith("a/fit: other bits with 2 threads\n3 of 3"));
  }

  @Test
  void asJson() {
    BitsReport report = report(Map.of("a/fit", "01", "a/predict", "ff", "b/predict", "03"), "f");
    JsonNode all = JsonMapper.builder().build().readTree(report.json(MACHINE));
    assertEquals(3, all.get("hashes").asInt());
    assertEquals(2, all.get("agree").asInt());
    assertEquals(2, all.get("models").asInt());
    assertEquals("a/predict", all.get("differences").get(0).get("name").asString());
    assertEquals("ff", all.get("differences").get(0).get("got").asString());
    assertEquals("f", all.get("findings").get(0).asString());
  }
}

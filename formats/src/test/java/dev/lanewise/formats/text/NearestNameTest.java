package dev.lanewise.formats.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void looksForANameNoLongerThanAMoment() {
    String asked = "y".repeat(40_000);
    List<String> many = Collections.nCopies(1_000_000, "z".repeat(90));
    assertTimeout(
        Duration.ofSeconds(2),
        () -> {
          assertNull(NearestName.of(asked, List.of("x".repeat(40_000))));
          assertNull(NearestName.of("y".repeat(90), many));
          assertEquals("kernel", NearestName.of("kernal", List.of("bias", "kernel", asked)));
        });
  }
}

package dev.lanewise.bench;

import java.time.Duration;

/** Ends a JVM that measures when it has taken too long: one engine must not hold up the rest. */
final class LaunchLimit {

  /** Seconds; without it there is no limit. */
  static final String PROPERTY = "dev.lanewise.bench.limit";

  private LaunchLimit() {}

  /** Counts from now on. */
  static void begin() {
    long seconds = Long.getLong(PROPERTY, 0);
    if (seconds > 0) {
      Thread.ofPlatform().daemon().name("limit").start(() -> await(seconds));
    }
  }

  private static void await(long seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      return;
    }
    try {
      LaunchNote.failed("took more than " + seconds + " s");
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }
}

package dev.lanewise.lstm;

import java.time.Duration;

/**
 * What {@link Predictor#warmUp()} did.
 *
 * @param time how long it took
 * @param calls how many predictions and steps it made
 * @param settled whether their times had stopped falling; false where the limit came first, and
 *     real calls may begin slowly
 */
public record WarmUp(Duration time, long calls, boolean settled) {
  /** When to stop at the latest unless told otherwise. */
  static final Duration LIMIT = Duration.ofSeconds(5);
}

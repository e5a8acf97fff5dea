package dev.lanewise.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Asserts an exception and its message word for word. */
final class Messages {
  private Messages() {}

  static void assertRejects(String message, Executable call) {
    assertFails(IllegalArgumentException.class, message, call);
  }

  static void assertOutside(String message, Executable call) {
    assertFails(IndexOutOfBoundsException.class, message, call);
  }

  static void assertFails(Class<? extends Throwable> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }
}

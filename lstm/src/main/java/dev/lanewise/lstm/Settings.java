package dev.lanewise.lstm;

/** The ranges that builders check. */
final class Settings {
  private Settings() {}

  static double positive(String owner, String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw LstmErrors.setting(owner, name, value, "a finite number above 0");
    }
    return value;
  }

  static double notNegative(String owner, String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw LstmErrors.setting(owner, name, value, "a finite number, 0 or more");
    }
    return value;
  }

  static double fraction(String owner, String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw LstmErrors.setting(owner, name, value, "at least 0 and below 1");
    }
    return value;
  }

  static float finite(String owner, String name, float value) {
    if (!Float.isFinite(value)) {
      throw LstmErrors.setting(owner, name, value, "a finite number");
    }
    return value;
  }

  static float notBelowZero(String owner, String name, float value) {
    if (!(value >= 0)) {
      throw LstmErrors.setting(owner, name, value, "0 or more");
    }
    return value;
  }

  static int atLeast(String owner, String name, int value, int least) {
    if (value < least) {
      throw LstmErrors.setting(owner, name, value, least + " or more");
    }
    return value;
  }

  static long atLeast(String owner, String name, long value, long least) {
    if (value < least) {
      throw LstmErrors.setting(owner, name, value, least + " or more");
    }
    return value;
  }

  static double share(String owner, String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw LstmErrors.setting(owner, name, value, "from 0 to 1");
    }
    return value;
  }
}

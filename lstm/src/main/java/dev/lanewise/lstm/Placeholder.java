package dev.lanewise.lstm;

/** Holds the package open for javac until its first class arrives; delete it then. */
final class Placeholder {
  private Placeholder() {}
}

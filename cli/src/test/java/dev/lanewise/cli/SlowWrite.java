package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Begins to write two files of a directory, says so on stderr, and does not come to an end. */
final class SlowWrite {
  private SlowWrite() {}

  public static void main(String[] args) {
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put("a.txt", channel -> channel.write(ByteBuffer.allocate(100)));
    files.put(
        "b.txt",
        channel -> {
          channel.write(ByteBuffer.allocate(50));
          System.err.println("half");
          while (true) {
            Thread.onSpinWait();
          }
        });
    AtomicFile.writeAll(Path.of(args[0]), files);
  }
}

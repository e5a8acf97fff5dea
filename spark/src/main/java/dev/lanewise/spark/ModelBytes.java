package dev.lanewise.spark;

import dev.lanewise.formats.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;

/** A model file as bytes, which travel to machines that do not have the file. */
final class ModelBytes {
  private ModelBytes() {}

  /** What a file would hold. */
  static byte[] of(AtomicFile.Contents contents) {
    return inTemporaryFile(
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            contents.writeTo(channel);
          }
          return Files.readAllBytes(file);
        });
  }

  /** What a reader of files makes of the bytes. */
  static <T> T read(byte[] bytes, Function<Path, T> reader) {
    return inTemporaryFile(
        file -> {
          Files.write(file, bytes);
          return reader.apply(file);
        });
  }

  /** SHA-256, in hexadecimal digits. */
  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // each JVM has it
    }
  }

  private interface Use<T> {
    T of(Path file) throws IOException;
  }

  private static <T> T inTemporaryFile(Use<T> use) {
    try {
      Path file = Files.createTempFile("lanewise", ".safetensors");
      try {
        return use.of(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.lanewise.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class FolderZipTest {
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:01Z"));

  @TempDir private Path directory;

  private byte[] zip() throws IOException {
    FolderZip.write(directory.resolve("x-1"), directory.resolve("x.zip"), TIME);
    return Files.readAllBytes(directory.resolve("x.zip"));
  }

  @Test
  void keepsTimesAndPermissionsAndGivesTheSameBytesAgain() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("x-1/bin")).getParent();
    Path run = Files.writeString(folder.resolve("bin/run"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(folder.resolve("text"), "text");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("text"));
    byte[] first = zip();
    Files.setLastModifiedTime(run, FileTime.fromMillis(0));
    // A zip's own times are even seconds.
    Thread.sleep(2100);
    assertArrayEquals(first, zip());
    Map<String, ?> options = Map.of("enablePosixFileAttributes", "true");
    try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("x.zip"), options)) {
      for (String name : new String[] {"x-1", "x-1/bin", "x-1/bin/run", "x-1/text", "x-1/link"}) {
        Path entry = zip.getPath(name);
        assertEquals(TIME, Files.getLastModifiedTime(entry), name);
        boolean runs = Files.isDirectory(entry) || name.endsWith("run");
        assertEquals(
            runs ? "rwxr-xr-x" : "rw-r--r--",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)),
            name);
      }
      assertEquals("text", Files.readString(zip.getPath("x-1/link")));
    }
  }
}

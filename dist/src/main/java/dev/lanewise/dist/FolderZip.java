package dev.lanewise.dist;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A zip of a folder: its files by name, each with the same time to the second in every time zone,
 * and with the permissions to be read, and run where it is a program. The same files give the same
 * bytes. Links are packed as the files that they lead to.
 */
final class FolderZip {
  private FolderZip() {}

  /** Writes the zip in place of one that is there. The folder's own name leads all others. */
  static void write(Path folder, Path zip, FileTime time) throws IOException {
    Files.deleteIfExists(zip);
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.filter(Files::isRegularFile).sorted().toList();
    }
    Map<String, Object> options = Map.of("create", "true", "enablePosixFileAttributes", "true");
    try (FileSystem out = FileSystems.newFileSystem(zip, options)) {
      for (Path path : paths) {
        Path entry = out.getPath(folder.getFileName() + "/" + name(folder, path));
        Files.createDirectories(entry.getParent());
        Files.copy(path, entry);
        set(entry, time, Files.isExecutable(path));
      }
      // Last, as a file that comes in changes the time of its folder.
      try (Stream<Path> all = Files.walk(out.getPath("/"))) {
        for (Path each : all.filter(path -> path.getParent() != null).toList()) {
          if (Files.isDirectory(each)) {
            set(each, time, true);
          }
        }
      }
    }
  }

  private static void set(Path entry, FileTime time, boolean executable) throws IOException {
    Files.getFileAttributeView(entry, BasicFileAttributeView.class).setTimes(time, time, time);
    String permissions = executable ? "rwxr-xr-x" : "rw-r--r--";
    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(permissions));
  }

  private static String name(Path folder, Path path) {
    return folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}

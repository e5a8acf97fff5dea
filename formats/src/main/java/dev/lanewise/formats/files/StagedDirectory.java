package dev.lanewise.formats.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A new directory under a temporary name beside its own: one rename brings all its files. */
public final class StagedDirectory {
  private final Path directory;
  private final Path target;
  private final Path staging;
  private final Unfinished unfinished;

  private StagedDirectory(Path directory, Path target, Path staging, Unfinished unfinished) {
    this.directory = directory;
    this.target = target;
    this.staging = staging;
    this.unfinished = unfinished;
  }

  /** Makes it, and the parents that are missing. */
  public static StagedDirectory make(Path directory, Unfinished unfinished) throws IOException {
    Path target = directory.toAbsolutePath();
    makeParents(target.getParent(), unfinished);
    Path staging = StagedFile.temporaryName(target);
    unfinished.make(staging, Files::createDirectory);
    return new StagedDirectory(directory, target, staging, unfinished);
  }

  private static void makeParents(@Nullable Path parent, Unfinished unfinished) throws IOException {
    if (parent != null && !Files.isDirectory(parent)) {
      makeParents(parent.getParent(), unfinished);
      unfinished.make(parent, Files::createDirectory);
    }
  }

  /** Writes a file in it, forced to the disk. */
  public void write(String name, StagedFile.Contents contents) {
    StagedFile.write(directory.resolve(name), staging.resolve(name), contents, unfinished);
  }

  /** Gives it its name. */
  public void rename() {
    StagedFile.forceDirectory(staging);
    try {
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileErrors.notWritten(directory, e);
    }
    unfinished.allFinished();
    Path parent = target.getParent();
    if (parent != null) {
      StagedFile.forceDirectory(parent);
    }
  }
}

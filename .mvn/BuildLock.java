import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a command while no other process holds the lock of a file: {@code java BuildLock.java LOCK COMMAND ..}. The system gives
 * the lock back when its holder dies, however it dies. Exits as the command does, and ends it when it is ended itself.
 */
final class BuildLock {
  private BuildLock() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path file = Path.of(args[0]);
    List<String> command = Arrays.asList(args).subList(1, args.length);
    Files.createDirectories(file.toAbsolutePath().getParent());
    int exit;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = lock(channel)) {
      Build build = new Build();
      // Before there is something to end, so that it is never left behind.
      Runtime.getRuntime().addShutdownHook(build);
      exit = build.start(command).waitFor();
    }
    System.exit(exit);
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    System.err.println("lanewise: waiting for another build of this checkout ...");
    return channel.lock();
  }

  /** Ends the command, and waits until it has cleaned up. */
  private static final class Build extends Thread {
    private Process process;
    private boolean over;

    private synchronized Process start(List<String> command) throws IOException {
      if (over) {
        throw new IOException("not started: the JVM is ending");
      }
      process = new ProcessBuilder(command).inheritIO().start();
      return process;
    }

    @Override
    public synchronized void run() {
      over = true;
      if (process == null) {
        return;
      }
      process.destroy();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupt();
      }
    }
  }
}

package dev.lanewise.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Lays out {@code lanewise-VERSION} and packs it: the launchers, the jars, a Java runtime,
 * completion, manual pages, and the archive of classes that shortens a start.
 *
 * <p>The archive fits jars of one size and time, wherever they lie. So every file gets its time
 * before the archive is made, and {@link FolderZip} keeps it to the second.
 */
final class Distribution {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private final Path root;
  private final Path home;
  private final FileTime time;

  private Distribution(Path root, Path home, FileTime time) {
    this.root = root;
    this.home = home;
    this.time = time;
  }

  /**
   * Makes the folder and the zip in {@code dist/target}.
   *
   * @param args the root of the project, the version, the time that every file gets (ISO)
   * @throws IOException when a file cannot be read or written
   * @throws InterruptedException when it is interrupted while a program runs
   */
  static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toRealPath();
    String name = "lanewise-" + args[1];
    Path target = root.resolve("dist/target");
    FileTime time = FileTime.from(Instant.parse(args[2]));
    Path home = target.resolve(name);
    new Distribution(root, home, time).layOut();
    Path zip = target.resolve(name + "-" + platform() + ".zip");
    FolderZip.write(home, zip, time);
    System.out.printf("%s: %,d bytes%n", root.relativize(zip), Files.size(zip));
  }

  /** The system and processor that the runtime is for, such as {@code linux-x86_64}. */
  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    return (WINDOWS ? "windows" : system.startsWith("mac") ? "macos" : system)
        + "-"
        + (processor.equals("amd64") ? "x86_64" : processor);
  }

  private void layOut() throws IOException, InterruptedException {
    delete(home);
    copy(root.resolve("cli/target/lanewise-cli.jar"), "app/lanewise-cli.jar");
    List<Path> jars = new ArrayList<>(List.of(jar()));
    for (String jar : classPath(root.resolve("cli/target/lanewise-cli.jar"))) {
      copy(root.resolve("cli/target").resolve(jar), "app/" + jar);
      jars.add(home.resolve("app").resolve(jar));
    }
    copyAll(root.resolve("dist/src/bin"), "bin");
    for (String file : List.of("LICENSE", "NOTICE")) {
      copy(root.resolve(file), file);
    }
    for (String file : List.of("start-java.sh", "start-java.cmd")) {
      copy(root.resolve(".mvn").resolve(file), "app/" + file);
    }
    Path java = RuntimeImage.make(home.resolve("runtime"), jars);
    run(Map.of(), java, "-cp", jar(), "dev.lanewise.cli.ShellFiles", home.resolve("share"));
    setTimes();
    if (!WINDOWS) {
      String script = ". \"$0\" && lanewise_archive \"$@\"";
      Path archive = home.resolve("app/lanewise.jsa");
      run(
          Map.of("LC_ALL", "C"),
          "sh",
          "-c",
          script,
          home.resolve("app/start-java.sh"),
          java,
          jar(),
          archive);
      Files.setLastModifiedTime(archive, time);
    }
  }

  /** What the jar's manifest names: an older jar that lies beside those is none of them. */
  private static List<String> classPath(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return List.of(
          file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" "));
    }
  }

  private Path jar() {
    return home.resolve("app/lanewise-cli.jar");
  }

  private void copy(Path from, String to) throws IOException {
    Path file = home.resolve(to);
    Files.createDirectories(file.getParent());
    Files.copy(from, file, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void copyAll(Path from, String to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        copy(file, to + "/" + file.getFileName());
      }
    }
  }

  private void setTimes() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private static void run(Map<String, String> environment, Object... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.of(command).map(Object::toString).toList()).inheritIO();
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException("exit code " + exit + " of " + builder.command());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

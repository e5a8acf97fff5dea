package dev.lanewise.spark;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's own standalone cluster, its master and its workers each a process of this machine, with
 * the class path of the test.
 */
final class LocalCluster {
  private static final String HOST = "127.0.0.1";

  private final Path directory;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /** Starts a master, and workers of one core each. */
  LocalCluster(Path directory, int workers) throws IOException, InterruptedException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("jars")); // without which no executor starts
    port = freePort();
    int webPort = freePort();
    start(
        "master.Master",
        "--host",
        HOST,
        "--port",
        String.valueOf(port),
        "--webui-port",
        String.valueOf(webPort));
    awaitElection(webPort);
    for (int i = 0; i < workers; i++) {
      start(
          "worker.Worker",
          "--host",
          HOST,
          "--port",
          "0",
          "--webui-port",
          "0",
          "-c",
          "1",
          "-m",
          "1g",
          "-d",
          directory.resolve("work" + i).toString(),
          master());
    }
  }

  String master() {
    return "spark://" + HOST + ":" + port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** A master that is not elected yet gives no answer: who asks it asks again after 20 seconds. */
  private void awaitElection(int webPort) throws IOException, InterruptedException {
    HttpRequest state =
        HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + webPort + "/json/")).build();
    long end = System.nanoTime() + 60_000_000_000L;
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!isAlive(client, state)) {
        if (System.nanoTime() > end || !processes.getFirst().isAlive()) {
          throw new IOException("the master does not answer " + state.uri());
        }
        Thread.sleep(50);
      }
    }
  }

  private static boolean isAlive(HttpClient client, HttpRequest state)
      throws IOException, InterruptedException {
    try {
      return client.send(state, BodyHandlers.ofString()).body().contains("ALIVE");
    } catch (ConnectException e) {
      return false;
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private void start(String main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split(" +", -1)));
    command.add("org.apache.spark.deploy." + main);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", directory.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13"); // as Spark's scripts say it
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    File log = directory.resolve("log" + processes.size() + ".txt").toFile();
    processes.add(builder.redirectOutput(log).start());
  }

  /** A session whose executors have one core each. */
  SparkSession session() {
    return Sessions.at(master())
        .config("spark.executor.extraClassPath", classPath())
        .config("spark.executor.memory", "600m")
        .config("spark.executor.cores", "1")
        .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC")
        .getOrCreate();
  }

  /** Ends all processes, and those that they started. */
  void end() throws InterruptedException {
    List<ProcessHandle> started = new ArrayList<>();
    for (Process each : processes) {
      each.descendants().forEach(started::add);
      each.destroy();
    }
    for (Process each : processes) {
      if (!each.waitFor(5, TimeUnit.SECONDS)) {
        each.destroyForcibly();
      }
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }
}

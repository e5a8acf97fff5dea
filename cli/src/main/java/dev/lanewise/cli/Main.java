package dev.lanewise.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Entry of the {@code lanewise} command. Exit codes: 0 done, 1 the work failed, 2 bad usage or
 * input.
 */
@Command(
    name = "lanewise",
    description = "LSTM inference and training in pure Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      TrainCommand.class,
      FitCommand.class,
      ForecastCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      ConvertCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      ExamplesCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an error, print its stack trace too.")
  private boolean debug;

  private Main() {}

  /**
   * Runs the command and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    if (Boolean.getBoolean(Rehearsal.PROPERTY)) {
      System.exit(Rehearsal.run());
    }
    LauncherStderr.takeOver();
    Stdout.takeOver();
    System.exit(run(args));
  }

  /** Runs the command on {@code System.out} and {@code System.err} and returns its exit code. */
  static int run(String... args) {
    Main main = new Main();
    CommandLine commandLine = commandLine(main);
    commandLine.registerConverter(Path.class, UsageWords::path);
    commandLine.setParameterExceptionHandler((e, arguments) -> Failures.badUsage(e));
    commandLine.setExecutionExceptionHandler(
        (e, command, result) -> Failures.failed(e, main.debug));
    try {
      return Failures.checkedStdout(commandLine.execute(args));
    } catch (Error e) {
      // No memory for the model, no fonts for the charts.
      return Failures.failed(e, main.debug);
    }
  }

  /** All commands and their options, to be shown. */
  static CommandLine commandLine() {
    return commandLine(new Main());
  }

  private static CommandLine commandLine(Main main) {
    CommandLine commandLine = new CommandLine(main);
    commandLine
        .getSubcommands()
        .values()
        .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? " + String.join(", ", spec.subcommands().keySet()));
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"lanewise " + (version == null ? "(development)" : version)};
    }
  }
}

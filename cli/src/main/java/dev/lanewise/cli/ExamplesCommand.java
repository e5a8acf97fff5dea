package dev.lanewise.cli;

import dev.lanewise.examples.Example;
import dev.lanewise.examples.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise examples}: runs the programs that the guide to shapes is made of. */
@Command(
    name = "examples",
    description =
        "Show how data gets into an LSTM and out again: tables, sequences of unequal length, token"
            + " ids, and what the usual mistakes are answered with.",
    sortOptions = false)
final class ExamplesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which; all if none is named.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    List<Example> wanted = wanted();
    for (int i = 0; i < wanted.size(); i++) {
      Example example = wanted.get(i);
      System.out.println(
          (i == 0 ? "" : "\n") + "# " + example.name() + ": " + example.description());
      example.program().run();
    }
    return 0;
  }

  /** All that are named, before the first of them runs. */
  private List<Example> wanted() {
    if (names.isEmpty()) {
      return Examples.all();
    }
    List<Example> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(
          Examples.all().stream()
              .filter(example -> example.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return wanted;
  }

  private ParameterException unknown(String name) {
    List<String> known = Examples.all().stream().map(Example::name).toList();
    return new ParameterException(
        spec.commandLine(), "no example \"" + name + "\"; there are " + String.join(", ", known));
  }
}

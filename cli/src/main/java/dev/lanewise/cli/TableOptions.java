package dev.lanewise.cli;

import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.FrameOptions;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a table is written, where that is not to be found by itself. */
final class TableOptions {
  @Option(
      names = "--time",
      paramLabel = "COL[,COL..]",
      description =
          "The columns that say when a row was: one, or several such as year,month,day. Default: found.")
  private List<String> time = List.of();

  @Option(
      names = "--time-format",
      paramLabel = "PATTERN",
      description = "How they are written, such as dd/MM/yyyy. Default: found.")
  private @Nullable String timeFormat;

  @Option(
      names = "--missing",
      paramLabel = "CODE",
      description =
          "What stands for a missing number beside NA, - and the like, such as -200. May be repeated.")
  private List<String> missing = List.of();

  @Option(
      names = "--decimal",
      paramLabel = "C",
      description = "The decimal mark, \".\" or \",\". Default: found.")
  private @Nullable String decimal;

  @Option(
      names = "--separator",
      paramLabel = "C",
      description = "What separates cells, such as \";\"; tab is a word. Default: found.")
  private @Nullable String separator;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "The encoding of the file. Default: UTF-8, or what else its bytes say.")
  private @Nullable String charset;

  @Option(
      names = "--no-header",
      description = "The first row is no header; columns are named c1, c2, .. Default: found.")
  private boolean noHeader;

  FrameOptions read() {
    CsvOptions.Builder csv = CsvOptions.builder().missing(missing);
    set("--decimal", decimal, text -> csv.decimal(sign(text)), "\".\" or \",\"");
    set(
        "--separator",
        separator,
        text -> csv.separator(sign(text)),
        "a sign such as \";\", or tab");
    set(
        "--charset",
        charset,
        text -> csv.charset(Charset.forName(text)),
        "the name of an encoding, such as UTF-8 or windows-1252");
    if (noHeader) {
      csv.header(false);
    }
    List<String> columns = new ArrayList<>();
    time.forEach(list -> columns.addAll(ColumnNames.parse("--time", list)));
    if (timeFormat != null && columns.isEmpty()) {
      throw new InputException("--time-format " + timeFormat + ": expected --time COL beside it");
    }
    return new FrameOptions(columns, Optional.ofNullable(timeFormat), csv.build());
  }

  private static void set(
      String option, @Nullable String text, Consumer<String> setting, String expected) {
    if (text == null) {
      return;
    }
    try {
      setting.accept(text);
    } catch (IllegalArgumentException e) {
      throw new InputException(option + " " + text + ": expected " + expected, e);
    }
  }

  private static char sign(String text) {
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw new IllegalArgumentException(text);
    }
    return text.charAt(0);
  }
}

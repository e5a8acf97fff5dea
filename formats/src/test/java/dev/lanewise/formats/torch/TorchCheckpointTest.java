package dev.lanewise.formats.torch;

import static dev.lanewise.formats.torch.TorchPickles.archive;
import static dev.lanewise.formats.torch.TorchPickles.dict;
import static dev.lanewise.formats.torch.TorchPickles.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.FormatException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which dict of a checkpoint is the state_dict. */
class TorchCheckpointTest {
  private static final String VECTOR = tensor("0", "4", "1");
  private static final String NUMBER = tensor("0", "", "");
  private static final String STATE = dict("a.w", VECTOR, "a.b", VECTOR);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("x.pt");
  }

  /** The names of the tensors; or what was there instead. */
  private String names(String pickle) {
    try (TorchTensors tensors = TorchTensors.read(archive(file, pickle))) {
      return String.join(" ", tensors.shapes().keySet());
    } catch (FormatException e) {
      return e.got();
    }
  }

  @Test
  void isTheTopOrWithinIt() {
    assertEquals("a.w a.b", names(STATE));
    assertEquals("a.w a.b", names(dict("weights", STATE, "epoch", "I1\n")));
    assertEquals(
        "a.w a.b", names(dict("trainer", dict("net", STATE), "metrics", dict("e", NUMBER))));
    assertEquals("e", names(dict("e", NUMBER)));
  }

  @Test
  void extraStateIsNoTensor() {
    assertEquals("w", names(dict("w", VECTOR, "_extra_state", "}", "a._extra_state", "N")));
    assertEquals("a dict of \"_extra_state\" (a dict of 0)", names(dict("_extra_state", "}")));
  }

  @Test
  void anOptimizersStateIsNone() {
    String adam = dict("state", dict("w", dict("exp_avg", VECTOR)), "param_groups", "]");
    assertEquals("a.w a.b", names(dict("sgd", adam, "model", STATE)));
    assertEquals(
        "a.w a.b",
        names(
            dict(
                "my_optimizer",
                STATE,
                "optim",
                STATE,
                "optim_g",
                STATE,
                "opt",
                STATE,
                "m",
                STATE)));
    assertEquals("a.w a.b", names(dict("optimal", STATE)));
  }

  @Test
  void whatIsThereTwiceCountsOnce() {
    assertEquals("a.w a.b", names(dict("model", STATE + "p0\n", "best", "g0\n")));
  }

  @Test
  void goesThroughDictsThatHoldThemselves() {
    assertEquals("a dict of \"a\" (a dict of 1)", names("}p0\nVa\ng0\ns"));
    assertEquals("a.w a.b", names("}p0\nVa\ng0\nsVb\n" + STATE + "s"));
  }

  @Test
  void doesNotSearchForEver() {
    String deep = STATE;
    for (int i = 0; i < 8; i++) {
      deep = dict("d", deep);
    }
    assertEquals("a.w a.b", names(deep));
    assertEquals("a dict of \"d\" (a dict of 1)", names(dict("d", deep)));
  }
}

package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.cli.bench.BenchShape;
import dev.lanewise.cli.bench.Cell;
import dev.lanewise.cli.bench.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchShapesTest {
  private static final BenchShape MNIST =
      new BenchShape("mnist", Work.PREDICT, Cell.LSTM, 128, 28, 28, 128);
  private static final BenchShape MNIST_GRU =
      new BenchShape("mnist-gru", Work.PREDICT, Cell.GRU, 128, 28, 28, 128);

  private static BenchShape own(Work work, Cell cell, int b, int t, int f, int h) {
    return new BenchShape("own", work, cell, b, t, f, h);
  }

  private static void refused(String message, String text, @Nullable Cell layer) {
    InputException e =
        assertThrows(InputException.class, () -> BenchShapes.parse(text, layer), text);
    assertEquals(message, e.getMessage());
  }

  @Test
  void takesNamesInTheirOrder() {
    assertEquals(
        List.of(
            MNIST_GRU,
            new BenchShape("train-sine", Work.TRAIN, Cell.LSTM, 32, 10, 1, 50),
            new BenchShape("step-h64", Work.STEP, Cell.LSTM, 1, 1, 32, 64)),
        BenchShapes.parse("mnist-gru, train-sine,step-h64", null));
  }

  @Test
  void takesAxesInAnyOrderAndEndsAShapeAtTheFourth() {
    assertEquals(
        List.of(
            own(Work.PREDICT, Cell.LSTM, 1, 100, 64, 256),
            own(Work.STEP, Cell.LSTM, 8, 1, 2, 3),
            MNIST,
            own(Work.TRAIN, Cell.LSTM, 32, 10, 1, 50)),
        BenchShapes.parse(
            "H=256,F=64,T=100,B=1,b=8,t=1,f=2,h=3,mnist,train:B=32,T=10,F=1,H=50", null));
  }

  @Test
  void theLayerIsThatOfNamesThatDoNotSayIt() {
    assertEquals(
        List.of(MNIST_GRU, MNIST_GRU, own(Work.STEP, Cell.GRU, 1, 1, 2, 3)),
        BenchShapes.parse("mnist,mnist-gru,B=1,T=1,F=2,H=3", Cell.GRU));
    assertEquals(List.of(MNIST), BenchShapes.parse("mnist", Cell.LSTM));
    refused(
        "--shapes mnist-gru: --layer lstm, but mnist-gru is a GRU's; leave -gru or --layer out",
        "mnist-gru",
        Cell.LSTM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mnits | , did you mean mnist?",
        "mnist-gur | , did you mean mnist-gru?",
        "train:sine | , did you mean train-sine?",
        "resnet50 | ''"
      })
  void aNameThatIsNone(String name, String meant) {
    refused(
        "--shapes "
            + name
            + ": no shape "
            + name
            + meant
            + " There are step-h64, step-h256, step-h1024, seed-tiny, seed-torch, seq1-h128, mnist, mid, ds-512-b32, ds-1024-b1,"
            + " ds-1024-b64, long, train-sine, train-mnist, train-text, train-512, each with -gru too, or your own, such as"
            + " B=1,T=100,F=64,H=256",
        name,
        null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "B=1,T=3 | expected all of B, T, F and H, got no F, H; for instance B=1,T=100,F=64,H=256",
        "B=1,mnist | expected all of B, T, F and H, got no T, F, H; for instance B=1,T=100,F=64,H=256",
        "B=1,train:B=1,T=2,F=3,H=4 | expected all of B, T, F and H, got no T, F, H; for instance B=1,T=100,F=64,H=256",
        "B=1,B=2 | B comes twice before the shape has all of B, T, F and H; for instance B=1,T=100,F=64,H=256",
        "X=3 | no axis X; there are B (batch), T (timesteps), F (features), H (units)",
        "B=0 | B=0 is no length, which is a whole number from 1 to 1000000",
        "B=1000001 | B=1000001 is no length, which is a whole number from 1 to 1000000",
        "H=1.5 | H=1.5 is no length, which is a whole number from 1 to 1000000",
        "H= | H= is no length, which is a whole number from 1 to 1000000",
        "mnist,,mid | expected names or axes with commas between them",
        "mnist, | expected names or axes with commas between them"
      })
  void axesThatAreNone(String text, String why) {
    refused("--shapes " + text + ": " + why, text, null);
  }
}

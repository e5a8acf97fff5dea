package dev.lanewise.kernels;

import static dev.lanewise.kernels.OverlapTest.N;
import static dev.lanewise.kernels.OverlapTest.OWN;
import static dev.lanewise.kernels.OverlapTest.S;
import static dev.lanewise.kernels.OverlapTest.elementwise;

import dev.lanewise.kernels.OverlapTest.Call;
import dev.lanewise.kernels.OverlapTest.Pair;
import java.util.List;

/** The operands of RMSprop and of the normalizations that must not overlap. */
final class OverlapPairs {

  private OverlapPairs() {}

  static void all(List<Pair> all) {
    rmsProp(all);
    rowNormalization(all);
    columnMoments(all);
  }

  private static void rmsProp(List<Pair> all) {
    rmsProp(all, "g and v", (g, v) -> rmsProp(g, v, 600, 700, 800));
    rmsProp(all, "g and a", (g, a) -> rmsProp(g, 500, a, 700, 800));
    rmsProp(all, "g and b", (g, b) -> rmsProp(g, 500, 600, b, 800));
    rmsProp(all, "g and w", (g, w) -> rmsProp(g, 500, 600, 700, w));
    rmsProp(all, "v and a", (v, a) -> rmsProp(400, v, a, 700, 800));
    rmsProp(all, "v and b", (v, b) -> rmsProp(400, v, 600, b, 800));
    rmsProp(all, "v and w", (v, w) -> rmsProp(400, v, 600, 700, w));
    rmsProp(all, "a and b", (a, b) -> rmsProp(400, 500, a, b, 800));
    rmsProp(all, "a and w", (a, w) -> rmsProp(400, 500, a, 700, w));
    rmsProp(all, "b and w", (b, w) -> rmsProp(400, 500, 600, b, w));
  }

  private static void rowNormalization(List<Pair> all) {
    elementwise(all, "RowNormalization: x and y", (x, y) -> normalize(x, 500, 600, 700, y));
    rows(all, "gamma and y", 4, N, (a, b) -> normalize(400, a, 600, 700, b));
    rows(all, "beta and y", 4, N, (a, b) -> normalize(400, 500, a, 700, b));
    rows(all, "x and statistics", N, 6, (a, b) -> normalize(a, 500, 600, b, 800));
    rows(all, "gamma and statistics", 4, 6, (a, b) -> normalize(400, a, 600, b, 800));
    rows(all, "beta and statistics", 4, 6, (a, b) -> normalize(400, 500, a, b, 800));
    rows(all, "statistics and y", 6, N, (a, b) -> normalize(400, 500, 600, a, b));
    elementwise(all, "RowNormalization: x and dx", (x, y) -> rowsBackward(x, 500, 600, 700, y));
    elementwise(all, "RowNormalization: dy and dx", (x, y) -> rowsBackward(400, 500, 600, x, y));
    rows(all, "gamma and dx", 4, N, (a, b) -> rowsBackward(400, a, 600, 700, b));
    rows(all, "statistics and dx", 6, N, (a, b) -> rowsBackward(400, 500, a, 700, b));
    rows(all, "x and dgamma", N, 4, (a, b) -> rowWeights(a, 500, 600, b, 800));
    rows(all, "x and dbeta", N, 4, (a, b) -> rowWeights(a, 500, 600, 700, b));
    rows(all, "statistics and dgamma", 6, 4, (a, b) -> rowWeights(400, a, 600, b, 800));
    rows(all, "statistics and dbeta", 6, 4, (a, b) -> rowWeights(400, a, 600, 700, b));
    rows(all, "dy and dgamma", N, 4, (a, b) -> rowWeights(400, 500, a, b, 800));
    rows(all, "dy and dbeta", N, 4, (a, b) -> rowWeights(400, 500, a, 700, b));
    rows(all, "dgamma and dbeta", 4, 4, (a, b) -> rowWeights(400, 500, 600, a, b));
  }

  private static void columnMoments(List<Pair> all) {
    columns(all, "x and workspace", N, 16, (a, b) -> ColumnMoments.addSums(3, 4, S, a, 4, S, b));
    columns(
        all, "x and workspace", N, 16, (a, b) -> ColumnMoments.addSquares(3, 4, 3, S, a, 4, S, b));
    columns(all, "workspace and mean", 16, 4, (a, b) -> moments(a, b, 600));
    columns(all, "workspace and variance", 16, 4, (a, b) -> moments(a, 500, b));
    columns(all, "mean and variance", 4, 4, (a, b) -> moments(400, a, b));
  }

  private static void rmsProp(List<Pair> all, String names, Call call) {
    all.add(new Pair("RmsPropUpdate: " + names + " overlap; " + OWN, N, N, false, call));
  }

  private static void rows(List<Pair> all, String names, int input, int output, Call call) {
    String error = "RowNormalization: " + names + " overlap; " + OWN;
    all.add(new Pair(error, input, output, false, call));
  }

  private static void columns(List<Pair> all, String names, int input, int output, Call call) {
    String error = "ColumnMoments: " + names + " overlap; " + OWN;
    all.add(new Pair(error, input, output, false, call));
  }

  private static void rmsProp(int g, int v, int a, int b, int w) {
    RmsPropSettings settings = RmsPropSettings.keras(0.9, 0.9, 1e-7, true);
    RmsPropUpdate.apply(N, 1e-3, settings, S, g, S, v, S, a, S, b, S, w);
  }

  private static void normalize(int x, int gamma, int beta, int kept, int y) {
    RowNormalization.forward(3, N / 3, 1e-3f, S, x, S, gamma, S, beta, S, kept, S, y);
  }

  private static void rowsBackward(int x, int gamma, int kept, int dy, int dx) {
    RowNormalization.backward(3, N / 3, S, x, S, gamma, S, kept, S, dy, S, dx);
  }

  private static void rowWeights(int x, int kept, int dy, int dgamma, int dbeta) {
    RowNormalization.weights(3, N / 3, N / 3, S, x, S, kept, S, dy, S, dgamma, S, dbeta);
  }

  private static void moments(int workspace, int mean, int variance) {
    ColumnMoments.moments(4, 3, S, workspace, S, mean, S, variance);
  }
}

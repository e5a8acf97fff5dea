package dev.lanewise.formats.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.Npz;
import dev.lanewise.formats.Resources;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tensors of files that PyTorch wrote, bit for bit. */
class TorchTensorsTest {
  static Path file(String name) {
    return Resources.resource("torch/" + name + ".pt");
  }

  @ParameterizedTest
  @CsvSource({
    "state_dict, state_dict",
    "legacy, state_dict",
    "protocol4, state_dict",
    "legacy_protocol5, state_dict",
    "data_parallel, state_dict",
    "lightning, state_dict",
    "loop, state_dict",
    "legacy_loop, state_dict",
    "deflated, state_dict",
    "big_endian, state_dict",
    "types, types",
    "legacy_types, types",
    "views, views",
    "legacy_views, views",
    "parameters, parameters",
    "script, script",
    "trace, trace",
    "untyped, untyped",
    "legacy_parts, legacy_parts"
  })
  void readsWhatPyTorchHolds(String name, String expected) {
    Map<String, Tensor> arrays = Npz.read(Resources.resource("torch/" + expected + ".npz"));
    try (TorchTensors tensors = TorchTensors.read(file(name))) {
      Map<String, Shape> shapes = new LinkedHashMap<>();
      arrays.forEach((key, array) -> shapes.put(key, array.shape()));
      assertEquals(shapes, tensors.shapes());
      arrays.forEach(
          (key, array) -> {
            Tensor target = Tensor.zeros(array.shape().toArray());
            tensors.copyTo(key, target);
            assertArrayEquals(array.toArray(), target.toArray(), key);
          });
    }
  }

  @Test
  void keepsTheOrderOfTheFile() {
    try (TorchTensors tensors = TorchTensors.read(file("unicode"))) {
      assertEquals(List.of("größe.重み", "größe.b"), List.copyOf(tensors.shapes().keySet()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"views", "legacy_views", "types"})
  void fillsTargetsOfAnyStrides(String name) {
    String expected = name.replace("legacy_", "");
    Map<String, Tensor> arrays = Npz.read(Resources.resource("torch/" + expected + ".npz"));
    try (TorchTensors tensors = TorchTensors.read(file(name))) {
      arrays.forEach(
          (key, array) -> {
            for (Tensor target : strided(array.shape())) {
              tensors.copyTo(key, target);
              assertArrayEquals(array.toArray(), target.toArray(), key);
            }
          });
    }
  }

  /** Zeros whose axes are reversed in memory, are taken out of more, or run backward. */
  private static List<Tensor> strided(Shape shape) {
    int rank = shape.rank();
    if (rank == 0) {
      return List.of(Tensor.zeros(3).select(0, 1));
    }
    long[] dims = new long[rank];
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = shape.dim(rank - 1 - axis);
      axes[axis] = rank - 1 - axis;
    }
    long[] wide = shape.toArray();
    wide[rank - 1] = 2 * wide[rank - 1] + 1;
    return List.of(
        Tensor.zeros(dims).permute(axes),
        Tensor.zeros(wide).slice(rank - 1, 1, wide[rank - 1], 2),
        Tensor.zeros(shape.toArray()).flip(0));
  }

  @Test
  void leavesWhatIsBesideATargetAlone() {
    Tensor all = Tensor.zeros(10, 4).fill(-1);
    try (TorchTensors tensors = TorchTensors.read(file("views"))) {
      tensors.copyTo("columns", all.slice(1, 1, 3));
    }
    float[] row = all.select(0, 2).toArray();
    assertArrayEquals(new float[] {-1, 83, 84, -1}, row);
  }

  @Test
  void saysTheTypesOfTheFile() {
    try (TorchTensors tensors = TorchTensors.read(file("types"))) {
      List<String> types = tensors.shapes().keySet().stream().map(tensors::type).toList();
      assertEquals(
          List.of(
              "F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL", "F32", "F32"),
          types);
      assertEquals(file("types"), tensors.file());
    }
  }

  @Test
  void namesAreThoseOfTheModule() {
    List<String> names;
    try (TorchTensors tensors = TorchTensors.read(file("state_dict"))) {
      names = List.copyOf(tensors.shapes().keySet());
    }
    assertEquals("norm.weight", names.getFirst());
    for (String name : List.of("data_parallel", "lightning", "loop", "legacy_loop")) {
      try (TorchTensors tensors = TorchTensors.read(file(name))) {
        assertEquals(names, List.copyOf(tensors.shapes().keySet()));
      }
    }
  }

  /** The numbers 0, 1, 2, .. behind views that are read in many runs. */
  @ParameterizedTest
  @CsvSource({
    "7, 66000, 3, 0, 0",
    "0, 300, 600, 2, 1",
    "5, 2, 1, 300, 600",
    "100, 40, 5000, 90, 11",
    "199999, 1, 1, 1, 1"
  })
  void readsLongStridedViews(
      long offset,
      long rows,
      long rowStride,
      long columns,
      long columnStride,
      @TempDir Path folder) {
    float[] numbers = new float[200_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    boolean isVector = columns == 0;
    String sizes = isVector ? "" + rows : rows + " " + columns;
    String strides = isVector ? "" + rowStride : rowStride + " " + columnStride;
    String view =
        TorchPickles.tensor("torch\nFloatStorage", "0", "200000", "" + offset, sizes, strides);
    String state = TorchPickles.dict("w", view);
    Path file =
        TorchPickles.legacy(
            folder.resolve("x.pt"), "I1001\n", state, "]V0\na", TorchPickles.floats(numbers));
    try (TorchTensors tensors = TorchTensors.read(file)) {
      Tensor target = Tensor.zeros(tensors.shapes().get("w").toArray());
      tensors.copyTo("w", target);
      float[] all = target.toArray();
      long width = Math.max(1, columns);
      for (int i = 0; i < all.length; i++) {
        long expected = offset + i / width * rowStride + i % width * columnStride;
        assertEquals(expected, (long) all[i], "element " + i);
      }
    }
  }
}

package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries that the tests run are all there are. */
class EntryTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        AdamUpdate.class,
        AddScaled.class,
        AddSign.class,
        Clip.class,
        ColumnMoments.class,
        ColumnSums.class,
        Exp.class,
        GruCell.class,
        LstmCell.class,
        Maximum.class,
        MomentumUpdate.class,
        Multiply.class,
        PackedMatrix.class,
        RmsPropUpdate.class,
        RowNormalization.class,
        Scale.class,
        Sgemm.class,
        Softmax.class,
        SumOfMagnitudes.class,
        SumOfSquares.class,
        Transpose.class
      })
  void eachPublicMethodThatTakesASegmentIsAnEntry(Class<?> kernel) {
    List<String> names = Entry.all().stream().map(Entry::name).toList();
    for (Method method : kernel.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && Arrays.asList(method.getParameterTypes()).contains(MemorySegment.class)) {
        String name =
            kernel.getSimpleName()
                + (method.getName().equals("apply") ? "" : "." + method.getName());
        assertTrue(names.stream().anyMatch(n -> (n + " ").startsWith(name + " ")), name);
      }
    }
  }
}

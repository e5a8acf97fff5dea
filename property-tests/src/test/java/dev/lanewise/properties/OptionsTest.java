package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.PadOptions;
import dev.lanewise.lstm.Padding;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.tensor.Tensor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever logs options sees what is set. */
@Tag("no-kernels")
class OptionsTest {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "hashCode", "getClass");

  private static List<Class<?>> all() {
    return new ClassFileImporter()
        .withImportOption(new DoNotIncludeTests()).importPackages("dev.lanewise").stream()
            .filter(type -> type.getSimpleName().endsWith("Options"))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  @Test
  void eachShowsEverySetting() throws ReflectiveOperationException {
    List<Class<?>> all = all();
    assertTrue(all.contains(FitOptions.class), all.toString());
    for (Class<?> type : all) {
      Object defaults = type.getMethod("of").invoke(null);
      String shown = defaults.toString();
      assertTrue(shown.startsWith(type.getSimpleName() + "["), shown);
      int settings = 0;
      for (Method method : type.getDeclaredMethods()) {
        if (isSetting(method)) {
          String setting = method.getName() + "=" + shown(method.invoke(defaults));
          assertTrue(shown.contains("[" + setting) || shown.contains(" " + setting), shown);
          settings++;
        }
      }
      assertTrue(settings > 0, type.getName());
    }
  }

  /** What is not given to a reader is found. */
  private static Object shown(Object setting) {
    return setting instanceof Optional<?> some && some.isEmpty() ? "found" : setting;
  }

  /** A listener has nothing to show. */
  private static boolean isSetting(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && method.getParameterCount() == 0
        && !OF_EVERY_OBJECT.contains(method.getName())
        && !method.getReturnType().isAnnotationPresent(FunctionalInterface.class);
  }

  @Test
  void showsWhatIsSet() {
    assertEquals(
        "PredictorOptions[threads=3, ownThreads=false, weights=INT8]",
        PredictorOptions.builder().threads(3).weights(WeightFormat.INT8).build().toString());
    assertEquals(
        "PadOptions[padding=PRE, truncating=POST, maxLength=9, value=-1.0]",
        PadOptions.builder().padding(Padding.PRE).maxLength(9).value(-1).build().toString());
    FitOptions fit =
        FitOptions.builder()
            .epochs(4)
            .batchSize(8)
            .seed(42)
            .validationData(Tensor.zeros(5, 3, 2), Tensor.zeros(5, 1))
            .build();
    assertEquals(
        "FitOptions[epochs=4, batchSize=8, initialEpoch=0, accumulate=1, sampleWeights=none,"
            + " classWeights={}, truncate=0, stateful=false, shuffle=true, seed=42,"
            + " validationSplit=0.0, validationData=(5, 3, 2), threads=0, ownThreads=false,"
            + " callbacks=[]]",
        fit.toString());
    assertFalse(FitOptions.of().toString().contains("null"), FitOptions.of().toString());
  }
}

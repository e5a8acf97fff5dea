package dev.lanewise.properties;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Set;

/**
 * Dependencies point one way: cli, examples, formats, lstm, tensor, kernels, JDK; and bits stay.
 */
@ArchTag("no-kernels")
@AnalyzeClasses(packages = "dev.lanewise", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("kernels")
          .definedBy("dev.lanewise.kernels..")
          .layer("tensor")
          .definedBy("dev.lanewise.tensor..")
          .layer("lstm")
          .definedBy("dev.lanewise.lstm..")
          .layer("formats")
          .definedBy("dev.lanewise.formats..")
          .layer("examples")
          .definedBy("dev.lanewise.examples..")
          .layer("cli")
          .definedBy("dev.lanewise.cli..")
          .whereLayer("kernels")
          .mayNotAccessAnyLayer()
          .whereLayer("tensor")
          .mayOnlyAccessLayers("kernels")
          .whereLayer("lstm")
          .mayOnlyAccessLayers("tensor", "kernels")
          .whereLayer("formats")
          .mayOnlyAccessLayers("lstm", "tensor", "kernels")
          .whereLayer("examples")
          .mayOnlyAccessLayers("formats", "lstm", "tensor", "kernels");

  /** What runs knows no layer: layers hand it functions and numbers. */
  @ArchTest
  static final ArchRule roomsOfLstmPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("memory")
          .definedBy("dev.lanewise.lstm.memory")
          .layer("run")
          .definedBy("dev.lanewise.lstm.run")
          .layer("train")
          .definedBy("dev.lanewise.lstm.train")
          .layer("recurrent")
          .definedBy("dev.lanewise.lstm.recurrent")
          .layer("layers")
          .definedBy("dev.lanewise.lstm")
          .layer("data")
          .definedBy("dev.lanewise.lstm.data")
          .whereLayer("memory")
          .mayNotAccessAnyLayer()
          .whereLayer("run")
          .mayOnlyAccessLayers("memory")
          .whereLayer("train")
          .mayOnlyAccessLayers("run", "memory")
          .whereLayer("recurrent")
          .mayOnlyAccessLayers("train", "run", "memory")
          .whereLayer("layers")
          .mayOnlyAccessLayers("recurrent", "train", "run", "memory")
          .whereLayer("data")
          .mayOnlyAccessLayers("layers");

  /** On the class path nothing keeps the rooms of a module from a caller. */
  @ArchTest
  static final ArchRule nobodySeesTheRoomsOfLstm =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("dev.lanewise.lstm..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lanewise.lstm.memory",
              "dev.lanewise.lstm.run",
              "dev.lanewise.lstm.train",
              "dev.lanewise.lstm.recurrent");

  @ArchTest
  static final ArchRule onlyKernelsSeeTheVectorApi =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("dev.lanewise.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  /**
   * {@link Math} may compute these by instructions of the processor, to other last bits than on the
   * next; {@link StrictMath} never does. Square roots, sums and products are exact in both.
   */
  private static final Set<String> BY_PROCESSOR =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log1p", "log10", "pow", "cbrt", "hypot");

  @ArchTest
  static final ArchRule numbersAreTheSameOnEveryProcessor =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(
              "dev.lanewise.kernels..", "dev.lanewise.tensor..", "dev.lanewise.lstm..")
          .should()
          .callMethodWhere(
              JavaAccess.Predicates.targetOwner(JavaClass.Predicates.equivalentTo(Math.class))
                  .and(
                      JavaAccess.Predicates.target(
                          DescribedPredicate.describe(
                              "a transcendental function",
                              target -> BY_PROCESSOR.contains(target.getName())))));
}

package dev.lanewise.properties;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Dependencies point one way: cli, examples, formats, lstm, tensor, kernels, JDK. */
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

  @ArchTest
  static final ArchRule onlyKernelsSeeTheVectorApi =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("dev.lanewise.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");
}

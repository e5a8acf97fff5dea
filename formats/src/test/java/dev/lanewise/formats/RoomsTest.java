package dev.lanewise.formats;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A room for each format, a package that is not exported. The exported package is on top of them.
 */
@AnalyzeClasses(packages = "dev.lanewise.formats", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "dev.lanewise.formats";

  /**
   * The exported types that rooms may use. Each is a slice of its own below, so that none of them
   * leads from a room back to itself.
   */
  private static final Set<String> SHARED =
      Stream.of(
              FormatException.class, // every room throws it
              Printable.class, // of which its messages are made
              CsvColumn.class, // its kinds are what csv finds
              CsvDialect.class, // what csv found of a table
              CsvOptions.class, // what forecast writes as JSON
              FrameOptions.class) // the same
          .map(Class::getName)
          .collect(Collectors.toSet());

  private static String topLevel(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  private static boolean isInRoom(JavaClass type) {
    return type.getPackageName().startsWith(ROOT + ".");
  }

  @ArchTest
  static final ArchRule roomsDoNotUseWhatIsAboveThem =
      noClasses()
          .that(describe("are in a room", RoomsTest::isInRoom))
          .should()
          .dependOnClassesThat(
              describe(
                  "are exported and not shared",
                  type -> type.getPackageName().equals(ROOT) && !SHARED.contains(topLevel(type))));

  @ArchTest
  static final ArchRule roomsAreFreeOfCycles =
      slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  String name = topLevel(type);
                  return SliceIdentifier.of(SHARED.contains(name) ? name : type.getPackageName());
                }

                @Override
                public String getDescription() {
                  return "rooms, the exported package and each shared type";
                }
              })
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule theExportedPackageHasOnlyWhatPeopleCall =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .bePublic();

  @ArchTest
  static final ArchRule nobodySeesARoomFromOutside =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .and()
          .arePublic()
          .should(
              new ArchCondition<JavaClass>("name no type of a room") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  Stream.concat(supertypes(type), members(type))
                      .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                      .filter(RoomsTest::isInRoom)
                      .map(named -> type.getName() + " names " + named.getName())
                      .forEach(line -> events.add(SimpleConditionEvent.violated(type, line)));
                }
              });

  private static Stream<JavaType> supertypes(JavaClass type) {
    Stream<JavaType> above =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    return Stream.concat(above, type.getTypeParameters().stream());
  }

  private static Stream<JavaType> members(JavaClass type) {
    return type.getMembers().stream()
        .filter(
            member ->
                member.getModifiers().contains(JavaModifier.PUBLIC)
                    || member.getModifiers().contains(JavaModifier.PROTECTED))
        .flatMap(RoomsTest::types);
  }

  private static Stream<JavaType> types(JavaMember member) {
    return switch (member) {
      case JavaField field -> Stream.of(field.getType());
      case JavaCodeUnit code ->
          Stream.of(
                  Stream.of(code.getReturnType()),
                  code.getParameterTypes().stream(),
                  code.getTypeParameters().stream(),
                  code.getExceptionTypes().stream())
              .flatMap(each -> each);
      default -> throw new AssertionError(member);
    };
  }

  @ArchTest
  static void oneClassOfARoomBuildsItsErrors(JavaClasses all) {
    Set<String> rooms =
        all.stream()
            .filter(RoomsTest::isInRoom)
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertFalse(rooms.isEmpty());
    for (String room : rooms) {
      long builders =
          all.stream()
              .filter(type -> type.getPackageName().equals(room))
              .filter(type -> type.getSimpleName().endsWith("Errors"))
              .count();
      assertTrue(builders <= 1, room);
    }
  }

  @ArchTest
  static void onlyTheApiIsExported(JavaClasses all) {
    Set<Exports> exports = FormatException.class.getModule().getDescriptor().exports();
    assertEquals(Set.of(ROOT), exports.stream().map(Exports::source).collect(Collectors.toSet()));
    assertEquals(Optional.empty(), exports.stream().filter(Exports::isQualified).findAny());
  }
}

package org.isthmus;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The arrows among packages (docs/architecture.md), read from what is compiled. */
class ArrowsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes", "org", "isthmus"));

  private static final String SPRING = "org.isthmus.spring";
  private static final String ENGINES = "org.isthmus.engine.*..";

  @Test
  void noCircleAmongPackages() {
    slices().matching("org.isthmus.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingBelowKnowsThePublicApi() {
    noClasses()
        .that(resideInAPackage("org.isthmus.*..").and(not(resideInAPackage(SPRING))))
        .should()
        .dependOnClassesThat(resideInAPackage("org.isthmus"))
        .check(CLASSES);
  }

  @Test
  void exchangeKnowsErrorsAlone() {
    noClasses()
        .that(resideInAPackage("org.isthmus.exchange"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.isthmus..")
                .and(not(resideInAnyPackage("org.isthmus.exchange", "org.isthmus.errors"))))
        .check(CLASSES);
  }

  @Test
  void enginesKnowNothingThatUsesThem() {
    classes()
        .that(resideInAPackage("org.isthmus.engine.."))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("org.isthmus.."))
                .or(
                    resideInAnyPackage(
                        "org.isthmus.engine..",
                        "org.isthmus.exchange",
                        "org.isthmus.services",
                        "org.isthmus.settings",
                        "org.isthmus.errors",
                        "org.isthmus.directories")))
        .check(CLASSES);
  }

  @Test
  void noEngineKnowsAnother() {
    slices().matching("org.isthmus.engine.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void anEngineIsKnownByItsNameAlone() {
    noClasses()
        .that(not(resideInAPackage(ENGINES)))
        .should()
        .dependOnClassesThat(resideInAPackage(ENGINES))
        .check(CLASSES);
  }

  @Test
  void jythonIsKnownToItsEngineAlone() {
    noClasses()
        .that(not(resideInAPackage("org.isthmus.engine.jython..")))
        .should()
        .dependOnClassesThat(resideInAPackage("org.python.."))
        .check(CLASSES);
  }

  @Test
  void springIsKnownToItsStarterAlone() {
    noClasses()
        .that(not(resideInAPackage(SPRING)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(SPRING, "org.springframework.."))
        .check(CLASSES);
  }

  @Test
  void launcherIsKnownToItselfAlone() {
    noClasses()
        .that(not(resideInAPackage("org.isthmus.launcher..")))
        .should()
        .dependOnClassesThat(resideInAPackage("org.isthmus.launcher.."))
        .check(CLASSES);
  }

  @Test
  void launcherKnowsErrorsAndDirectoriesAlone() {
    classes()
        .that(resideInAPackage("org.isthmus.launcher"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "org.isthmus.launcher",
                "org.isthmus.errors",
                "org.isthmus.directories",
                "java..",
                "javax.naming..",
                "javax.sql"))
        .check(CLASSES);
    classes()
        .that(resideInAPackage("org.isthmus.directories"))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage("org.isthmus.directories", "java.."))
        .check(CLASSES);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** Which packages and classes may depend on which. */
@AnalyzeClasses(
    packages = "io.ringside.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule LAYERS =
      classes()
          .should(
              new Layers(
                  List.of(
                      Set.of("error"),
                      Set.of("config", "ring", "schema", "metric"),
                      Set.of("types", "cql"),
                      Set.of("types.vector", "types.encode"),
                      Set.of("flow"),
                      Set.of("session"),
                      Set.of("cluster"),
                      Set.of("predicate", "function"),
                      Set.of("read", "write", "catalog"),
                      Set.of("lookup", "copy"),
                      Set.of("root"),
                      Set.of("spark4", "spark41")),
                  // A newer Spark asks the root's classes for what only it knows.
                  Set.of("root -> spark41")));

  @ArchTest
  static final ArchRule NO_CYCLES_OF_CLASSES = classes().should(new ClassCycles(Set.of()));

  @ArchTest
  static final ArchRule NO_CYCLES_OF_PACKAGES =
      slices().matching("io.ringside.spark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule RING_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("..spark.ring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "com.datastax..");

  @ArchTest
  static final ArchRule CONFIG_KNOWS_NEITHER_SPARK_NOR_DRIVER =
      noClasses()
          .that()
          .resideInAPackage("..spark.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "com.datastax..");

  @ArchTest
  static final ArchRule CQL_KNOWS_NEITHER_SPARK_NOR_SESSION =
      noClasses()
          .that()
          .resideInAPackage("..spark.cql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "com.datastax.oss.driver.api.core.session..");

  @ArchTest
  static final ArchRule PREDICATE_OPENS_NO_SESSION =
      noClasses()
          .that()
          .resideInAPackage("..spark.predicate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..spark.session..",
              "..spark.cluster..",
              "com.datastax.oss.driver.api.core.session..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_OPENS_SESSIONS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..spark.session..")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("CqlSessionBuilder");

  /**
   * But for the loader that the driver's manual names for configurations made in code, and the
   * context that it names for everything else that can be replaced.
   */
  @ArchTest
  static final ArchRule NO_DRIVER_INTERNALS =
      noClasses()
          .that()
          .doNotHaveSimpleName("DriverConfiguration")
          .and()
          .doNotHaveSimpleName("PageContext")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.datastax.oss.driver.internal..");

  @ArchTest
  static final ArchRule NO_SCALA =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("scala.collection..", "scala.jdk..");
}

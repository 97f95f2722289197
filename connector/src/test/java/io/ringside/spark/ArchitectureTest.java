// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers of the packages: arrows point down only. */
@AnalyzeClasses(
    packages = "io.ringside.spark",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("root")
          .definedBy("io.ringside.spark")
          .layer("catalog")
          .definedBy("..spark.catalog..")
          .layer("read")
          .definedBy("..spark.read..")
          .layer("write")
          .definedBy("..spark.write..")
          .layer("predicate")
          .definedBy("..spark.predicate..")
          .layer("cluster")
          .definedBy("..spark.cluster..")
          .layer("session")
          .definedBy("..spark.session..")
          .layer("flow")
          .definedBy("..spark.flow..")
          .layer("types")
          .definedBy("..spark.types..")
          .layer("cql")
          .definedBy("..spark.cql..")
          .layer("config")
          .definedBy("..spark.config..")
          .layer("ring")
          .definedBy("..spark.ring..")
          .layer("schema")
          .definedBy("..spark.schema..")
          .layer("metric")
          .definedBy("..spark.metric..")
          .layer("error")
          .definedBy("..spark.error..")
          .layer("spark4")
          .definedBy("..spark.spark4..")
          .layer("spark41")
          .definedBy("..spark.spark41..")
          .whereLayer("spark4")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("root")
          .mayOnlyBeAccessedByLayers("spark4")
          .whereLayer("spark41")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers("spark4", "root", "spark41")
          .whereLayer("read")
          .mayOnlyBeAccessedByLayers("spark4", "root")
          .whereLayer("write")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("predicate")
          .mayOnlyBeAccessedByLayers("root", "read", "write")
          .whereLayer("cluster")
          .mayOnlyBeAccessedByLayers("spark4", "root", "catalog", "read", "write")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("spark4", "root", "catalog", "read", "write", "cluster")
          .whereLayer("flow")
          .mayOnlyBeAccessedByLayers("read", "write", "cluster", "session")
          .whereLayer("types")
          .mayOnlyBeAccessedByLayers(
              "spark4", "root", "catalog", "read", "write", "predicate", "cluster")
          .whereLayer("cql")
          .mayOnlyBeAccessedByLayers("root", "catalog", "read", "write", "predicate", "cluster");

  @ArchTest
  static final ArchRule NO_CYCLES =
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
          .resideInAnyPackage("..spark.session..", "com.datastax.oss.driver.api.core.session..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_OPENS_SESSIONS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..spark.session..")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("CqlSessionBuilder");

  /** But for the loader that the driver's manual names for configurations made in code. */
  @ArchTest
  static final ArchRule NO_DRIVER_INTERNALS =
      noClasses()
          .that()
          .doNotHaveSimpleName("DriverConfiguration")
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

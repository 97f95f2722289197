// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.maven.MavenArtifacts;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector's jar against the jars of every supported Spark. */
class LinkGateIT {
  private static List<Path> spark(String version, String scala, String scalaLibrary) {
    List<String> modules =
        new ArrayList<>(
            List.of(
                "spark-sql_",
                "spark-sql-api_",
                "spark-catalyst_",
                "spark-core_",
                "spark-unsafe_",
                "spark-common-utils_",
                "spark-tags_"));
    List<String> coordinates = new ArrayList<>();
    modules.forEach(
        module -> coordinates.add("org.apache.spark:" + module + scala + ":" + version));
    if (!version.startsWith("3.") && !version.startsWith("4.0")) {
      coordinates.add("org.apache.spark:spark-common-utils-java_" + scala + ":" + version);
    }
    coordinates.add("org.scala-lang:scala-library:" + scalaLibrary);
    return MavenArtifacts.jars(coordinates);
  }

  private static Path connector() throws URISyntaxException {
    Path jar =
        Path.of(CassandraSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(jar.toString()).endsWith(".jar");
    return jar;
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.9, 2.12, 2.12.18",
    "3.5.9, 2.13, 2.13.8",
    "4.0.4, 2.13, 2.13.16",
    "4.1.3, 2.13, 2.13.17",
    "4.2.0, 2.13, 2.13.18"
  })
  void jarLinks(String version, String scala, String scalaLibrary) throws URISyntaxException {
    assertThat(
            LinkCheck.problems(
                connector(),
                spark(version, scala, scalaLibrary),
                name -> isLoadedBy(version, name)))
        .isEmpty();
  }

  /** Packages of newer interfaces are named after the first Spark that has them. */
  private static boolean isLoadedBy(String version, String name) {
    if (name.startsWith("io/ringside/spark/spark41/")) {
      return version.compareTo("4.1") >= 0;
    }
    return !name.startsWith("io/ringside/spark/spark4/") || version.compareTo("4.0") >= 0;
  }

  /** Older ones would fail on them: if they passed, the check would not look at them at all. */
  @Test
  void newerInterfacesAreMissingInOlderSparks() throws URISyntaxException {
    assertThat(
            LinkCheck.problems(
                connector(), spark("3.5.9", "2.13", "2.13.8"), name -> !isLoadedBy("3.5.9", name)))
        .anyMatch(problem -> problem.contains("ProcedureCatalog"))
        .anyMatch(problem -> problem.contains("PrimaryKey"));
  }

  /** The check itself: a Spark that lacks half of the jars must not pass. */
  @Test
  void noticesWhatIsMissing() throws URISyntaxException {
    List<Path> incomplete = MavenArtifacts.jars(List.of("org.apache.spark:spark-sql_2.13:4.2.0"));
    assertThat(LinkCheck.problems(connector(), incomplete, name -> true))
        .anyMatch(problem -> problem.contains("needs class org/apache/spark/sql/connector"));
  }
}

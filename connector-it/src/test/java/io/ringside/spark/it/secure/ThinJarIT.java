// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.session.Session;
import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.maven.MavenArtifacts;
import io.ringside.spark.it.spark.Program;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import io.ringside.spark.it.spark.SparkRelease;
import io.ringside.spark.it.spark.SparkSubmit;
import io.ringside.spark.it.spark.StandaloneCluster;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The thin jar, the Java driver under its own name and a plug-in that logs in, all by {@code
 * spark-submit --jars}: in the driver and on executors.
 */
class ThinJarIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void aPluginLogsInOnDriverAndExecutors() throws Exception {
    Secured.makeTable();
    try (CqlSession admin = Secured.admin()) {
      admin.execute("DROP ROLE IF EXISTS shipped");
      admin.execute("CREATE ROLE shipped WITH PASSWORD = 'shipped' AND LOGIN = true");
      admin.execute("GRANT SELECT ON KEYSPACE " + Secured.KS + " TO shipped");
    }
    SparkRelease release = SparkRelease.underTest();
    List<Path> sparkJars = release.jars();
    SparkHome home = SparkHome.make(directory, release, sparkJars);
    Program program = Program.compile(directory, "CountRows", sparkJars);
    Path settings = directory.resolve("driver.conf");
    Files.writeString(
        settings, "datastax-java-driver.advanced.auth-provider.plugin-user = shipped");
    try (StandaloneCluster cluster = StandaloneCluster.start(home, List.of("127.0.0.1"));
        SparkProcess job =
            new SparkSubmit(cluster.master(), jars(), List.of(), connection(settings))
                .start(home, "thin", program, List.of("keyspace=" + Secured.KS, "table=t"))) {
      assertThat(job.await(LIMIT)).contains("ROWS 3");
    }
  }

  /** What a user gives to {@code --conf}: only the application may name classes and files. */
  private static Map<String, String> connection(Path driverConfig) {
    return Map.of(
        "spark.datasource.cassandra.contact-points",
        Secured.CLUSTER.contactPoint(),
        "spark.datasource.cassandra.auth-provider",
        PluginAuthProvider.class.getName(),
        "spark.datasource.cassandra.driver-config",
        driverConfig.toString());
  }

  /** What a user gives to {@code --jars}. */
  private List<Path> jars() throws URISyntaxException {
    Path connector =
        Path.of(CassandraSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path thin = Path.of(connector.toString().replaceFirst("\\.jar$", "-thin.jar"));
    assertThat(thin).exists();
    List<Path> driver = new ArrayList<>();
    for (String module : List.of("java-driver-core", "java-driver-query-builder")) {
      driver.addAll(
          MavenArtifacts.classPath("org.apache.cassandra:" + module + ':' + driverVersion()));
    }
    List<Path> compileClassPath = new ArrayList<>(driver);
    compileClassPath.addAll(MavenArtifacts.jars(List.of("org.jspecify:jspecify:1.0.1")));
    List<Path> jars = new ArrayList<>(driver.stream().distinct().toList());
    jars.add(thin);
    jars.add(
        Program.jar(
            directory,
            Path.of(
                "src",
                "test",
                "java",
                PluginAuthProvider.class.getName().replace('.', '/') + ".java"),
            compileClassPath));
    return jars;
  }

  /** The one that this module is built with. */
  private static String driverVersion() {
    return Session.OSS_DRIVER_COORDINATES.getVersion().toString();
  }
}

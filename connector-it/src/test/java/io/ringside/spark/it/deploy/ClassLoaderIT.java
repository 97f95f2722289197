// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.it.Cassandra;
import io.ringside.spark.it.spark.Program;
import io.ringside.spark.it.spark.SparkHome;
import io.ringside.spark.it.spark.SparkProcess;
import io.ringside.spark.it.spark.SparkRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class loader of the connector's own, as Spark Connect makes one for each session. */
class ClassLoaderIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void nothingKeepsItWhenTheLastSessionIsClosed() throws Exception {
    Cassandra.keyspace("unload");
    Cassandra.cql("CREATE TABLE unload.t (id int PRIMARY KEY, v text)");
    for (int id = 0; id < 500; id++) {
      Cassandra.cql("INSERT INTO unload.t (id, v) VALUES (?, 'x')", id);
    }
    Path dump = Path.of("target", "unload.hprof").toAbsolutePath();
    Files.deleteIfExists(dump);
    SparkRelease release = SparkRelease.underTest();
    List<Path> jars = release.jars();
    Program program = Program.compile(directory, "UnloadJob", jars);
    SparkHome home = SparkHome.make(directory, release, jars).with(program);
    try (SparkProcess job =
        SparkProcess.start(
            home,
            "unload",
            "127.0.0.1",
            program.mainClass(),
            List.of(
                JobTables.connector().toString(),
                Cassandra.CLUSTER.contactPoint(),
                "unload",
                "t",
                dump.toString()))) {
      assertThat(job.await(LIMIT)).contains("UNLOADED after 500 rows");
    }
    assertThat(Cassandra.cql("SELECT v FROM unload.t WHERE id = 99").all())
        .extracting(row -> row.getString(0))
        .containsExactly("written99");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import io.ringside.spark.it.cassandra.CassandraNode;
import io.ringside.spark.it.cassandra.ClusterSpec;
import io.ringside.spark.it.maven.MavenArtifacts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies on a node's disk, told by Cassandra's own tools in JVMs of their own. */
final class SstableDump {
  private SstableDump() {}

  /** The rows of all SSTables of a table as the JSON of {@code sstabledump}; flushes first. */
  static String json(CassandraNode node, String keyspace, String table) {
    return run("org.apache.cassandra.tools.SSTableExport", node, keyspace, table);
  }

  /** What {@code sstablemetadata} tells about all SSTables of a table; flushes first. */
  static String metadata(CassandraNode node, String keyspace, String table) {
    return run("org.apache.cassandra.tools.SSTableMetadataViewer", node, keyspace, table);
  }

  private static String run(String tool, CassandraNode node, String keyspace, String table) {
    node.flush(keyspace);
    List<Path> files = sstables(node.dataDirectory().resolve(keyspace), table);
    if (files.isEmpty()) {
      throw new AssertionError("No SSTable of " + keyspace + '.' + table);
    }
    return files.stream().map(file -> run(tool, node, file)).collect(Collectors.joining("\n"));
  }

  private static List<Path> sstables(Path keyspace, String table) {
    try (Stream<Path> files = Files.walk(keyspace, 2)) {
      return files
          .filter(file -> keyspace.relativize(file).toString().startsWith(table + '-'))
          .filter(file -> file.toString().endsWith("-Data.db"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(String tool, CassandraNode node, Path file) {
    String classPath =
        MavenArtifacts.classPath(
                "org.apache.cassandra:cassandra-all:" + ClusterSpec.oneNode("dump").version())
            .stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    try {
      Path output = Files.createTempFile("sstable", ".txt");
      Path silence = Files.writeString(output.resolveSibling("no-logs.xml"), "<configuration/>");
      Process process =
          new ProcessBuilder(
                  ClusterSpec.javaHome().resolve("bin").resolve("java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                  "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                  "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                  "--add-opens=java.base/java.nio=ALL-UNNAMED",
                  "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                  "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
                  "--add-opens=java.base/java.io=ALL-UNNAMED",
                  "--add-opens=java.base/java.lang=ALL-UNNAMED",
                  "-Dcassandra.storagedir=" + output.resolveSibling("tool"),
                  "-Dcassandra.config=" + node.directory().resolve("cassandra.yaml").toUri(),
                  "-Dcassandra-rackdc.properties="
                      + node.directory().resolve("cassandra-rackdc.properties").toUri(),
                  "-Dlogback.configurationFile=" + silence,
                  "-cp",
                  classPath,
                  tool,
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int code = process.waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (code != 0) {
        throw new AssertionError(tool + " ended with " + code + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

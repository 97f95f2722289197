// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.Content;
import io.ringside.spark.session.Sessions;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions of this JVM: how many, how long, and how much of the schema they read. */
class LifecycleIT {
  private static final String KS = "lifecycle";
  private static final String CROWD = "lifecycle_crowd";
  private static final int CROWD_TABLES = 30;

  /** A thread of a session: its event loops and its timer. */
  private static final String THREADS = "ringside-";

  @BeforeAll
  static void makeTable() {
    Cassandra.keyspace(KS);
    Cassandra.cql("CREATE TABLE " + KS + ".t (id int PRIMARY KEY)");
    for (int id = 0; id < 1_000; id++) {
      Cassandra.cql("INSERT INTO " + KS + ".t (id) VALUES (?)", id);
    }
  }

  /** Ids of the connector's sessions that the node knows. */
  private static Set<String> sessions() {
    return Cassandra.cql("SELECT client_options FROM system_views.clients").all().stream()
        .map(row -> row.getMap("client_options", String.class, String.class))
        .filter(options -> options != null && "Ringside".equals(options.get("APPLICATION_NAME")))
        .map(options -> String.valueOf(options.get("CLIENT_ID")))
        .collect(Collectors.toSet());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(THREADS))
        .count();
  }

  @Test
  void opensOneSessionForTwoHundredTasksAndClosesItWhenIdle() throws InterruptedException {
    Set<String> before = sessions();
    long threadsBefore = threads();
    Set<String> seen = new TreeSet<>();
    Thread watcher =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                seen.addAll(sessions());
              }
            });
    watcher.setDaemon(true);
    watcher.start();
    var rows =
        Spark.SESSION
            .read()
            .format("cassandra")
            .option("keyspace", KS)
            .option("table", "t")
            .option("read.min-splits", "200")
            .option("session.idle-timeout", "3s")
            .load();
    assertThat(rows.toJavaRDD().getNumPartitions()).isGreaterThanOrEqualTo(200);
    assertThat(rows.toJavaRDD().count()).isEqualTo(1_000);
    seen.addAll(sessions());
    watcher.interrupt();
    watcher.join();
    seen.removeAll(before);
    assertThat(seen).hasSize(1);
    Cassandra.await(
        "the idle session is closed", () -> sessions().stream().noneMatch(seen::contains));
    Cassandra.await("its threads end", () -> threads() <= threadsBefore);
  }

  @Test
  void readsTheSchemaOfKeyspacesInUseOnly() throws ReflectiveOperationException {
    Cassandra.keyspace(CROWD);
    for (int i = 0; i < CROWD_TABLES; i++) {
      Cassandra.cql("CREATE TABLE %s.t%d (id int PRIMARY KEY, v text)".formatted(CROWD, i));
    }
    ConnectionConfig connection =
        ConnectorConfig.of(
                List.of(
                    Map.of(
                        "contact-points",
                        Cassandra.CLUSTER.contactPoint(),
                        "connect-timeout",
                        "11s")),
                Content.shippedAt(name -> name),
                warning -> {})
            .connection();
    assertThat(keyspaces(connection, KS)).containsOnlyKeys(KS, "system_traces");
    assertThat(
            Spark.SESSION
                .read()
                .format("cassandra")
                .option("connect-timeout", "11s")
                .option("keyspace", KS)
                .option("table", "t")
                .load()
                .count())
        .isEqualTo(1_000);
    assertThat(keyspaces(connection, KS)).containsOnlyKeys(KS, "system_traces");
    assertThat(keyspaces(connection, CROWD))
        .containsOnlyKeys(KS, CROWD, "system_traces")
        .containsEntry(CROWD, CROWD_TABLES);
    Cassandra.cql("DROP KEYSPACE " + CROWD);
  }

  /** Tables by keyspace as a session knows them; its driver is relocated, hence the reflection. */
  private static Map<String, Integer> keyspaces(ConnectionConfig connection, String used)
      throws ReflectiveOperationException {
    try (AutoCloseable lease = Sessions.lease(connection, used)) {
      Object session = call(lease, "session");
      Map<?, ?> keyspaces = (Map<?, ?>) call(call(session, "getMetadata"), "getKeyspaces");
      Map<String, Integer> tables = new TreeMap<>();
      for (Map.Entry<?, ?> keyspace : keyspaces.entrySet()) {
        Map<?, ?> ofKeyspace = (Map<?, ?>) call(keyspace.getValue(), "getTables");
        tables.put(String.valueOf(call(keyspace.getKey(), "asInternal")), ofKeyspace.size());
      }
      return tables;
    } catch (ReflectiveOperationException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (Method candidate : type.getMethods()) {
        if (candidate.getName().equals(method) && candidate.getParameterCount() == 0) {
          candidate.setAccessible(true);
          return candidate.invoke(target);
        }
      }
    }
    throw new NoSuchMethodException(target.getClass() + "." + method);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.util.concurrent.CountDownLatch;

/** Keeps a cluster for developers until this JVM is told to end. */
public final class KeepRunning {
  private KeepRunning() {}

  /** Takes the properties {@code nodes} and {@code it.cassandra.version}. */
  public static void main(String[] args) throws InterruptedException {
    ClusterSpec spec = ClusterSpec.nodes("dev", Integer.getInteger("nodes", 1));
    try (CassandraCluster cluster = CassandraClusters.start(spec)) {
      System.out.printf(
          "Cassandra %s answers CQL at %s; for tests: -Dit.cassandra=existing:%s%n",
          spec.version(), cluster.contactPoint(), cluster.contactPoint());
      new CountDownLatch(1).await();
    }
  }
}

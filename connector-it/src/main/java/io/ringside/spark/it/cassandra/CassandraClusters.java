// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

/**
 * Starts clusters by the provider that the property {@code it.cassandra} chooses: {@code process}
 * (the default), {@code testcontainers} or {@code existing:<host[:port]>}. With {@code
 * it.cassandra.keep=true} a cluster of one process goes on when this JVM ends, and the next start
 * of an equal description takes it over, with all its data.
 */
public final class CassandraClusters {
  private static final String PROPERTY = "it.cassandra";
  private static final String KEEP = "it.cassandra.keep";
  private static final String EXISTING = "existing:";

  private CassandraClusters() {}

  /**
   * Starts a cluster and waits until all its nodes answer CQL.
   *
   * @throws IllegalStateException when one does not, with its last log lines
   */
  public static CassandraCluster start(ClusterSpec spec) {
    String provider = System.getProperty(PROPERTY, "process");
    if (provider.equals("process")) {
      return Boolean.getBoolean(KEEP) && spec.nodes() == 1
          ? KeptClusters.ofUser().start(spec)
          : ProcessCluster.start(spec);
    } else if (provider.equals("testcontainers")) {
      return ContainerCluster.start(spec);
    } else if (provider.startsWith(EXISTING)) {
      return new ExistingCluster(provider.substring(EXISTING.length()));
    }
    throw new IllegalArgumentException(
        ("Cannot start Cassandra: '%s' is not a provider. Set the property %s to 'process',"
                + " 'testcontainers' or 'existing:<host[:port]>'.")
            .formatted(provider, PROPERTY));
  }
}

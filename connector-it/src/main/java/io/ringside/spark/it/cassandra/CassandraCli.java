// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

/**
 * Clusters for developers: {@code up [nodes] [version]}, {@code status} and {@code down}. What is
 * up stays up until {@code down} or a restart of the machine.
 */
public final class CassandraCli {
  private CassandraCli() {}

  /**
   * Runs one command.
   *
   * @throws IllegalArgumentException when there is no such command
   */
  public static void main(String[] args) {
    String command = args.length == 0 ? "up" : args[0];
    switch (command) {
      case "up" -> up(args);
      case "status" -> KeptClusters.ofUser().list().forEach(CassandraCli::print);
      case "down" ->
          KeptClusters.ofUser()
              .endAll()
              .forEach(cluster -> System.out.println("ended " + cluster.summary()));
      default ->
          throw new IllegalArgumentException(
              "Cannot run '%s': no such command. Use up [nodes] [version], status or down."
                  .formatted(command));
    }
  }

  private static void up(String[] args) {
    int nodes = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    // The name of the tests' own cluster: with -Dit.cassandra.keep=true they use this one.
    ClusterSpec spec = ClusterSpec.nodes("it", nodes);
    KeptClusters.ofUser().start(args.length > 2 ? spec.withVersion(args[2]) : spec);
    KeptClusters.ofUser().list().forEach(CassandraCli::print);
  }

  private static void print(KeptCluster cluster) {
    System.out.printf(
        "%s%n  %s; for tests: -Dit.cassandra=existing:%s; logs in %s%n",
        cluster.summary(),
        cluster.answers() ? "answers CQL" : "DOWN",
        cluster.contactPoint(),
        cluster.directory());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of a cluster; all its nodes use the same ones, each on its own address.
 *
 * @param cql where clients connect
 * @param storage where the nodes talk to each other
 * @param jmx where the launcher gives orders
 */
record NodePorts(int cql, int storage, int jmx) {
  private static final int COUNT = 3;
  private static final int TRIES = 100;
  private static final int LOWEST = 10_000;

  /**
   * The system gives clients, and servers that take any port, those from 32768 on (Linux) or from
   * 49152 on: it would give one of the cluster's away while a node is starting.
   */
  private static final int HIGHEST = 32_767;

  /**
   * Three different ports that nothing listens on at 127.0.0.1 to 127.0.0.{@code nodes}.
   *
   * @throws IllegalStateException when there are none
   */
  static NodePorts free(int nodes) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (!found.contains(port) && isFree(port, nodes)) {
        found.add(port);
        if (found.size() == COUNT) {
          return new NodePorts(found.get(0), found.get(1), found.get(2));
        }
      }
    }
    throw new IllegalStateException(
        ("Cannot find ports that are free on 127.0.0.1 to 127.0.0.%d after %d tries."
                + " Are these addresses of the loopback interface?")
            .formatted(nodes, TRIES));
  }

  private static boolean isFree(int port, int nodes) {
    for (int i = 1; i <= nodes; i++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress("127.0.0." + i, port));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}

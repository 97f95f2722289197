// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports that are free on all addresses of a cluster's nodes at once. */
final class FreePorts {
  private static final int TRIES = 100;

  private FreePorts() {}

  /** A port that nothing listens on at 127.0.0.1 to 127.0.0.{@code nodes}. */
  static int onLoopback(int nodes) {
    for (int i = 0; i < TRIES; i++) {
      int port = anyPort();
      if (isFree(port, nodes)) {
        return port;
      }
    }
    throw new IllegalStateException("Cannot find a port that is free on all loopback addresses.");
  }

  private static int anyPort() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port, int nodes) {
    for (int i = 2; i <= nodes; i++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress("127.0.0." + i, port));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}

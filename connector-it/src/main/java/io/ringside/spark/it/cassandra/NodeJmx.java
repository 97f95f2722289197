// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Calls operations of a node's storage service, as nodetool does.
 *
 * @param address where the node's JMX agent listens
 */
record NodeJmx(InetSocketAddress address) {
  private static final String STORAGE_SERVICE = "org.apache.cassandra.db:type=StorageService";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Writes a keyspace's memtables to disk. */
  void flush(String keyspace) {
    call(
        "forceKeyspaceFlush",
        new Object[] {keyspace, new String[0]},
        new String[] {String.class.getName(), String[].class.getName()});
  }

  /** Computes {@code system.size_estimates}. */
  void refreshSizeEstimates() {
    call("refreshSizeEstimates", new Object[0], new String[0]);
  }

  /** On a thread of its own, as a call to a paused node never returns. */
  private void call(String operation, Object[] arguments, String[] types) {
    FutureTask<Void> call =
        new FutureTask<>(
            () -> {
              invoke(operation, arguments, types);
              return null;
            });
    Thread thread = new Thread(call, "jmx-" + operation);
    thread.setDaemon(true);
    thread.start();
    try {
      call.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(operation, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw failed(operation, "no answer after " + LIMIT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(operation, "interrupted", e);
    }
  }

  // The URL is the launcher's own and names a node that it started: no user input gets there.
  @SuppressWarnings("BanJNDI")
  private void invoke(String operation, Object[] arguments, String[] types)
      throws IOException, JMException {
    JMXServiceURL url =
        new JMXServiceURL(
            "service:jmx:rmi:///jndi/rmi://%s:%d/jmxrmi"
                .formatted(address.getHostString(), address.getPort()));
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      connector
          .getMBeanServerConnection()
          .invoke(new ObjectName(STORAGE_SERVICE), operation, arguments, types);
    }
  }

  private IllegalStateException failed(String operation, String reason, Exception cause) {
    return new IllegalStateException(
        "Cannot call %s at %s: %s. Is the node running and not paused?"
            .formatted(operation, address, reason),
        cause);
  }
}

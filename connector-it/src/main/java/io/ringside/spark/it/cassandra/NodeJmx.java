// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * Calls operations of a node's storage service and reads its attributes, and sets attributes of any
 * MBean of the database, as nodetool does.
 *
 * @param address where the node's JMX agent listens
 */
record NodeJmx(InetSocketAddress address) {
  private static final String STORAGE_SERVICE = "StorageService";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Writes a keyspace's memtables to disk. */
  void flush(String keyspace) {
    call(
        "forceKeyspaceFlush",
        service ->
            service.invoke(
                "forceKeyspaceFlush",
                new Object[] {keyspace, new String[0]},
                new String[] {String.class.getName(), String[].class.getName()}));
  }

  /** Computes {@code system.size_estimates}. */
  void refreshSizeEstimates() {
    call(
        "refreshSizeEstimates",
        service -> service.invoke("refreshSizeEstimates", new Object[0], new String[0]));
  }

  /** Gives the node's rows to the others and takes it out of the ring. */
  void decommission() {
    call(
        "decommission",
        service ->
            service.invoke(
                "decommission", new Object[] {true}, new String[] {boolean.class.getName()}));
  }

  /** Sets an attribute of the MBean of a type. */
  void set(String mbean, String attribute, Object value) {
    call(
        mbean,
        "set " + attribute,
        service -> {
          service.set(new Attribute(attribute, value));
          return null;
        });
  }

  /** Addresses of the nodes that this one takes for alive. */
  List<String> liveNodes() {
    Object nodes = call("get LiveNodes", service -> service.get("LiveNodes"));
    return ((List<?>) Objects.requireNonNull(nodes)).stream().map(String::valueOf).toList();
  }

  /** What is asked of an MBean. */
  private interface Action {
    @Nullable Object with(Bean bean) throws IOException, JMException;
  }

  /** The MBean of a connection. */
  private record Bean(MBeanServerConnection connection, ObjectName name) {
    @Nullable Object invoke(String operation, Object[] arguments, String[] types)
        throws IOException, JMException {
      return connection.invoke(name, operation, arguments, types);
    }

    void set(Attribute attribute) throws IOException, JMException {
      connection.setAttribute(name, attribute);
    }

    @Nullable Object get(String attribute) throws IOException, JMException {
      return connection.getAttribute(name, attribute);
    }
  }

  private @Nullable Object call(String what, Action action) {
    return call(STORAGE_SERVICE, what, action);
  }

  /** On a thread of its own, as a call to a paused node never returns. */
  private @Nullable Object call(String mbean, String what, Action action) {
    FutureTask<@Nullable Object> call = new FutureTask<>(() -> perform(mbean, action));
    Thread thread = new Thread(call, "jmx-" + what);
    thread.setDaemon(true);
    thread.start();
    try {
      return call.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failed(what, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw failed(what, "no answer after " + LIMIT, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(what, "interrupted", e);
    }
  }

  // The URL is the launcher's own and names a node that it started: no user input gets there.
  @SuppressWarnings("BanJNDI")
  private @Nullable Object perform(String mbean, Action action) throws IOException, JMException {
    JMXServiceURL url =
        new JMXServiceURL(
            "service:jmx:rmi:///jndi/rmi://%s:%d/jmxrmi"
                .formatted(address.getHostString(), address.getPort()));
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      return action.with(
          new Bean(
              connector.getMBeanServerConnection(),
              new ObjectName("org.apache.cassandra.db:type=" + mbean)));
    }
  }

  private IllegalStateException failed(String what, String reason, Exception cause) {
    return new IllegalStateException(
        "Cannot call %s at %s: %s. Is the node running and not paused?"
            .formatted(what, address, reason),
        cause);
  }
}

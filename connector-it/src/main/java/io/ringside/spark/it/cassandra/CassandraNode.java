// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * One node of a cluster. Methods that act on its process throw {@link
 * UnsupportedOperationException} where the provider does not own it.
 */
public interface CassandraNode {
  /** Where it answers CQL. */
  InetSocketAddress address();

  /** Its address without a port, such as {@code 127.0.0.1}. */
  String host();

  /** Its folder, with {@code data} and {@code system.log}. */
  Path directory();

  /** Where its SSTables lie: a folder for each keyspace. */
  default Path dataDirectory() {
    return directory().resolve("data");
  }

  /** Ends its process at once, as a power failure does. */
  void kill();

  /** Ends its process in an orderly way. */
  void stop();

  /** Stops its process from running; it keeps its connections and answers nothing. */
  void pause();

  /** Lets a paused process run again. */
  void resume();

  /** Starts it again with its data and waits until CQL answers. */
  void start();

  /** Makes it leave the cluster: the other nodes take over its rows. Its process ends. */
  void decommission();

  /** Makes it join the cluster as a new node that takes over rows of the others. */
  void join();

  /** Writes a keyspace's memtables to disk. */
  void flush(String keyspace);

  /** Makes {@code system.size_estimates} anew. */
  void refreshSizeEstimates();

  /**
   * Changes a setting while the node runs; a restart undoes it.
   *
   * @param attribute of the MBean {@code StorageService}, such as {@code RangeRpcTimeout}
   * @param value of the attribute's type
   */
  default void set(String attribute, Object value) {
    set("StorageService", attribute, value);
  }

  /**
   * The same of another MBean.
   *
   * @param mbean its type, such as {@code StorageProxy}
   */
  void set(String mbean, String attribute, Object value);

  /** Addresses of the nodes that this one takes for alive, itself among them. */
  List<String> liveNodes();
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import java.net.InetSocketAddress;
import java.util.List;

/** A running cluster. Closing it stops what was started for it, and nothing else. */
public interface CassandraCluster extends AutoCloseable {
  /** Where CQL answers; not empty. */
  List<InetSocketAddress> contactPoints();

  /** The data centre of all contact points. */
  String localDatacenter();

  /** The nodes, in the order of their addresses. */
  List<CassandraNode> nodes();

  /** The first contact point as the connector's option {@code contact-points} wants it. */
  default String contactPoint() {
    InetSocketAddress first = contactPoints().get(0);
    return first.getHostString() + ':' + first.getPort();
  }

  @Override
  void close();
}

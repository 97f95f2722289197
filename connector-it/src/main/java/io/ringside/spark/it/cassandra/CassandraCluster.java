// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running cluster. Closing it stops what was started for it, and nothing else. */
public interface CassandraCluster extends AutoCloseable {
  /** Where CQL answers; not empty. */
  List<InetSocketAddress> contactPoints();

  /** The data centre of all contact points. */
  String localDatacenter();

  /** The nodes, in the order of their addresses. */
  List<CassandraNode> nodes();

  /** A node by its place in {@link #nodes()}, from 0. */
  default CassandraNode node(int i) {
    return nodes().get(i);
  }

  /**
   * The folder with a folder {@code node<i>} for each node, and its {@code system.log} in there.
   *
   * @throws UnsupportedOperationException when the logs are not on this machine
   */
  Path logs();

  /** The first contact point as the connector's option {@code contact-points} wants it. */
  default String contactPoint() {
    InetSocketAddress first = contactPoints().get(0);
    return first.getHostString() + ':' + first.getPort();
  }

  /**
   * A session of the bare driver, past the connector; for its user to close.
   *
   * @param requestTimeout for each request
   */
  default CqlSession open(Duration requestTimeout) {
    return CqlSession.builder()
        .addContactPoints(contactPoints())
        .withLocalDatacenter(localDatacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, requestTimeout)
                .build())
        .build();
  }

  @Override
  void close();
}

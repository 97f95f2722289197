// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.catalog.KeyspaceDefinition;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.session.SessionLease;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;

/** The keyspaces of a cluster as the namespaces of a catalog. Driver only. */
abstract class KeyspaceCatalog extends RefusingCatalog implements SupportsNamespaces {

  /** Takes the options as they are now, for one call of Spark. */
  abstract CatalogRequest request();

  @Override
  public String[][] listNamespaces() {
    return request().ask(ClusterMetadata::keyspaces).stream()
        .map(keyspace -> new String[] {keyspace})
        .toArray(String[][]::new);
  }

  /** Keyspaces have no namespaces inside. */
  @Override
  public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length == 0) {
      return listNamespaces();
    }
    request().keyspace(namespace);
    return new String[0][];
  }

  /** The keyspace's replication and {@code durable_writes}, as {@link KeyspaceDefinition} says. */
  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    return KeyspaceDefinition.of(request().keyspace(namespace)).properties();
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata)
      throws NamespaceAlreadyExistsException {
    CatalogRequest request = request();
    try (SessionLease lease = request.lease()) {
      request.statements(lease).createKeyspace(namespace, metadata);
    }
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes)
      throws NoSuchNamespaceException {
    CatalogRequest request = request();
    try (SessionLease lease = request.lease()) {
      request.statements(lease).alterKeyspace(namespace, List.of(changes));
    }
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade)
      throws NonEmptyNamespaceException {
    CatalogRequest request = request();
    try (SessionLease lease = request.lease()) {
      return request.statements(lease).dropKeyspace(namespace, cascade);
    }
  }
}

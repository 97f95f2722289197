// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.RelationMetadata;
import io.ringside.spark.catalog.DropProtection;
import io.ringside.spark.catalog.NearestNames;
import io.ringside.spark.catalog.SchemaStatements;
import io.ringside.spark.catalog.TableProperties;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;

/**
 * What a catalog asks its cluster for one call of Spark: all with the same options. Driver only;
 * one per call.
 *
 * @param catalog the catalog's name, or the source's
 * @param options those of the catalog and, under {@code format("cassandra")}, of the source
 */
record CatalogRequest(String catalog, OptionLayers options) {
  /**
   * The options, resolved.
   *
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong
   */
  ConnectorConfig config() {
    return options.resolve();
  }

  SessionLease lease() {
    return Sessions.lease(config().connection());
  }

  /** Schema statements, which drop data only if the catalog's options allow it. */
  SchemaStatements statements(SessionLease lease) {
    return new SchemaStatements(
        lease.session(), DropProtection.of(config().catalog().drop(), catalog));
  }

  <T> T ask(Function<ClusterMetadata, T> question) {
    try (SessionLease lease = lease()) {
      return question.apply(new ClusterMetadata(lease.session()));
    }
  }

  /** A table's description; the error for a missing one names the nearest tables. */
  TableSpec table(Identifier identifier) throws NoSuchTableException {
    if (identifier.namespace().length != 1) {
      throw new TableNotFoundException(identifier, List.of());
    }
    String keyspace = identifier.namespace()[0];
    TableSpec found = ask(cluster -> cluster.table(keyspace, identifier.name()));
    if (found == null) {
      throw new TableNotFoundException(
          identifier, ask(cluster -> NearestNames.tables(cluster, keyspace, identifier.name())));
    }
    return found;
  }

  /** A table's options and clustering key; none when the table has just been dropped. */
  Map<String, String> properties(TableSpec table) {
    return ask(
        cluster -> {
          KeyspaceMetadata keyspace = cluster.keyspace(table.keyspace());
          RelationMetadata relation =
              keyspace == null ? null : ClusterMetadata.relation(keyspace, table.table());
          return relation == null ? Map.of() : TableProperties.of(table, relation);
        });
  }

  KeyspaceMetadata keyspace(String[] namespace) throws NoSuchNamespaceException {
    KeyspaceMetadata found =
        namespace.length == 1 ? ask(cluster -> cluster.findKeyspace(namespace[0])) : null;
    if (found == null) {
      throw new NoSuchNamespaceException(namespace);
    }
    return found;
  }

  /** A table as {@link CassandraTable#strict} has it. */
  CassandraTable strict(Identifier identifier) throws NoSuchTableException {
    TableSpec table = table(identifier);
    return CassandraTable.strict(table, properties(table), options);
  }

  /** A table as {@link CassandraTable#strictTarget} has it. */
  CassandraTable strictTarget(Identifier identifier) throws NoSuchTableException {
    TableSpec table = table(identifier);
    return CassandraTable.strictTarget(table, properties(table), options);
  }

  /** A table as {@link CassandraTable#acceptingPartialRows} has it. */
  CassandraTable acceptingPartialRows(Identifier identifier) throws NoSuchTableException {
    TableSpec table = table(identifier);
    return CassandraTable.acceptingPartialRows(table, properties(table), options);
  }
}

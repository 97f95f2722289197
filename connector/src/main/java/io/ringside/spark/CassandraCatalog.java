// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.ringside.spark.catalog.NearestNames;
import io.ringside.spark.config.ConnectionConfig;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.ClusterMetadata;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra cluster as a catalog of Spark SQL: {@code
 * spark.sql.catalog.<name>=io.ringside.spark.CassandraCatalog}, with the connector's options under
 * {@code spark.sql.catalog.<name>.*}. Namespaces are keyspaces. Tables can be read and written;
 * keyspaces and tables are made, changed and dropped with CQL. Made by Spark by its class name.
 * Driver only.
 */
public final class CassandraCatalog implements TableCatalog, SupportsNamespaces {
  private @Nullable String name;
  private @Nullable OptionLayers options;

  /** For Spark, which makes catalogs by their class name. */
  public CassandraCatalog() {}

  /**
   * Takes the catalog's options; connects to nothing.
   *
   * @throws ConnectorException INVALID_OPTION with everything that is wrong with them
   */
  @Override
  public void initialize(String catalogName, CaseInsensitiveStringMap catalogOptions) {
    OptionLayers layers = OptionLayers.of(catalogOptions.asCaseSensitiveMap());
    if (!catalogOptions.isEmpty()) {
      // Without options of its own it serves tables that bring theirs.
      layers.resolve();
    }
    this.name = catalogName;
    this.options = layers;
  }

  @Override
  public String name() {
    return initialized(name);
  }

  private static <T> T initialized(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("Cannot use a catalog before Spark has initialized it.");
    }
    return value;
  }

  private OptionLayers options() {
    return initialized(options);
  }

  private <T> T ask(OptionLayers layers, Function<ClusterMetadata, T> question) {
    ConnectionConfig connection = layers.resolve().connection();
    try (SessionLease lease = Sessions.lease(connection)) {
      return question.apply(new ClusterMetadata(lease.session()));
    }
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    if (identifier instanceof OptionsIdentifier named) {
      OptionLayers layers = options().under(named.options());
      return CassandraTable.acceptingPartialRows(table(identifier, layers), layers);
    }
    return CassandraTable.strict(table(identifier, options()), options());
  }

  private TableSpec table(Identifier identifier, OptionLayers layers) throws NoSuchTableException {
    if (identifier.namespace().length != 1) {
      throw new TableNotFoundException(identifier, List.of());
    }
    String keyspace = identifier.namespace()[0];
    TableSpec found = ask(layers, cluster -> cluster.table(keyspace, identifier.name()));
    if (found == null) {
      throw new TableNotFoundException(
          identifier,
          ask(layers, cluster -> NearestNames.tables(cluster, keyspace, identifier.name())));
    }
    return found;
  }

  /** Asks the cluster for its schema anew. */
  @Override
  public void invalidateTable(Identifier identifier) {
    ask(
        options(),
        cluster -> {
          cluster.refresh();
          return true;
        });
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    KeyspaceMetadata keyspace = keyspace(namespace);
    List<Identifier> tables = new ArrayList<>();
    for (var table : keyspace.getTables().keySet()) {
      tables.add(Identifier.of(namespace, table.asInternal()));
    }
    for (var view : keyspace.getViews().keySet()) {
      tables.add(Identifier.of(namespace, view.asInternal()));
    }
    return tables.toArray(Identifier[]::new);
  }

  private KeyspaceMetadata keyspace(String[] namespace) throws NoSuchNamespaceException {
    KeyspaceMetadata found =
        namespace.length == 1 ? ask(options(), cluster -> cluster.keyspace(namespace[0])) : null;
    if (found == null) {
      throw new NoSuchNamespaceException(namespace);
    }
    return found;
  }

  @Override
  public String[][] listNamespaces() {
    return ask(options(), ClusterMetadata::keyspaces).stream()
        .map(keyspace -> new String[] {keyspace})
        .toArray(String[][]::new);
  }

  /** Keyspaces have no namespaces inside. */
  @Override
  public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
    if (namespace.length == 0) {
      return listNamespaces();
    }
    keyspace(namespace);
    return new String[0][];
  }

  /** The keyspace's replication as {@code replication.<key>}, and {@code durable_writes}. */
  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    KeyspaceMetadata keyspace = keyspace(namespace);
    Map<String, String> properties = new HashMap<>();
    keyspace.getReplication().forEach((key, value) -> properties.put("replication." + key, value));
    properties.put("durable_writes", String.valueOf(keyspace.isDurableWrites()));
    return properties;
  }

  @Override
  @Deprecated
  public Table createTable(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw notOffered("create table " + identifier);
  }

  @Override
  public Table createTable(
      Identifier identifier,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties) {
    throw notOffered("create table " + identifier);
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw notOffered("alter table " + identifier);
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    throw notOffered("drop table " + identifier);
  }

  @Override
  public void renameTable(Identifier oldName, Identifier newName) {
    throw new ConnectorException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot rename table %s: Cassandra has no such statement. Make a new table and copy the rows."
            .formatted(oldName));
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata) {
    throw notOffered("create keyspace " + String.join(".", namespace));
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    throw notOffered("alter keyspace " + String.join(".", namespace));
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade) {
    throw notOffered("drop keyspace " + String.join(".", namespace));
  }

  private static ConnectorException notOffered(String what) {
    return new ConnectorException(
        ErrorCode.UNSUPPORTED_OPERATION,
        "Cannot %s: the catalog changes no schema. Use CQL.".formatted(what));
  }
}

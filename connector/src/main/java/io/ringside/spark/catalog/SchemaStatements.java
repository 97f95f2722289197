// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.IndexMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.cluster.SchemaChanges;
import io.ringside.spark.cluster.SchemaChanges.Outcome;
import io.ringside.spark.cql.CqlText;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.NamespaceAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks schema statements against the cluster's present schema, then sends each as one CQL
 * statement. Driver only; one per statement.
 */
public final class SchemaStatements {
  private final ClusterMetadata cluster;
  private final SchemaChanges changes;
  private final DropProtection protection;

  /** Asks the session for the schema anew, so that checks see what others have just changed. */
  public SchemaStatements(CqlSession session, DropProtection protection) {
    this.cluster = new ClusterMetadata(session);
    this.changes = new SchemaChanges(session);
    this.protection = protection;
    cluster.refresh();
  }

  /**
   * Makes a table.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  public void createTable(Identifier identifier, TableDeclaration table)
      throws NoSuchNamespaceException, TableAlreadyExistsException {
    KeyspaceMetadata keyspace = keyspace(identifier.namespace());
    if (cluster.knownTable(identifier.namespace()[0], identifier.name()) != null) {
      throw new TableAlreadyExistsException(identifier);
    }
    String cql = CreateTable.cql(identifier, table, userTypes(keyspace));
    if (changes.send("create table " + display(identifier), cql) == Outcome.EXISTED) {
      throw new TableAlreadyExistsException(identifier);
    }
  }

  /**
   * Changes a table.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  public void alterTable(TableSpec table, List<TableChange> wanted) {
    KeyspaceMetadata keyspace = cluster.keyspace(table.keyspace());
    if (keyspace == null) {
      throw new InvalidInputException(
          ErrorCode.NOT_FOUND,
          "Cannot alter table %s: its keyspace was dropped meanwhile. Find out which other program drops it."
              .formatted(table.displayName()));
    }
    String cql = AlterTable.cql(table, wanted, userTypes(keyspace), protection);
    if (cql != null) {
      changes.send("alter table " + table.displayName(), cql);
    }
  }

  /**
   * Drops a table and its rows.
   *
   * @return false when there is none
   * @throws UnsupportedException UNSUPPORTED_OPERATION for a view, or when dropping is not allowed
   */
  public boolean dropTable(Identifier identifier) {
    TableSpec table =
        identifier.namespace().length == 1
            ? cluster.knownTable(identifier.namespace()[0], identifier.name())
            : null;
    if (table == null) {
      return false;
    }
    String what = "drop table " + display(identifier);
    if (table.kind() != TableKind.TABLE) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot %s: it is a %s. Use CQL.".formatted(what, table.kind().displayName()));
    }
    protection.check(what);
    changes.send(what, "DROP TABLE " + CqlText.name(table.keyspace(), table.table()));
    return true;
  }

  /**
   * Makes a keyspace.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  public void createKeyspace(String[] namespace, Map<String, String> properties)
      throws NamespaceAlreadyExistsException {
    String name = single(namespace);
    if (cluster.keyspace(name) != null) {
      throw new NamespaceAlreadyExistsException(namespace);
    }
    KeyspaceDefinition keyspace =
        KeyspaceDefinition.create(
            name, properties, cluster.localDatacenter(), cluster.localNodes().size());
    if (changes.send("create keyspace " + name, keyspace.createStatement()) == Outcome.EXISTED) {
      throw new NamespaceAlreadyExistsException(namespace);
    }
  }

  /**
   * Changes a keyspace. Data is not moved: a repair does that after the replication has changed.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  public void alterKeyspace(String[] namespace, List<NamespaceChange> wanted)
      throws NoSuchNamespaceException {
    KeyspaceDefinition present = KeyspaceDefinition.of(keyspace(namespace));
    KeyspaceDefinition changed = present.changed(wanted);
    if (!changed.equals(present)) {
      changes.send("alter keyspace " + changed.name(), changed.alterStatement());
    }
  }

  /**
   * Drops a keyspace.
   *
   * @param cascade whether it may have tables, views, types and functions
   * @return false when there is none
   * @throws UnsupportedException UNSUPPORTED_OPERATION when dropping is not allowed
   */
  public boolean dropKeyspace(String[] namespace, boolean cascade)
      throws NonEmptyNamespaceException {
    KeyspaceMetadata keyspace = namespace.length == 1 ? cluster.keyspace(namespace[0]) : null;
    if (keyspace == null) {
      return false;
    }
    if (!cascade && !isEmpty(keyspace)) {
      throw new NonEmptyNamespaceException(namespace);
    }
    String what = "drop keyspace " + namespace[0];
    protection.check(what);
    changes.send(what, "DROP KEYSPACE " + CqlText.name(namespace[0]));
    return true;
  }

  private static boolean isEmpty(KeyspaceMetadata keyspace) {
    return keyspace.getTables().isEmpty()
        && keyspace.getViews().isEmpty()
        && keyspace.getUserDefinedTypes().isEmpty()
        && keyspace.getFunctions().isEmpty()
        && keyspace.getAggregates().isEmpty();
  }

  /**
   * Makes an index; Cassandra fills it in the background.
   *
   * @return EXISTED when the keyspace has an index of this name
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  public Outcome createIndex(
      TableSpec table,
      String index,
      NamedReference[] columns,
      Map<NamedReference, Map<String, String>> columnOptions,
      Map<String, String> properties) {
    if (index(table, index) != null) {
      return Outcome.EXISTED;
    }
    return changes.send(
        "create index %s on %s".formatted(index, table.displayName()),
        IndexDefinition.cql(table, index, columns, columnOptions, properties));
  }

  /**
   * Drops an index of the table; no data is lost.
   *
   * @return false when the table has none of this name
   */
  public boolean dropIndex(TableSpec table, String index) {
    if (index(table, index) == null) {
      return false;
    }
    changes.send(
        "drop index %s of %s".formatted(index, table.displayName()),
        "DROP INDEX " + CqlText.name(table.keyspace(), index));
    return true;
  }

  /** The table's index of this exact name, or null. */
  public @Nullable IndexMetadata index(TableSpec table, String index) {
    return indexes(table).get(CqlIdentifier.fromInternal(index));
  }

  /** The table's indexes by name. */
  public Map<CqlIdentifier, IndexMetadata> indexes(TableSpec table) {
    KeyspaceMetadata keyspace = cluster.keyspace(table.keyspace());
    if (keyspace == null) {
      return Map.of();
    }
    return keyspace
        .getTable(CqlIdentifier.fromInternal(table.table()))
        .map(TableMetadata::getIndexes)
        .orElse(Map.of());
  }

  private KeyspaceMetadata keyspace(String[] namespace) throws NoSuchNamespaceException {
    KeyspaceMetadata keyspace = namespace.length == 1 ? cluster.keyspace(namespace[0]) : null;
    if (keyspace == null) {
      throw new NoSuchNamespaceException(namespace);
    }
    return keyspace;
  }

  private static Function<CqlIdentifier, @Nullable UserDefinedType> userTypes(
      KeyspaceMetadata keyspace) {
    return name -> keyspace.getUserDefinedType(name).orElse(null);
  }

  private static String single(String[] namespace) {
    if (namespace.length != 1) {
      throw new UnsupportedException(
          ErrorCode.UNSUPPORTED_OPERATION,
          "Cannot create keyspace %s: keyspaces have one name. Leave out the others."
              .formatted(String.join(".", namespace)));
    }
    return namespace[0];
  }

  private static String display(Identifier identifier) {
    return String.join(".", identifier.namespace()) + '.' + identifier.name();
  }
}

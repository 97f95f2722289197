// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.ringside.spark.catalog.SchemaStatements;
import io.ringside.spark.catalog.TableDeclaration;
import io.ringside.spark.cluster.TableSizeReader;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.lookup.DatasetLookup;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.spark41.DeclaredConstraints;
import io.ringside.spark.spark41.TableSummaries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalogCapability;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.TableSummary;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra cluster as a catalog of Spark SQL: {@code
 * spark.sql.catalog.<name>=io.ringside.spark.CassandraCatalog}, with the connector's options under
 * {@code spark.sql.catalog.<name>.*}. Namespaces are keyspaces. Made by Spark by its class name.
 * Driver only.
 */
public class CassandraCatalog extends KeyspaceCatalog implements FunctionCatalog {
  private @Nullable String name;
  private @Nullable Map<String, String> options;
  private boolean isOfSource;

  /** For Spark, which makes catalogs by their class name. */
  public CassandraCatalog() {}

  /**
   * Takes the catalog's options; connects to nothing and reads none of the files and URLs that they
   * name.
   *
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong with them
   */
  @Override
  public void initialize(String catalogName, CaseInsensitiveStringMap catalogOptions) {
    Map<String, String> source =
        SourceCatalogs.options(catalogName, catalogOptions.get(SourceCatalogs.KEY));
    this.name = catalogName;
    this.isOfSource = !source.isEmpty();
    this.options = Map.copyOf(isOfSource ? source : catalogOptions.asCaseSensitiveMap());
    if (!isOfSource && !catalogOptions.isEmpty()) {
      // Without options of its own it serves tables that bring theirs.
      layers().check();
    }
  }

  /** The catalog's options as they are set now, for a query of their own. */
  private OptionLayers layers() {
    return isOfSource
        ? OptionLayers.ofSource(initialized(options))
        : OptionLayers.of(SessionSettings.ofCatalog(name(), initialized(options)));
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

  /**
   * The catalog's options, resolved with the settings of the active session.
   *
   * @throws InvalidInputException INVALID_OPTION with everything that is wrong
   */
  protected final ConnectorConfig config() {
    return request().config();
  }

  /**
   * The lookups of a table of the catalog.
   *
   * @param table {@code keyspace.table}
   * @throws InvalidInputException NOT_FOUND when there is no such table
   */
  protected final DatasetLookup lookups(String table) {
    return LookupTable.of(TablePath.parse(table.strip()), request());
  }

  @Override
  final CatalogRequest request() {
    return new CatalogRequest(name(), layers());
  }

  /** That a {@code PRIMARY KEY} may be declared, where this Spark knows such a thing. */
  @Override
  public Set<TableCatalogCapability> capabilities() {
    return Arrays.stream(TableCatalogCapability.values())
        .filter(capability -> capability.name().equals("SUPPORT_TABLE_CONSTRAINT"))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    if (identifier instanceof OptionsIdentifier named) {
      return new CatalogRequest(name(), named.layers().above(layers()))
          .acceptingPartialRows(identifier);
    }
    return request().strict(identifier);
  }

  /**
   * Asked for instead by statements that write. Only a plain insert gets the table with keys that
   * may be null: MERGE, whose rights may be INSERT and DELETE as those of INSERT OVERWRITE, finds
   * its rows by the key and refuses one that may be null.
   */
  @Override
  public Table loadTable(Identifier identifier, Set<TableWritePrivilege> privileges)
      throws NoSuchTableException {
    if (!privileges.equals(Set.of(TableWritePrivilege.INSERT))
        || identifier instanceof OptionsIdentifier) {
      return loadTable(identifier);
    }
    return request().strictTarget(identifier);
  }

  /** Asks the cluster for its schema anew, and for the table's size when it is next read. */
  @Override
  public void invalidateTable(Identifier identifier) {
    request()
        .ask(
            cluster -> {
              cluster.refresh();
              TableSizeReader.forget(String.join(".", identifier.namespace()), identifier.name());
              return true;
            });
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    KeyspaceMetadata keyspace = request().keyspace(namespace);
    List<Identifier> tables = new ArrayList<>();
    for (var table : keyspace.getTables().keySet()) {
      tables.add(Identifier.of(namespace, table.asInternal()));
    }
    for (var view : keyspace.getViews().keySet()) {
      tables.add(Identifier.of(namespace, view.asInternal()));
    }
    return tables.toArray(Identifier[]::new);
  }

  /**
   * The tables and materialized views of a keyspace by what they are, without loading each. Asked
   * for since Spark 4.1.
   */
  public TableSummary[] listTableSummaries(String[] namespace) throws NoSuchNamespaceException {
    return TableSummaries.of(listTables(namespace));
  }

  /**
   * Makes a table, as {@code docs/catalog.md} says.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  @Override
  public Table createTable(
      Identifier identifier,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    return creation().create(identifier, TableDeclaration.of(columns, partitions, properties));
  }

  /**
   * Makes a table that may have a {@code PRIMARY KEY}. What Spark calls since 4.1.
   *
   * @throws InvalidInputException as the other {@code createTable}
   */
  public Table createTable(Identifier identifier, TableInfo table)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    return creation().create(identifier, DeclaredConstraints.declaration(table));
  }

  /**
   * {@code CREATE TABLE … LIKE}: columns, key and table options of another table; properties of the
   * statement come on top. What Spark calls since 4.2.
   *
   * @throws InvalidInputException as {@link #createTable}
   */
  public Table createTableLike(Identifier identifier, TableInfo table, Table like)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    return creation().create(identifier, DeclaredConstraints.declaration(table, like));
  }

  private TableCreation creation() {
    return new TableCreation(request(), name());
  }

  /**
   * Makes the table of a query at once; it is dropped again should the query fail.
   *
   * @throws InvalidInputException as {@link #createTable}
   */
  @Override
  public StagedTable stageCreate(
      Identifier identifier,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties)
      throws TableAlreadyExistsException, NoSuchNamespaceException {
    return creation().stage(identifier, TableDeclaration.ofQuery(columns, partitions, properties));
  }

  /** Makes the table if there is none; refused otherwise, as {@link #stageReplace}. */
  @Override
  public StagedTable stageCreateOrReplace(
      Identifier identifier,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties)
      throws NoSuchNamespaceException {
    try {
      return stageCreate(identifier, columns, partitions, properties);
    } catch (TableAlreadyExistsException e) {
      throw cannotReplace(identifier);
    }
  }

  /**
   * Changes a table, as {@code docs/catalog.md} says.
   *
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong, or DDL_FAILED
   */
  @Override
  public Table alterTable(Identifier identifier, TableChange... changes)
      throws NoSuchTableException {
    CatalogRequest request = request();
    try (SessionLease lease = request.lease()) {
      SchemaStatements statements = request.statements(lease);
      statements.alterTable(request.table(identifier), List.of(changes));
    }
    return request.strict(identifier);
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    CatalogRequest request = request();
    try (SessionLease lease = request.lease()) {
      return request.statements(lease).dropTable(identifier);
    }
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return CatalogFunctions.list(namespace);
  }

  /**
   * A function of {@link CatalogFunctions}.
   *
   * @throws UnsupportedException UNSUPPORTED_OPERATION when the cluster has another partitioner
   */
  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    return CatalogFunctions.load(identifier, this::request);
  }
}

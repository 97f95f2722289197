// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.catalog.DropProtection;
import io.ringside.spark.catalog.SchemaStatements;
import io.ringside.spark.catalog.TableIndexes;
import io.ringside.spark.catalog.TableProperties;
import io.ringside.spark.catalog.TableSchema;
import io.ringside.spark.cluster.SchemaChanges.Outcome;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.PartitionSlices;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.predicate.SlicePushdown;
import io.ringside.spark.read.CassandraScanBuilder;
import io.ringside.spark.read.NodeScanBuilder;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.spark41.DeclaredConstraints;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import io.ringside.spark.write.CassandraWriteBuilder;
import io.ringside.spark.write.SliceDelete;
import io.ringside.spark.write.TableTruncation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.IndexAlreadyExistsException;
import org.apache.spark.sql.catalyst.analysis.NoSuchIndexException;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsDeleteV2;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsRowLevelOperations;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.constraints.Constraint;
import org.apache.spark.sql.connector.catalog.index.SupportsIndex;
import org.apache.spark.sql.connector.catalog.index.TableIndex;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.expressions.filter.AlwaysTrue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperationBuilder;
import org.apache.spark.sql.connector.write.RowLevelOperationInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/** A Cassandra table, or materialized view, as Spark sees it. Immutable. Driver only. */
public final class CassandraTable
    implements SupportsRead,
        SupportsWrite,
        SupportsMetadataColumns,
        SupportsRowLevelOperations,
        SupportsDeleteV2,
        SupportsIndex {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraTable.class);

  private final TableSpec table;
  private final OptionLayers options;
  private final StructType schema;
  private final Map<String, String> properties;
  private final Use use;

  private enum Use {
    READ_AND_CHANGE,
    INSERT,
    INSERT_PARTIAL_ROWS
  }

  private CassandraTable(
      TableSpec table, Map<String, String> properties, OptionLayers options, Use use) {
    this.table = table;
    this.properties = Map.copyOf(properties);
    this.options = options;
    this.use = use;
    this.schema = TableSchema.of(table, DecimalTypes.parse(options.resolve().decimals()));
    List<ColumnSpec> unsupported = TypeMapping.unsupported(table);
    if (!unsupported.isEmpty()) {
      LOG.warn(
          "{} is shown without its columns {}: their CQL types have no Spark counterpart.",
          table.displayName(),
          unsupported.stream().map(ColumnSpec::name).toList());
    }
  }

  /** A table whose writes must have every column, as Spark SQL expects of tables. */
  static CassandraTable strict(
      TableSpec table, Map<String, String> properties, OptionLayers options) {
    return new CassandraTable(table, properties, options, Use.READ_AND_CHANGE);
  }

  /**
   * The same for a statement that inserts. Key columns may be null for Spark: it loses that groups
   * are never null when Cassandra groups, and would refuse to insert them into a key. A null in the
   * data is found when the row is written.
   */
  static CassandraTable strictTarget(
      TableSpec table, Map<String, String> properties, OptionLayers options) {
    return new CassandraTable(table, properties, options, Use.INSERT);
  }

  /** A table whose writes may leave out columns: those cells then stay as they are. */
  static CassandraTable acceptingPartialRows(
      TableSpec table, Map<String, String> properties, OptionLayers options) {
    return new CassandraTable(table, properties, options, Use.INSERT_PARTIAL_ROWS);
  }

  @Override
  public String name() {
    return table.displayName();
  }

  /**
   * Cassandra's id of the table; another one after a drop and create. Asked for since Spark 4.1.
   */
  public String id() {
    return String.valueOf(table.id());
  }

  @Override
  @SuppressWarnings("deprecation") // Its successor, columns(), calls it.
  public StructType schema() {
    return use == Use.INSERT ? nullable(schema) : schema;
  }

  private static StructType nullable(StructType schema) {
    StructType nullable = new StructType();
    for (StructField field : schema.fields()) {
      nullable = nullable.add(field.name(), field.dataType(), true, field.metadata());
    }
    return nullable;
  }

  /** The table's options and clustering key, as {@link TableProperties} writes them. */
  @Override
  public Map<String, String> properties() {
    return properties;
  }

  /** The primary key. Asked for since Spark 4.1. */
  public Constraint[] constraints() {
    return DeclaredConstraints.of(table);
  }

  /** The partition key. */
  @Override
  public Transform[] partitioning() {
    return table.partitionKey().stream()
        .map(column -> Expressions.identity(column.sparkReference()))
        .toArray(Transform[]::new);
  }

  @Override
  public Set<TableCapability> capabilities() {
    Set<TableCapability> capabilities =
        EnumSet.of(
            TableCapability.BATCH_READ,
            TableCapability.BATCH_WRITE,
            TableCapability.TRUNCATE,
            TableCapability.OVERWRITE_BY_FILTER,
            TableCapability.OVERWRITE_DYNAMIC,
            TableCapability.STREAMING_WRITE);
    if (use == Use.INSERT_PARTIAL_ROWS) {
      capabilities.add(TableCapability.ACCEPT_ANY_SCHEMA);
    }
    return capabilities;
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap readOptions) {
    ConnectorConfig config = options.under(readOptions).resolve();
    return table.kind().isOfOneNode()
        ? new NodeScanBuilder(table, schema, config)
        : new CassandraScanBuilder(table, schema, config);
  }

  @Override
  public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    ConnectorConfig config = options.under(info.options()).resolve();
    return new CassandraWriteBuilder(table, schema, config, info);
  }

  /** {@code TRUNCATE TABLE}, which says what it does and so needs no confirmation. */
  @Override
  public boolean truncateTable() {
    TableTruncation.run(table, options.resolve());
    return true;
  }

  /**
   * The hidden columns: first those that identify the stored row that Spark changes, then the
   * metadata of rows and cells that CQL has ({@code docs/copying.md}). Tables that are local to a
   * node have none.
   */
  @Override
  public MetadataColumn[] metadataColumns() {
    return TableMetadataColumns.of(table, schema);
  }

  /** Statements that change rows where no statement by key does it. */
  @Override
  public RowLevelOperationBuilder newRowLevelOperationBuilder(RowLevelOperationInfo info) {
    OptionLayers layers = options.under(info.options());
    return () -> new CassandraRowLevelOperation(table, schema, layers, info.command());
  }

  /** True when the predicates are those of a few CQL statements by key. */
  @Override
  public boolean canDeleteWhere(Predicate[] predicates) {
    return slices(predicates) != null || isEverything(predicates);
  }

  /**
   * Deletes by key, without reading a row; without a condition, by truncation.
   *
   * @throws ConnectorException WRITE_FAILED
   */
  @Override
  public void deleteWhere(Predicate[] predicates) {
    SlicePushdown.warnings(table, schema, List.of(predicates)).forEach(LOG::warn);
    PartitionSlices slices = slices(predicates);
    if (slices == null) {
      truncateTable();
    } else {
      SliceDelete.run(table, options.resolve(), slices);
    }
  }

  private @Nullable PartitionSlices slices(Predicate[] predicates) {
    return SlicePushdown.of(table, schema, List.of(predicates));
  }

  /** Spark asks so for a DELETE without a condition, and then knows no other way. */
  private static boolean isEverything(Predicate[] predicates) {
    return Arrays.stream(predicates).allMatch(AlwaysTrue.class::isInstance);
  }

  private <T> T withStatements(Function<SchemaStatements, T> use) {
    ConnectorConfig config = options.resolve();
    try (SessionLease lease = Sessions.lease(config.connection())) {
      return use.apply(new SchemaStatements(lease.session(), DropProtection.ON));
    }
  }

  /**
   * Makes an index on a column, as {@code docs/catalog.md} says; Cassandra fills it in the
   * background.
   */
  @Override
  public void createIndex(
      String index,
      NamedReference[] columns,
      Map<NamedReference, Map<String, String>> columnsProperties,
      Map<String, String> indexProperties)
      throws IndexAlreadyExistsException {
    Outcome outcome =
        withStatements(
            statements ->
                statements.createIndex(table, index, columns, columnsProperties, indexProperties));
    if (outcome == Outcome.EXISTED) {
      throw new IndexAlreadyExistsException(index, table.displayName(), Option.empty());
    }
  }

  @Override
  public void dropIndex(String index) throws NoSuchIndexException {
    if (!withStatements(statements -> statements.dropIndex(table, index))) {
      throw new NoSuchIndexException(index, table.displayName(), Option.empty());
    }
  }

  @Override
  public boolean indexExists(String index) {
    return withStatements(statements -> statements.index(table, index) != null);
  }

  @Override
  public TableIndex[] listIndexes() {
    return withStatements(statements -> TableIndexes.of(statements.indexes(table)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.cluster.ReplicaCounts;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.config.ConsistencyLevel;
import io.ringside.spark.config.ReplicaOverlap;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.error.UnsupportedException;
import io.ringside.spark.read.CassandraScanBuilder;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.RowIdentity;
import io.ringside.spark.write.RowChangeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.DeltaWriteBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.SupportsDelta;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code DELETE}, {@code UPDATE} or {@code MERGE} that Spark runs as a scan and a change of each
 * row. A deleted row is known by its primary key, an updated one by all its stored values, as only
 * cells that differ are written. Driver only; one per statement.
 */
final class CassandraRowLevelOperation implements SupportsDelta {
  private final TableSpec table;
  private final StructType schema;
  private final OptionLayers options;
  private final Command command;
  private final RowIdentity identity;

  /**
   * An operation on a table.
   *
   * @throws UnsupportedException UNSUPPORTED_TABLE when a column has the name that hides the row's
   *     identity, or the primary key as Spark sees it does not name rows
   */
  CassandraRowLevelOperation(
      TableSpec table, StructType schema, OptionLayers options, Command command) {
    this.table = table;
    this.schema = schema;
    this.options = options;
    this.command = command;
    this.identity = command == Command.DELETE ? RowIdentity.PRIMARY_KEY : RowIdentity.STORED_ROW;
    ColumnSpec conflict = identity.conflict(table);
    if (conflict != null) {
      throw cannotChange(
          "its column '%s' has the name of a hidden column that this needs"
              .formatted(conflict.name()));
    }
    for (ColumnSpec column : table.partitionKey()) {
      if (!CqlKind.of(column.type()).identifiesKeys()) {
        throw cannotChange(
            "a value of column '%s', of its partition key, does not determine its bytes in Cassandra"
                .formatted(column.name()));
      }
    }
    for (ColumnSpec column : table.clusteringColumns()) {
      if (!List.of(schema.fieldNames()).contains(column.name())) {
        throw cannotChange(
            "column '%s' of its primary key has no type in Spark".formatted(column.name()));
      }
    }
  }

  private UnsupportedException cannotChange(String reason) {
    return new UnsupportedException(
        ErrorCode.UNSUPPORTED_TABLE,
        "Cannot %s rows of %s: %s. Use CQL."
            .formatted(command.name().toLowerCase(Locale.ROOT), table.displayName(), reason));
  }

  @Override
  public Command command() {
    return command;
  }

  @Override
  public String description() {
    return command + " on Cassandra " + table.displayName();
  }

  /**
   * The hidden column, and the partition key. Of a deletion in a merge Spark keeps these columns
   * alone, and the changes are distributed by partition key. Columns of the key that may be null
   * are left out, as Spark takes none of them; deletions are then distributed by the others.
   */
  @Override
  public NamedReference[] rowId() {
    List<NamedReference> id = new ArrayList<>();
    id.add(Expressions.column(identity.column()));
    for (ColumnSpec column : table.partitionKey()) {
      if (!schema.apply(column.name()).nullable()) {
        id.add(Expressions.column(column.sparkReference()));
      }
    }
    return id.toArray(NamedReference[]::new);
  }

  /**
   * Spark passes an update as one row with the stored and the new values, not as a deletion and an
   * insertion.
   */
  @Override
  public boolean representUpdateAsDeleteAndInsert() {
    return false;
  }

  /**
   * The scan of the rows that may change, at the consistency level of such statements. Only a merge
   * learns keys from another table; Spark 4.2 learns them by a scan of its own, of which it can use
   * a single column only.
   */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap readOptions) {
    ConnectorConfig config = options.under(readOptions).resolve().readingToChange();
    String option = config.read().push().optionOfRows();
    if (option != null) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot %s rows of %s: option '%s' would leave out rows. Remove it."
              .formatted(command.name().toLowerCase(Locale.ROOT), table.displayName(), option));
    }
    CassandraScanBuilder scan = new CassandraScanBuilder(table, schema, config);
    boolean learnsKeys = command == Command.MERGE && table.partitionKey().size() == 1;
    return learnsKeys ? scan : scan.withoutRuntimeKeys();
  }

  @Override
  public DeltaWriteBuilder newWriteBuilder(LogicalWriteInfo info) {
    ConnectorConfig config = options.under(info.options()).resolve();
    if (command != Command.DELETE) {
      checkOverlap(config);
    }
    return new RowChangeBuilder(table, config, command, info);
  }

  /**
   * Cells that look unchanged are not written, which is right only if the read has met every write
   * that was acknowledged before.
   */
  private void checkOverlap(ConnectorConfig config) {
    ReplicaOverlap replicas = replicas(config);
    ConsistencyLevel read = config.write().job().readConsistency();
    ConsistencyLevel write = config.write().send().consistency();
    if (replicas != null && !replicas.isSure(read, write)) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          ("Cannot %s %s: its rows are read at %s (%d of %d replicas) and written at %s (%d of %d),"
                  + " which need not meet, and a cell that changed before could look as if it had the"
                  + " new value already. Set row-level.read-consistency or write.consistency to a"
                  + " higher level, such as LOCAL_QUORUM for both.")
              .formatted(
                  command == Command.UPDATE ? "update" : "merge into",
                  table.displayName(),
                  read,
                  replicas.inAll(read),
                  replicas.all(),
                  write,
                  replicas.inAll(write),
                  replicas.all()));
    }
  }

  private @Nullable ReplicaOverlap replicas(ConnectorConfig config) {
    try (SessionLease lease = Sessions.lease(config.connection())) {
      ClusterMetadata cluster = new ClusterMetadata(lease.session());
      KeyspaceMetadata keyspace = cluster.keyspace(table.keyspace());
      return keyspace == null
          ? null
          : ReplicaCounts.of(keyspace.getReplication(), cluster.localDatacenter());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.error.ConnectorException;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.Reason;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowsEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads a table that each node has its own of, from one node: virtual tables, which have no token
 * ring, and the tables that nodes keep for themselves. They are small, so the driver does it.
 * Driver only.
 */
final class NodeScan implements LocalScan {
  private static final int PAGE_ROWS = 1000;

  private final TableSpec table;
  private final StructType schema;
  private final ConnectorConfig config;
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final String cql;

  NodeScan(TableSpec table, StructType schema, ConnectorConfig config) {
    this.table = table;
    this.schema = schema;
    this.config = config;
    for (StructField field : schema.fields()) {
      columns.add(Objects.requireNonNull(table.column(field.name())));
    }
    List<ColumnSpec> selected = columns.isEmpty() ? table.partitionKey() : columns;
    this.cql = SelectQuery.of(table, selected.stream().map(ColumnSpec::name).toList()).wholeTable();
  }

  @Override
  public StructType readSchema() {
    return schema;
  }

  @Override
  public String description() {
    return "Cassandra " + table.displayName() + " of one node: " + cql;
  }

  /**
   * All rows.
   *
   * @throws ConnectorException READ_FAILED with the server's words
   */
  @Override
  public InternalRow[] rows() {
    try (SessionLease lease = Sessions.lease(config.connection())) {
      return decode(rows(lease.session()));
    } catch (DriverException e) {
      throw new ConnectorException(
          ErrorCode.READ_FAILED,
          "Cannot read %s with '%s': %s. Look at the node's log."
              .formatted(table.displayName(), cql, Reason.of(e)),
          e);
    }
  }

  /** From one node, whose paging states mean nothing to others. */
  private List<Row> rows(CqlSession session) {
    List<Node> nodes = new ClusterMetadata(session).localNodes();
    Node node =
        nodes.stream()
            .filter(candidate -> candidate.getState() == NodeState.UP)
            .findFirst()
            .orElse(nodes.isEmpty() ? null : nodes.get(0));
    return session
        .execute(
            SimpleStatement.newInstance(cql)
                .setNode(node)
                .setPageSize(PAGE_ROWS)
                .setTimeout(config.read().fetch().pageTimeout())
                .setIdempotent(true))
        .all();
  }

  private EncodedRows encode(List<Row> rows) {
    RowsEncoder encoder = new RowsEncoder(columns.size());
    ByteBuffer[] cells = new ByteBuffer[columns.size()];
    for (Row row : rows) {
      for (int c = 0; c < cells.length; c++) {
        cells[c] = row.getBytesUnsafe(c);
      }
      encoder.add(cells);
    }
    return encoder.take();
  }

  private InternalRow[] decode(List<Row> rows) {
    CellIndex index = CellIndex.of(encode(rows));
    CellVector[] vectors = new CellVector[columns.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = CellVectors.of(columns.get(c), schema.fields()[c].dataType());
      vectors[c].reset(index, c);
    }
    ColumnarBatch batch =
        new ColumnarBatch(Arrays.copyOf(vectors, vectors.length, ColumnVector[].class));
    batch.setNumRows(rows.size());
    List<InternalRow> decoded = new ArrayList<>(rows.size());
    Iterator<InternalRow> iterator = batch.rowIterator();
    while (iterator.hasNext()) {
      decoded.add(iterator.next().copy());
    }
    return decoded.toArray(InternalRow[]::new);
  }
}

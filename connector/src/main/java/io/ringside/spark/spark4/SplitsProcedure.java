// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import io.ringside.spark.catalog.NearestNames;
import io.ringside.spark.cluster.ClusterMetadata;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.read.plan.RangeSplit;
import io.ringside.spark.read.plan.Split;
import io.ringside.spark.read.plan.SplitPlan;
import io.ringside.spark.ring.Replica;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.session.SessionLease;
import io.ringside.spark.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * {@code system.splits(table => 'keyspace.table')}: the token ranges that the tasks of a scan of
 * the whole table would read, a row each, without reading the table. Driver only.
 */
final class SplitsProcedure extends CatalogProcedure {
  private static final StructType SCHEMA =
      new StructType()
          .add("split", DataTypes.IntegerType, false)
          // Text, as those of the RandomPartitioner are longer than any number of Spark's.
          .add("start_token", DataTypes.StringType, false)
          .add("end_token", DataTypes.StringType, false)
          .add("replicas", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("split_bytes", DataTypes.LongType, false);

  private static final String TABLE = "table";

  private final Supplier<ConnectorConfig> config;

  SplitsProcedure(Supplier<ConnectorConfig> config) {
    super(
        "splits",
        "The token ranges that each task of a scan reads.",
        List.of(Parameter.required(TABLE)));
    this.config = config;
  }

  @Override
  Result run(Arguments arguments) {
    ConnectorConfig catalog = config.get();
    TableSpec table = table(TableName.parse(arguments.required(TABLE)), catalog);
    List<InternalRow> rows = new ArrayList<>();
    int index = 0;
    for (Split split : SplitPlan.ofWholeTable(table, catalog).splits()) {
      for (RingRange range : ((RangeSplit) split).ranges()) {
        rows.add(row(index, range, split));
      }
      index++;
    }
    return new Result(SCHEMA, rows);
  }

  private static InternalRow row(int index, RingRange range, Split split) {
    Object[] replicas =
        split.replicas().stream().map(Replica::host).map(UTF8String::fromString).toArray();
    return new GenericInternalRow(
        new Object[] {
          index,
          UTF8String.fromString(range.start().toString()),
          UTF8String.fromString(range.end().toString()),
          new GenericArrayData(replicas),
          split.bytes()
        });
  }

  private static TableSpec table(TableName name, ConnectorConfig catalog) {
    try (SessionLease lease = Sessions.lease(catalog.connection())) {
      ClusterMetadata cluster = new ClusterMetadata(lease.session());
      TableSpec table = cluster.table(name.keyspace(), name.table());
      if (table == null) {
        throw new InvalidInputException(
            ErrorCode.NOT_FOUND,
            "Cannot split %s.%s: there is no such table. Nearest are %s."
                .formatted(
                    name.keyspace(),
                    name.table(),
                    NearestNames.tables(cluster, name.keyspace(), name.table())));
      }
      return table;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.spark4;

import io.ringside.spark.lookup.DatasetLookup;
import io.ringside.spark.lookup.DatasetLookup.Joined;
import io.ringside.spark.lookup.JoinKind;
import io.ringside.spark.lookup.LookupRequest;
import io.ringside.spark.lookup.LookupText;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.lookup_join(source => …, table => …, on => …, name => …, kind => …, columns => …,
 * condition => …)}: makes a temporary view of a view or table joined with a table of this catalog
 * by looking up its keys, for SQL and clients of any language. Nothing is read before the view is.
 * Driver only.
 */
final class LookupJoinProcedure extends CatalogProcedure {
  private static final StructType SCHEMA =
      new StructType()
          .add("view", DataTypes.StringType, false)
          .add("cql", DataTypes.StringType, false);

  private static final String SOURCE = "source";
  private static final String TABLE = "table";
  private static final String ON = "on";
  private static final String NAME = "name";
  private static final String KIND = "kind";
  private static final String COLUMNS = "columns";
  private static final String CONDITION = "condition";

  private final Function<String, DatasetLookup> tables;

  /**
   * The procedure of a catalog.
   *
   * @param tables finds its tables by {@code keyspace.table}
   */
  LookupJoinProcedure(Function<String, DatasetLookup> tables) {
    super(
        "lookup_join",
        "Makes a view of rows joined with a table by looking up its keys.",
        List.of(
            Parameter.required(SOURCE),
            Parameter.required(TABLE),
            Parameter.required(ON),
            Parameter.required(NAME),
            Parameter.optional(KIND),
            Parameter.optional(COLUMNS),
            Parameter.optional(CONDITION)));
    this.tables = tables;
  }

  @Override
  Result run(Arguments arguments) {
    @Nullable String kind = arguments.optional(KIND);
    @Nullable String columns = arguments.optional(COLUMNS);
    LookupRequest request =
        new LookupRequest(
            kind == null ? JoinKind.INNER : JoinKind.named(kind),
            LookupText.pairs(arguments.required(ON)),
            columns == null ? null : LookupText.columns(columns),
            arguments.optional(CONDITION));
    Dataset<Row> source = SparkSession.active().table(arguments.required(SOURCE));
    Joined joined = tables.apply(arguments.required(TABLE)).join(source, request);
    String name = arguments.required(NAME);
    joined.rows().createOrReplaceTempView(name);
    Object[] answer = {UTF8String.fromString(name), UTF8String.fromString(joined.cql())};
    return new Result(SCHEMA, List.of(new GenericInternalRow(answer)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

import io.ringside.spark.GeneratedDocument;
import io.ringside.spark.Tables;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.CqlKind;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/pushdown.md} equal to the rules; {@code -Dupdate-docs} writes it. */
class PushdownDocumentTest {
  private static final List<String> TYPES =
      List.of(
          "ascii",
          "text",
          "blob",
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "varint",
          "decimal",
          "float",
          "double",
          "timestamp",
          "date",
          "time",
          "uuid",
          "timeuuid",
          "inet",
          "duration",
          "list<int>");

  private static String mark(boolean pushed) {
    return pushed ? "yes" : "-";
  }

  private static boolean computes(TableSpec table, AggregateFunc function) {
    return AggregatePushdown.of(
                table,
                TypeMapping.schema(table, DecimalTypes.defaults()),
                SparkExpressions.aggregate(new AggregateFunc[] {function}),
                Pushdown.NONE)
            .accepted()
        != null;
  }

  private static boolean groups(String type) {
    boolean canBeKey = !type.equals("duration") && !type.contains("<");
    TableSpec table = Tables.of("ks.t").key("k " + type).clustering("c int").build();
    Aggregation distinct = SparkExpressions.aggregate(new AggregateFunc[0], "k");
    return canBeKey && AggregatePushdown.isComplete(table, distinct, Pushdown.NONE);
  }

  private static boolean looksUp(TableSpec table) {
    return CqlKind.of(table.columns().get(1).type()).findsAllKeys();
  }

  @Test
  void tellsWhatIsComparedOfEachType() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """

            | CQL | `=` | ranges | lookup by key | groups of a key | `count` | `min` | `max` | `sum` |
            |---|---|---|---|---|---|---|---|---|
            """);
    for (String type : TYPES) {
      TableSpec table = Tables.of("ks.t").key("id int").regular("v " + type).build();
      ServerComparisons server = new ServerComparisons(table, Reach.FILTERING);
      var column = table.columns().get(1);
      text.append(
          "| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  type,
                  mark(server.equalityRefusal(column) == null),
                  mark(server.rangeRefusal(column) == null),
                  mark(looksUp(table)),
                  mark(groups(type)),
                  mark(computes(table, new Count(Expressions.column("v"), false))),
                  mark(computes(table, new Min(Expressions.column("v")))),
                  mark(computes(table, new Max(Expressions.column("v")))),
                  mark(computes(table, new Sum(Expressions.column("v"), false)))));
    }
    GeneratedDocument.checkSection("pushdown.md", "types", text.append('\n').toString());
  }
}

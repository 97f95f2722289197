// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import static org.apache.spark.sql.functions.col;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a Dataset with a table by looking up keys in its tasks. The columns go through the tasks
 * under names of their positions, so that any names do, and come out with their own names, types
 * and metadata, a stream's watermark included. Driver only.
 *
 * @param schema the table's Spark schema
 * @param config the options of the read
 */
public record DatasetLookup(TableSpec table, StructType schema, ConnectorConfig config) {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetLookup.class);

  /**
   * A join.
   *
   * @param cql the statement that asks for each key
   */
  public record Joined(Dataset<Row> rows, String cql) {}

  /**
   * The join, which nothing has run yet but checks on the driver.
   *
   * @param dataset of a batch or a stream
   * @throws InvalidInputException INVALID_SCHEMA with everything that is wrong with its columns,
   *     INVALID_VALUE for a condition that CQL does not evaluate
   */
  public Joined join(Dataset<Row> dataset, LookupRequest request) {
    LookupPlanner planner = new LookupPlanner(table, schema, config);
    planner.check();
    LookupColumns columns = LookupColumns.of(table, schema, dataset.schema(), request);
    StructField[] given = dataset.schema().fields();
    List<Column> sent = new ArrayList<>();
    StructType sentTypes = new StructType();
    for (int c = 0; c < given.length; c++) {
      DataType type = Travel.of(given[c].dataType());
      sent.add(Travel.depart(col(name(c)), given[c].dataType()).as(name(c)));
      sentTypes = sentTypes.add(name(c), type, given[c].nullable());
    }
    StructType resultTypes = sentTypes;
    List<KeyColumn> key = new ArrayList<>();
    for (KeyColumn column : columns.key()) {
      StructField from = given[column.position()];
      int position = column.position();
      DataType type = Travel.of(column.type());
      if (!type.equals(Travel.of(from.dataType()))) {
        position = sent.size();
        sent.add(col(name(column.position())).cast(type).as(name(position)));
        sentTypes = sentTypes.add(name(position), type, from.nullable());
      }
      key.add(new KeyColumn(column.column(), column.type(), position));
    }
    for (StructField field : columns.answer().fields()) {
      String name = name(resultTypes.fields().length);
      resultTypes = resultTypes.add(name, Travel.of(field.dataType()), true);
    }
    LookupPlan plan = planner.plan(dataset.sparkSession(), request, columns, key, given.length);
    Dataset<Row> rows =
        dataset
            .toDF(names(given.length))
            .select(sent.toArray(Column[]::new))
            .as(Travel.encoder(sentTypes))
            .mapPartitions(new LookupTask(plan), Travel.encoder(resultTypes));
    String cql = plan.query().select().lookup(plan.query().clustering());
    LOG.info("Looks up keys of {} by: {}", table.displayName(), cql);
    return new Joined(rows.select(result(given, columns)), cql);
  }

  private static Column[] result(StructField[] given, LookupColumns columns) {
    List<Column> result = new ArrayList<>();
    for (StructField field : given) {
      Column column = Travel.arrive(col(name(result.size())), field.dataType());
      result.add(column.as(field.name(), field.metadata()));
    }
    StructField[] answer = columns.answer().fields();
    for (int c = 0; c < answer.length; c++) {
      Column column = Travel.arrive(col(name(result.size())), answer[c].dataType());
      result.add(column.as(columns.names().get(c), answer[c].metadata()));
    }
    return result.toArray(Column[]::new);
  }

  private static String[] names(int count) {
    String[] names = new String[count];
    for (int c = 0; c < count; c++) {
      names[c] = name(c);
    }
    return names;
  }

  private static String name(int position) {
    return "c" + position;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A CSV file with a header and the table that it becomes: the columns as Spark infers them, and a
 * primary key that tells its rows apart.
 *
 * @param rows of the file
 * @param key columns of the primary key; the first one is the partition key, the others are
 *     clustering columns
 */
record CsvTable(Dataset<Row> rows, List<String> key) {
  /** The key of rows that no columns tell apart. */
  private static final String ROW = "row";

  private static final String VIEW = "quickstart_file";

  /**
   * Reads a file.
   *
   * @param key names of the primary key's columns; empty to choose them: the first column that
   *     tells the rows apart, else the fewest of the first columns that do it together, else a
   *     number for each row
   * @throws IllegalArgumentException when the file has no such columns, or they do not tell the
   *     rows apart
   */
  static CsvTable read(SparkSession spark, String path, List<String> key) {
    Dataset<Row> rows =
        spark.read().option("header", "true").option("inferSchema", "true").csv(path);
    if (key.isEmpty()) {
      return choose(rows);
    }
    List<String> columns = Arrays.asList(rows.columns());
    if (!columns.containsAll(key)) {
      throw new IllegalArgumentException(
          "Cannot make a table of %s: its columns are %s, and the key is %s. Correct -Dkey."
              .formatted(path, columns, key));
    } else if (!tellsApart(rows, key)) {
      throw new IllegalArgumentException(
          "Cannot make a table of %s: rows have the same %s, or none. Name more columns by -Dkey."
              .formatted(path, key));
    }
    return new CsvTable(rows, key);
  }

  private static CsvTable choose(Dataset<Row> rows) {
    List<String> columns = Arrays.asList(rows.columns());
    for (String column : columns) {
      if (tellsApart(rows, List.of(column))) {
        return new CsvTable(rows, List.of(column));
      }
    }
    for (int count = 2; count <= columns.size(); count++) {
      List<String> first = columns.subList(0, count);
      if (tellsApart(rows, first)) {
        return new CsvTable(rows, List.copyOf(first));
      }
    }
    // Made once, as the numbers must be the same whenever the rows are looked at.
    Dataset<Row> numbered =
        rows.withColumn(ROW, functions.monotonically_increasing_id()).localCheckpoint();
    return new CsvTable(numbered, List.of(ROW));
  }

  /** Whether no two rows have the same values of some columns, and none of them is null. */
  private static boolean tellsApart(Dataset<Row> rows, List<String> columns) {
    Column[] key = columns(columns);
    return rows.select(key).na().drop().distinct().count() == rows.count();
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(CsvTable::column).toArray(Column[]::new);
  }

  private static Column column(String name) {
    return functions.col(quoted(name));
  }

  private static String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  /** Makes the table in a catalog, with its rows. */
  void create(String table) {
    rows.createOrReplaceTempView(VIEW);
    String clustering =
        key.stream()
            .skip(1)
            .map(name -> '"' + name.replace("\"", "\"\"") + "\" ASC")
            .collect(Collectors.joining(", "));
    rows.sparkSession()
        .sql(
            "CREATE TABLE %s PARTITIONED BY (%s)%s AS SELECT * FROM %s"
                .formatted(
                    table,
                    quoted(key.get(0)),
                    clustering.isEmpty()
                        ? ""
                        : " TBLPROPERTIES ('clustering_key'='" + clustering + "')",
                    VIEW));
  }

  /** The rows of a table with the key of the first row of the file. */
  Dataset<Row> withFirstKey(Dataset<Row> table) {
    Row first = rows.select(columns(key)).first();
    Dataset<Row> found = table;
    for (int i = 0; i < key.size(); i++) {
      found = found.where(column(key.get(i)).equalTo(first.get(i)));
    }
    return found;
  }

  /** Rows of the file that a table lacks, and rows of the table that the file has not. */
  long differences(Dataset<Row> table) {
    List<String> names = new ArrayList<>(Arrays.asList(rows.columns()));
    Dataset<Row> stored = table.select(columns(names));
    return rows.exceptAll(stored).count() + stored.exceptAll(rows).count();
  }
}

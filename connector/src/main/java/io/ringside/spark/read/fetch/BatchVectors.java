// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.RowIdentity;
import io.ringside.spark.types.vector.CellIndex;
import io.ringside.spark.types.vector.CellVector;
import io.ringside.spark.types.vector.CellVectors;
import io.ringside.spark.types.vector.RowVector;
import io.ringside.spark.types.vector.StoredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/**
 * The views of a scan's pages: one per selected column, and those that Spark sees, where a hidden
 * column shows the same cells again as a struct. Made on the driver to check the schema, and one
 * per task.
 *
 * @param cells views of the answers' first columns, in their order
 * @param shown views in the order of the scan's schema
 */
public record BatchVectors(List<CellVector> cells, List<ColumnVector> shown) {

  /**
   * The views of a scan.
   *
   * @param columns what the query's selections answer, in their order
   * @param readSchema their Spark types
   * @throws io.ringside.spark.error.UnsupportedException UNSUPPORTED_TYPE when a column cannot be
   *     read
   */
  public static BatchVectors of(TableSpec table, List<ColumnSpec> columns, StructType readSchema) {
    StructField[] fields = readSchema.fields();
    List<CellVector> cells = new ArrayList<>();
    ColumnVector[] shown = new ColumnVector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      if (RowIdentity.of(table, fields[i].name()) == null) {
        CellVector vector = CellVectors.of(columns.get(cells.size()), fields[i].dataType());
        cells.add(vector);
        shown[i] = vector;
      }
    }
    Map<String, CellVector> byName = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      byName.put(columns.get(i).name(), cells.get(i));
    }
    for (int i = 0; i < fields.length; i++) {
      if (shown[i] == null) {
        StructType type = (StructType) fields[i].dataType();
        ColumnVector[] children = new ColumnVector[type.fields().length];
        List<StoredKey> key = new ArrayList<>();
        for (int f = 0; f < children.length; f++) {
          StructField field = type.fields()[f];
          CellVector vector = byName.get(field.name());
          if (vector == null) {
            ColumnSpec column = columns.get(cells.size());
            vector = CellVectors.of(column, field.dataType());
            cells.add(vector);
            byName.put(column.name(), vector);
          }
          children[f] = vector;
          ColumnSpec stored = table.column(field.name());
          if (stored != null && stored.kind().isPrimaryKey()) {
            key.add(new StoredKey(stored, vector));
          }
        }
        shown[i] = new RowVector(type, children, key);
      }
    }
    return new BatchVectors(List.copyOf(cells), List.of(shown));
  }

  /** Points all views at the rows of an index, of which they show the columns in their order. */
  public void reset(CellIndex index) {
    for (int c = 0; c < cells.size(); c++) {
      cells.get(c).reset(index, c);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

import io.ringside.spark.schema.ColumnSpec;
import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/**
 * A column of the table's key and where a row of the Dataset has its value. Sent to executors.
 *
 * @param type the column's Spark type, which the value has
 * @param position of the value in the rows that tasks get
 */
record KeyColumn(ColumnSpec column, DataType type, int position) implements Serializable {}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.schema.ColumnSpec;
import java.io.Serializable;

/**
 * A field of the data that goes to a column. Sent to executors.
 *
 * @param ordinal of the field in the data
 * @param column what the field's values must fit
 */
public record Part(int ordinal, ColumnSpec column) implements Serializable {}

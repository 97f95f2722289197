// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import java.io.Serializable;

/**
 * An index on the values of one column.
 *
 * @param column the column's name exactly as stored
 * @param ranges whether it serves {@code <} and {@code >} besides {@code =}
 */
public record IndexSpec(String column, boolean ranges) implements Serializable {}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

/**
 * A column of the table in the result of a lookup join. Driver only.
 *
 * @param name in the table
 * @param alias in the result
 */
public record TableColumn(String name, String alias) {}

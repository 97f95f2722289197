// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.lookup;

/**
 * Two columns whose values are equal in a lookup join. Driver only.
 *
 * @param ofDataset the name in the Dataset
 * @param ofTable the name in the table
 */
public record KeyPair(String ofDataset, String ofTable) {}

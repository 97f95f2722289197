// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import java.io.Serializable;

/**
 * An index on the values of one column, and what it makes of comparisons with that column. The
 * server answers with an index wherever it has one, {@code ALLOW FILTERING} or not, so an index can
 * change which rows a comparison finds.
 *
 * @param name the index's name exactly as stored
 * @param column the column's name exactly as stored
 * @param equality its answer to {@code =}
 * @param range its answer to {@code <}, {@code <=}, {@code >} and {@code >=}
 */
public record IndexSpec(String name, String column, Answer equality, Answer range)
    implements Serializable {

  /** Which rows a comparison finds through an index. */
  public enum Answer {
    /** Those that a comparison of the stored values finds. */
    EXACT,
    /** None: the server does not use the index for it. */
    UNUSED,
    /** Others than a comparison of the stored values finds. */
    DIFFERENT
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.model;

/**
 * A statement and what it does to the table.
 *
 * @param sql changes the table {@code $t}
 * @param effect changes the model in the same way
 */
record Change(String sql, Effect effect) {
  /** Applies a statement to a model. */
  interface Effect {
    /**
     * Changes the model.
     *
     * @return whether the statement succeeds; if not, the model is as before
     */
    boolean apply(TableModel model);
  }
}

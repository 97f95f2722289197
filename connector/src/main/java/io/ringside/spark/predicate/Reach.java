// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.predicate;

/** What a statement may use besides the primary key to find its rows. */
public enum Reach {
  /** Nothing, as statements that write. The server then uses no index either. */
  KEY,
  /** An index, as long as it finds all rows and no others. */
  INDEX,
  /** An index, and {@code ALLOW FILTERING}: the server may read rows that it then leaves out. */
  FILTERING
}

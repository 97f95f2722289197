// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import java.time.ZoneId;

/**
 * Where a value is written: a column or a part of its type. Immutable.
 *
 * @param path the column's name and the way to the part, as errors name it
 * @param zone the time zone of timestamps that have none
 * @param converts whether values of other types are converted if they fit
 */
record WriteTarget(String path, ZoneId zone, boolean converts) {
  /** A part of this one's type. */
  WriteTarget part(String name) {
    return new WriteTarget(path + '.' + name, zone, converts);
  }
}

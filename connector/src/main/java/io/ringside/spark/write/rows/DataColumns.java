// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.schema.TableSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** The columns of the data as a DataFrame names them. Driver only. */
public final class DataColumns {
  private DataColumns() {}

  /** The names that more than one column of the data has, in the order of the data. */
  public static List<String> repeated(StructType data) {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (String name : data.fieldNames()) {
      if (!seen.add(name)) {
        twice.add(name);
      }
    }
    return List.copyOf(twice);
  }

  /**
   * Refuses data that has two columns of one name: it is unknown which of them is meant.
   *
   * @throws InvalidInputException INVALID_SCHEMA
   */
  public static void checkNames(TableSpec table, StructType data) {
    List<String> twice = repeated(data);
    if (!twice.isEmpty()) {
      throw new InvalidInputException(
          ErrorCode.INVALID_SCHEMA,
          "Cannot write to %s: %s".formatted(table.displayName(), moreThanOne(twice)));
    }
  }

  /** What is wrong with data that has more than one column of each of these names. */
  public static String moreThanOne(List<String> names) {
    return "the data has more than one column '%s', and which of them is meant is not said. Drop or rename all but one."
        .formatted(String.join("', '", names));
  }
}

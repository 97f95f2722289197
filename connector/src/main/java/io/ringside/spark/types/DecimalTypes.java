// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The Spark precision and scale of {@code decimal} and {@code varint} columns, which have neither
 * in Cassandra. An override holds for every decimal and varint inside its column, nested ones
 * included. Immutable; sent to executors.
 *
 * @param overrides by column name exactly as stored
 */
public record DecimalTypes(Map<String, DecimalType> overrides) implements Serializable {
  private static final DecimalType DECIMAL = DataTypes.createDecimalType(38, 18);
  private static final DecimalType VARINT = DataTypes.createDecimalType(38, 0);
  private static final DecimalTypes DEFAULTS = new DecimalTypes(Map.of());
  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*");

  public DecimalTypes {
    overrides = Map.copyOf(overrides);
  }

  /** No override: {@code decimal(38,18)} and {@code decimal(38,0)}. */
  public static DecimalTypes defaults() {
    return DEFAULTS;
  }

  /**
   * Reads overrides such as {@code price -> "12,2"}: precision 1 to 38, scale 0 to the precision.
   *
   * @throws InvalidInputException INVALID_OPTION for the first malformed one
   */
  public static DecimalTypes parse(Map<String, String> byColumn) {
    Map<String, DecimalType> parsed = new LinkedHashMap<>();
    byColumn.forEach((column, text) -> parsed.put(column, parse(column, text)));
    return new DecimalTypes(parsed);
  }

  /** The Spark type of the {@code decimal} values in a column. */
  public DecimalType decimal(String column) {
    return overrides.getOrDefault(column, DECIMAL);
  }

  /** The Spark type of the {@code varint} values in a column. */
  public DecimalType varint(String column) {
    return overrides.getOrDefault(column, VARINT);
  }

  private static DecimalType parse(String column, String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      int precision = Integer.parseInt(form.group(1));
      int scale = Integer.parseInt(form.group(2));
      if (precision >= 1 && precision <= DecimalType.MAX_PRECISION() && scale <= precision) {
        return DataTypes.createDecimalType(precision, scale);
      }
    }
    throw new InvalidInputException(
        ErrorCode.INVALID_OPTION,
        "Cannot read option 'decimal."
            + column
            + "': '"
            + text
            + "' is not a precision of 1 to 38 and a scale of 0 to the precision. Use a form like"
            + " '12,2'.");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.cql.CqlText;
import io.ringside.spark.cql.TypeParser;
import io.ringside.spark.cql.TypeText;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.FrozenTypes;
import io.ringside.spark.types.CqlDefaults;
import io.ringside.spark.types.DecimalTypes;
import io.ringside.spark.types.TypeMapping;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a schema statement. Its CQL definition is said by a table property {@code
 * cql.type.<column>}, by the column's comment {@code cql: <definition>}, or follows from its Spark
 * type: {@code set<text>}, {@code int static}, or {@code static} alone. Pure. Driver only.
 *
 * @param name exactly as it will be stored
 */
record ColumnDefinition(String name, DataType type, boolean isStatic) {
  /** What starts the comment of a column whose CQL type is not the default of its Spark type. */
  private static final String COMMENT_PREFIX = "cql:";

  private static final String STATIC = "static";

  /**
   * What a comment says of the CQL definition.
   *
   * @return null for a comment that says nothing of it
   */
  static @Nullable String ofComment(@Nullable String comment) {
    return comment != null && comment.toLowerCase(Locale.ROOT).startsWith(COMMENT_PREFIX)
        ? comment.substring(COMMENT_PREFIX.length()).strip()
        : null;
  }

  private static boolean isStatic(String definition) {
    return definition.toLowerCase(Locale.ROOT).matches("(?s)(.*\\s)?" + STATIC);
  }

  /** The definition of a column that is not static. */
  static String withoutStatic(String definition) {
    return isStatic(definition)
        ? definition.substring(0, definition.length() - STATIC.length()).strip()
        : definition;
  }

  /**
   * The column that a Spark type and a definition describe.
   *
   * @param definition null or empty to follow from the Spark type
   * @param isKey whether it is part of the primary key, so that its default is frozen
   * @throws IllegalArgumentException when it cannot be made or does not fit the Spark type
   */
  static ColumnDefinition of(
      String name,
      org.apache.spark.sql.types.DataType spark,
      @Nullable String definition,
      boolean isKey,
      Function<CqlIdentifier, @Nullable UserDefinedType> userTypes) {
    String text = definition == null ? "" : definition.strip();
    boolean isStatic = isStatic(text);
    text = withoutStatic(text);
    if (text.isEmpty()) {
      DataType type = CqlDefaults.of(spark);
      return new ColumnDefinition(name, isKey ? FrozenTypes.frozen(type) : type, isStatic);
    }
    DataType type = TypeParser.parse(text, userTypes);
    org.apache.spark.sql.types.DataType wanted =
        TypeMapping.sparkType(type, DecimalTypes.defaults(), name);
    if (!CqlDefaults.canDeclare(spark, type, wanted)) {
      throw new IllegalArgumentException(
          "CQL type %s is %s in Spark, not %s"
              .formatted(TypeText.of(type), wanted.sql(), spark.sql()));
    }
    return new ColumnDefinition(name, type, isStatic);
  }

  /**
   * The comment that makes the column again, in {@code SHOW CREATE TABLE} and tables made from a
   * query.
   *
   * @param spark the column's type as {@link TypeMapping} maps it
   * @return null when nothing has to be said
   */
  static @Nullable String comment(ColumnSpec column, org.apache.spark.sql.types.DataType spark) {
    boolean isStatic = column.kind() == ColumnKind.STATIC;
    String type = isDefault(column, spark) ? "" : ' ' + TypeText.of(column.type());
    return type.isEmpty() && !isStatic
        ? null
        : COMMENT_PREFIX + type + (isStatic ? ' ' + STATIC : "");
  }

  /** Compares texts, as the driver's types are equal whether frozen or not. */
  private static boolean isDefault(ColumnSpec column, org.apache.spark.sql.types.DataType spark) {
    try {
      DataType standard = CqlDefaults.of(spark);
      boolean isKey = column.kind().isPrimaryKey();
      return TypeText.of(isKey ? FrozenTypes.frozen(standard) : standard)
          .equals(TypeText.of(column.type()));
    } catch (IllegalArgumentException noDefault) {
      return false;
    }
  }

  /** {@code name type [STATIC]}. */
  String cql() {
    return CqlText.name(name) + ' ' + TypeText.of(type) + (isStatic ? " STATIC" : "");
  }
}

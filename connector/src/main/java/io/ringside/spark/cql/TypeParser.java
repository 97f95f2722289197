// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import io.ringside.spark.schema.FrozenTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CQL text of a type: scalars, {@code list}, {@code set}, {@code map}, {@code tuple},
 * {@code vector}, {@code frozen} and the names of user-defined types, in any case unless quoted.
 * Pure; one per text.
 */
public final class TypeParser {
  private static final Map<String, DataType> SCALARS =
      Map.ofEntries(
          Map.entry("ascii", DataTypes.ASCII),
          Map.entry("bigint", DataTypes.BIGINT),
          Map.entry("blob", DataTypes.BLOB),
          Map.entry("boolean", DataTypes.BOOLEAN),
          Map.entry("counter", DataTypes.COUNTER),
          Map.entry("date", DataTypes.DATE),
          Map.entry("decimal", DataTypes.DECIMAL),
          Map.entry("double", DataTypes.DOUBLE),
          Map.entry("duration", DataTypes.DURATION),
          Map.entry("float", DataTypes.FLOAT),
          Map.entry("inet", DataTypes.INET),
          Map.entry("int", DataTypes.INT),
          Map.entry("smallint", DataTypes.SMALLINT),
          Map.entry("text", DataTypes.TEXT),
          Map.entry("time", DataTypes.TIME),
          Map.entry("timestamp", DataTypes.TIMESTAMP),
          Map.entry("timeuuid", DataTypes.TIMEUUID),
          Map.entry("tinyint", DataTypes.TINYINT),
          Map.entry("uuid", DataTypes.UUID),
          Map.entry("varchar", DataTypes.TEXT),
          Map.entry("varint", DataTypes.VARINT));

  private final TextCursor cursor;
  private final Function<CqlIdentifier, @Nullable UserDefinedType> userTypes;

  private TypeParser(
      TextCursor cursor, Function<CqlIdentifier, @Nullable UserDefinedType> userTypes) {
    this.cursor = cursor;
    this.userTypes = userTypes;
  }

  /**
   * The type that a text names.
   *
   * @param userTypes the keyspace's user-defined types by name; null for one it does not have
   * @throws IllegalArgumentException that says what is wrong with the text
   */
  public static DataType parse(
      String text, Function<CqlIdentifier, @Nullable UserDefinedType> userTypes) {
    TextCursor cursor = new TextCursor(text);
    DataType type = new TypeParser(cursor, userTypes).type();
    cursor.expectEnd();
    return type;
  }

  private DataType type() {
    if (cursor.peek() == '"') {
      return userType(CqlIdentifier.fromInternal(cursor.quoted('"')));
    }
    String keyword = cursor.until("<>, \t\r\n").toLowerCase(Locale.ROOT);
    return switch (keyword) {
      case "list" -> DataTypes.listOf(one(keyword));
      case "set" -> DataTypes.setOf(one(keyword));
      case "map" -> {
        List<DataType> parts = parameters();
        expectCount(keyword, parts, 2);
        yield DataTypes.mapOf(parts.get(0), parts.get(1));
      }
      case "tuple" -> DataTypes.tupleOf(parameters().toArray(DataType[]::new));
      case "frozen" -> frozen(one(keyword));
      case "vector" -> vector();
      default -> {
        DataType scalar = SCALARS.get(keyword);
        yield scalar != null ? scalar : userType(CqlIdentifier.fromInternal(keyword));
      }
    };
  }

  private DataType one(String keyword) {
    List<DataType> parts = parameters();
    expectCount(keyword, parts, 1);
    return parts.get(0);
  }

  private void expectCount(String keyword, List<DataType> parts, int count) {
    if (parts.size() != count) {
      throw cursor.wrong(
          "'%s' takes %d type%s, not %d".formatted(keyword, count, plural(count), parts.size()));
    }
  }

  private static String plural(int count) {
    return count == 1 ? "" : "s";
  }

  private List<DataType> parameters() {
    cursor.expect('<');
    List<DataType> types = new ArrayList<>();
    do {
      types.add(nested(type()));
    } while (cursor.accept(','));
    cursor.expect('>');
    return types;
  }

  private DataType vector() {
    cursor.expect('<');
    DataType element = nested(type());
    cursor.expect(',');
    String dimensions = cursor.until(">");
    if (!dimensions.matches("[1-9][0-9]{0,4}")) {
      throw cursor.wrong("'" + dimensions + "' is not a number of dimensions");
    }
    cursor.expect('>');
    return DataTypes.vectorOf(element, Integer.parseInt(dimensions));
  }

  /** Inside another type everything is frozen, whether or not the text says so. */
  private static DataType nested(DataType type) {
    return FrozenTypes.canBeFrozen(type) ? FrozenTypes.frozen(type) : type;
  }

  private DataType frozen(DataType type) {
    if (FrozenTypes.canBeFrozen(type)) {
      return FrozenTypes.frozen(type);
    }
    throw cursor.wrong("'" + type + "' cannot be frozen");
  }

  private DataType userType(CqlIdentifier name) {
    UserDefinedType type = userTypes.apply(name);
    if (type == null) {
      throw cursor.wrong(
          "'%s' is neither a CQL type nor a user-defined type of the keyspace"
              .formatted(name.asInternal()));
    }
    return type.copy(false);
  }
}

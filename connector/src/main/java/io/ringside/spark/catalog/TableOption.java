// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import io.ringside.spark.cql.CqlText;
import io.ringside.spark.cql.MapLiteral;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of Cassandra tables that are table properties of the same name in Spark. Which of
 * them a server knows is the server's to say. Pure. Driver only.
 */
enum TableOption {
  ADDITIONAL_WRITE_POLICY(Kind.TEXT, "99p"),
  ALLOW_AUTO_SNAPSHOT(Kind.BOOLEAN, null),
  BLOOM_FILTER_FP_CHANCE(Kind.NUMBER, null),
  CACHING(Kind.MAP, "{'keys': 'ALL', 'rows_per_partition': 'NONE'}"),
  CDC(Kind.BOOLEAN, "false"),
  COMMENT(Kind.TEXT, ""),
  COMPACTION(Kind.MAP, null),
  COMPRESSION(Kind.MAP, null),
  CRC_CHECK_CHANCE(Kind.NUMBER, "1.0"),
  DEFAULT_TIME_TO_LIVE(Kind.NUMBER, "0"),
  GC_GRACE_SECONDS(Kind.NUMBER, "864000"),
  INCREMENTAL_BACKUPS(Kind.BOOLEAN, null),
  MAX_INDEX_INTERVAL(Kind.NUMBER, "2048"),
  MEMTABLE(Kind.TEXT, null),
  MEMTABLE_FLUSH_PERIOD_IN_MS(Kind.NUMBER, "0"),
  MIN_INDEX_INTERVAL(Kind.NUMBER, "128"),
  READ_REPAIR(Kind.TEXT, "BLOCKING"),
  SPECULATIVE_RETRY(Kind.TEXT, "99p"),
  TRANSACTIONAL_MODE(Kind.TEXT, null);

  private enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    MAP
  }

  private final Kind kind;
  private final @Nullable String standard;

  TableOption(Kind kind, @Nullable String standard) {
    this.kind = kind;
    this.standard = standard;
  }

  /** The option of this name, or null. */
  static @Nullable TableOption named(String property) {
    for (TableOption option : values()) {
      if (option.property().equalsIgnoreCase(property)) {
        return option;
      }
    }
    return null;
  }

  /** Its name in Cassandra and in Spark's table properties. */
  String property() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value that every supported server gives a table without it; null when they differ. */
  @Nullable String standard() {
    return standard;
  }

  /**
   * The option as a statement takes it: {@code gc_grace_seconds = 3600}.
   *
   * @throws IllegalArgumentException when the value cannot be one of it
   */
  String assignment(String value) {
    return property() + " = " + literal(value);
  }

  private String literal(String value) {
    return switch (kind) {
      case TEXT -> CqlText.string(value);
      case NUMBER -> {
        if (!value.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?")) {
          throw new IllegalArgumentException("'" + value + "' is not a number");
        }
        yield value;
      }
      case BOOLEAN -> {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
          throw new IllegalArgumentException("'" + value + "' is neither 'true' nor 'false'");
        }
        yield lower;
      }
      case MAP -> CqlText.map(MapLiteral.parse(value));
    };
  }

  /** The property's text of a value as the driver describes it; {@link #assignment} reads it. */
  String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put(String.valueOf(key), String.valueOf(entry)));
      return CqlText.map(entries);
    }
    return String.valueOf(value);
  }
}

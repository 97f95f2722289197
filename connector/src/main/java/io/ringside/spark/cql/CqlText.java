// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.cql;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and literals of schema statements, which take no bind markers. Pure. */
public final class CqlText {
  private CqlText() {}

  /** A name exactly as stored, in double quotes where CQL needs them. */
  public static String name(String stored) {
    return CqlIdentifier.fromInternal(stored).asCql(true);
  }

  /** {@code keyspace.object}, each in double quotes where needed. */
  public static String name(String keyspace, String object) {
    return name(keyspace) + '.' + name(object);
  }

  /** A string literal. */
  public static String string(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }

  /** A map literal of strings, in the map's order: {@code {'class': 'SimpleStrategy'}}. */
  public static String map(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> string(entry.getKey()) + ": " + string(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}

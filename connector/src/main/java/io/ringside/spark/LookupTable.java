// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.catalog.TableSchema;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import io.ringside.spark.lookup.DatasetLookup;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.DecimalTypes;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;

/** Finds the table of a lookup join. Driver only. */
final class LookupTable {
  private static final String NAME = "(?:`(?:[^`]|``)+`|[^`.]+)";
  private static final Pattern OF_CATALOG =
      Pattern.compile("(?<catalog>" + NAME + ")\\.(?<table>" + NAME + "\\." + NAME + ")");

  private LookupTable() {}

  /**
   * The lookups of a table.
   *
   * @param name {@code catalog.keyspace.table} or {@code keyspace.table}
   * @param options of the read
   * @throws InvalidInputException NOT_FOUND when there is no such catalog or table, INVALID_OPTION
   */
  static DatasetLookup of(String name, Map<String, String> options) {
    Matcher ofCatalog = OF_CATALOG.matcher(name.strip());
    OptionLayers layers = OptionLayers.ofSource(options);
    if (!ofCatalog.matches()) {
      return of(TablePath.parse(name.strip()), new CatalogRequest(SessionSettings.SOURCE, layers));
    }
    String catalog = ofCatalog.group("catalog").replaceAll("^`|`$", "").replace("``", "`");
    OptionLayers ofTable = layers.above(OptionLayers.of(SessionSettings.ofCatalog(catalog)));
    return of(TablePath.parse(ofCatalog.group("table")), new CatalogRequest(catalog, ofTable));
  }

  /**
   * The lookups of a table.
   *
   * @throws InvalidInputException NOT_FOUND when there is no such table, INVALID_OPTION
   */
  static DatasetLookup of(TablePath path, CatalogRequest request) {
    if (path.keyspace() == null) {
      throw new InvalidInputException(
          ErrorCode.INVALID_VALUE,
          "Cannot look up '%s': its keyspace is missing. Write catalog.keyspace.table or keyspace.table."
              .formatted(path.table()));
    }
    try {
      TableSpec table = request.table(Identifier.of(new String[] {path.keyspace()}, path.table()));
      return of(table, request.config());
    } catch (NoSuchTableException e) {
      throw new InvalidInputException(
          ErrorCode.NOT_FOUND,
          "Cannot look up %s.%s: %s Correct the name."
              .formatted(path.keyspace(), path.table(), e.getMessage()),
          e);
    }
  }

  private static DatasetLookup of(TableSpec table, ConnectorConfig config) {
    return new DatasetLookup(
        table, TableSchema.of(table, DecimalTypes.parse(config.decimals())), config);
  }
}

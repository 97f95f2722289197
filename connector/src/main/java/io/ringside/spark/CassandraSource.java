// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark;

import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.error.InvalidInputException;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SessionConfigSupport;
import org.apache.spark.sql.connector.catalog.SupportsCatalogOptions;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The source named {@code cassandra}: {@code spark.read().format("cassandra")}, {@code
 * df.write().format("cassandra")} and {@code CREATE TABLE … USING cassandra}. The table is named by
 * the options {@code keyspace} and {@code table}, or by {@code load("keyspace.table")} and {@code
 * save("keyspace.table")}. Made by Spark. Driver only.
 */
public class CassandraSource
    implements SupportsCatalogOptions, SessionConfigSupport, DataSourceRegister {
  /** For Spark, which makes sources by their class name. */
  public CassandraSource() {}

  @Override
  public String shortName() {
    return SessionSettings.SOURCE;
  }

  @Override
  public String keyPrefix() {
    return SessionSettings.SOURCE;
  }

  /** The catalog for the cluster that the options name, registered in the session at first use. */
  @Override
  public String extractCatalog(CaseInsensitiveStringMap options) {
    String catalog = SourceCatalogs.name(SessionSettings.without(options.asCaseSensitiveMap()));
    RuntimeConfig conf = SparkSession.active().conf();
    String key = "spark.sql.catalog." + catalog;
    if (!conf.contains(key)) {
      String secret = SourceCatalogs.key(catalog);
      if (secret != null) {
        conf.set(key + '.' + SourceCatalogs.KEY, secret);
      }
      conf.set(key, CassandraCatalog.class.getName());
    }
    return catalog;
  }

  /**
   * The table that the options name, or else the path.
   *
   * @throws InvalidInputException INVALID_OPTION when they name none, or with everything else that
   *     is wrong with them
   */
  @Override
  public Identifier extractIdentifier(CaseInsensitiveStringMap options) {
    Map<String, String> given = options.asCaseSensitiveMap();
    OptionLayers layers = OptionLayers.ofSource(given);
    ConnectorConfig config = layers.resolve();
    String keyspace = config.keyspace();
    String table = config.table();
    String path = options.get("path");
    if (table == null && path != null) {
      TablePath named = TablePath.parse(path);
      keyspace = named.keyspace() == null ? keyspace : named.keyspace();
      table = named.table();
    }
    return new OptionsIdentifier(
        required("keyspace", keyspace), required("table", table), given, layers);
  }

  private static String required(String option, @Nullable String value) {
    if (value == null) {
      throw new InvalidInputException(
          ErrorCode.INVALID_OPTION,
          "Cannot find a Cassandra table: option '%s' is missing. Add .option(\"%s\", …)."
              .formatted(option, option));
    }
    return value;
  }

  /** The schema of the table that the options name; for tables in Spark's own catalog. */
  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return load(options.asCaseSensitiveMap()).schema();
  }

  /** The table that the properties name; its schema is always Cassandra's own. */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return load(properties);
  }

  private static CassandraTable load(Map<String, String> given) {
    OptionLayers layers = OptionLayers.ofSource(given);
    ConnectorConfig config = layers.resolve();
    Identifier identifier =
        Identifier.of(
            new String[] {required("keyspace", config.keyspace())},
            required("table", config.table()));
    try {
      return new CatalogRequest(SessionSettings.SOURCE, layers).strict(identifier);
    } catch (NoSuchTableException e) {
      // Neither method of the interface may throw Spark's own error, which is a checked one.
      throw new InvalidInputException(
          ErrorCode.NOT_FOUND,
          "Cannot find table %s: %s Correct the options 'keyspace' and 'table'."
              .formatted(identifier, e.getMessage()),
          e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultPreparedStatement;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prepared statements as a session would give them, made without a server. */
public final class PreparedTexts {
  private PreparedTexts() {}

  /**
   * A marker of a statement.
   *
   * @param name as the server would tell it
   */
  public record Variable(String name, DataType type) implements ColumnDefinition {
    @Override
    public CqlIdentifier getKeyspace() {
      return CqlIdentifier.fromInternal("ks");
    }

    @Override
    public CqlIdentifier getTable() {
      return CqlIdentifier.fromInternal("t");
    }

    @Override
    public CqlIdentifier getName() {
      return CqlIdentifier.fromInternal(name);
    }

    @Override
    public DataType getType() {
      return type;
    }

    @Override
    public boolean isDetached() {
      return false;
    }

    @Override
    public void attach(AttachmentPoint attachmentPoint) {}
  }

  /**
   * A statement with these markers.
   *
   * @param partitionKey names of the markers that make the partition key
   */
  public static PreparedStatement of(
      String cql, List<Variable> variables, List<String> partitionKey) {
    List<Integer> key = new ArrayList<>();
    for (String name : partitionKey) {
      key.add(variables.stream().map(Variable::name).toList().indexOf(name));
    }
    ColumnDefinitions none = DefaultColumnDefinitions.valueOf(List.of());
    return new DefaultPreparedStatement(
        ByteBuffer.wrap(cql.getBytes(UTF_8)),
        cql,
        DefaultColumnDefinitions.valueOf(List.copyOf(variables)),
        key,
        null,
        none,
        null,
        Map.of(),
        null,
        null,
        CqlIdentifier.fromInternal("ks"),
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        5000,
        null,
        null,
        false,
        CodecRegistry.DEFAULT,
        DefaultProtocolVersion.V4);
  }

  private static final Pattern MARKER =
      Pattern.compile("(TIMESTAMP|TTL) \\?|(\\w+)\\s*=\\s*(?:\\w+\\s*[-+]\\s*)?\\?");

  /** Prepares statements of a table as its server would. */
  public static Preparer of(TableSpec table) {
    List<String> key = table.partitionKey().stream().map(ColumnSpec::name).toList();
    return cql -> of(cql, variables(cql, table), key);
  }

  private static List<Variable> variables(String cql, TableSpec table) {
    List<Variable> found = new ArrayList<>();
    if (cql.startsWith("INSERT")) {
      String columns = cql.substring(cql.indexOf('(') + 1, cql.indexOf(')'));
      for (String column : columns.split(",", -1)) {
        found.add(variable(column.strip(), table));
      }
    }
    Matcher markers = MARKER.matcher(cql);
    while (markers.find()) {
      if (markers.group(1) == null) {
        found.add(variable(markers.group(2), table));
      } else if (markers.group(1).equals("TTL")) {
        found.add(new Variable("[ttl]", DataTypes.INT));
      } else {
        found.add(new Variable("[timestamp]", DataTypes.BIGINT));
      }
    }
    return found;
  }

  private static Variable variable(String column, TableSpec table) {
    return new Variable(column, Objects.requireNonNull(table.column(column)).type());
  }
}

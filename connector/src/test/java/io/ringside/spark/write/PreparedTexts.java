// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.detach.AttachmentPoint;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.internal.core.cql.DefaultColumnDefinitions;
import com.datastax.oss.driver.internal.core.cql.DefaultPreparedStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        ByteBuffer.wrap(cql.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
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
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bound statement whose values are one array of bytes. All else it takes from another statement,
 * which many share. Immutable.
 */
public final class EncodedStatement implements BoundStatement {
  private final BoundStatement settings;
  private final EncodedValues values;
  private final @Nullable ByteBuffer routingKey;

  private EncodedStatement(
      BoundStatement settings, EncodedValues values, @Nullable ByteBuffer routingKey) {
    this.settings = settings;
    this.values = values;
    this.routingKey = routingKey;
  }

  /**
   * A statement with the values of an array, which nobody may write to any more.
   *
   * @param settings of the same prepared statement, without values
   * @param values one for each marker, as a request has them: each after its length of four bytes,
   *     which is -1 for null and -2 for one that is not set
   * @param routingKey the bytes of the partition key
   */
  public static BoundStatement of(
      BoundStatement settings, byte[] values, @Nullable ByteBuffer routingKey) {
    return new EncodedStatement(settings, new EncodedValues(values, settings.size()), routingKey);
  }

  private BoundStatement with(BoundStatement newSettings) {
    return new EncodedStatement(newSettings, values, routingKey);
  }

  /** Views of the values. */
  @Override
  public List<ByteBuffer> getValues() {
    return values;
  }

  @Override
  public @Nullable ByteBuffer getBytesUnsafe(int i) {
    return values.get(i);
  }

  @Override
  public BoundStatement setBytesUnsafe(int i, @Nullable ByteBuffer value) {
    return new EncodedStatement(settings, values.with(i, value), routingKey);
  }

  @Override
  public @Nullable ByteBuffer getRoutingKey() {
    return routingKey;
  }

  @Override
  public BoundStatement setRoutingKey(@Nullable ByteBuffer key) {
    return new EncodedStatement(settings, values, key);
  }

  @Override
  public PreparedStatement getPreparedStatement() {
    return settings.getPreparedStatement();
  }

  @Override
  public int size() {
    return settings.size();
  }

  @Override
  public DataType getType(int i) {
    return settings.getType(i);
  }

  @Override
  public int firstIndexOf(CqlIdentifier id) {
    return settings.firstIndexOf(id);
  }

  @Override
  public int firstIndexOf(String name) {
    return settings.firstIndexOf(name);
  }

  @Override
  public List<Integer> allIndicesOf(CqlIdentifier id) {
    return settings.allIndicesOf(id);
  }

  @Override
  public List<Integer> allIndicesOf(String name) {
    return settings.allIndicesOf(name);
  }

  @Override
  public CodecRegistry codecRegistry() {
    return settings.codecRegistry();
  }

  @Override
  public ProtocolVersion protocolVersion() {
    return settings.protocolVersion();
  }

  @Override
  public @Nullable String getExecutionProfileName() {
    return settings.getExecutionProfileName();
  }

  @Override
  public @Nullable DriverExecutionProfile getExecutionProfile() {
    return settings.getExecutionProfile();
  }

  @Override
  public @Nullable CqlIdentifier getRoutingKeyspace() {
    return settings.getRoutingKeyspace();
  }

  @Override
  public @Nullable Token getRoutingToken() {
    return settings.getRoutingToken();
  }

  @Override
  public Map<String, ByteBuffer> getCustomPayload() {
    return settings.getCustomPayload();
  }

  @Override
  public @Nullable Boolean isIdempotent() {
    return settings.isIdempotent();
  }

  @Override
  public boolean isTracing() {
    return settings.isTracing();
  }

  @Override
  public long getQueryTimestamp() {
    return settings.getQueryTimestamp();
  }

  @Override
  public @Nullable Duration getTimeout() {
    return settings.getTimeout();
  }

  @Override
  public @Nullable ByteBuffer getPagingState() {
    return settings.getPagingState();
  }

  @Override
  public int getPageSize() {
    return settings.getPageSize();
  }

  @Override
  public @Nullable ConsistencyLevel getConsistencyLevel() {
    return settings.getConsistencyLevel();
  }

  @Override
  public @Nullable ConsistencyLevel getSerialConsistencyLevel() {
    return settings.getSerialConsistencyLevel();
  }

  @Override
  public int getNowInSeconds() {
    return settings.getNowInSeconds();
  }

  @Override
  public @Nullable Node getNode() {
    return settings.getNode();
  }

  @Override
  public BoundStatement setExecutionProfileName(@Nullable String name) {
    return with(settings.setExecutionProfileName(name));
  }

  @Override
  public BoundStatement setExecutionProfile(@Nullable DriverExecutionProfile profile) {
    return with(settings.setExecutionProfile(profile));
  }

  @Override
  public BoundStatement setRoutingKeyspace(@Nullable CqlIdentifier keyspace) {
    return with(settings.setRoutingKeyspace(keyspace));
  }

  @Override
  public BoundStatement setNode(@Nullable Node node) {
    return with(settings.setNode(node));
  }

  @Override
  public BoundStatement setRoutingToken(@Nullable Token token) {
    return with(settings.setRoutingToken(token));
  }

  @Override
  public BoundStatement setCustomPayload(Map<String, ByteBuffer> payload) {
    return with(settings.setCustomPayload(payload));
  }

  @Override
  public BoundStatement setIdempotent(@Nullable Boolean idempotent) {
    return with(settings.setIdempotent(idempotent));
  }

  @Override
  public BoundStatement setTracing(boolean tracing) {
    return with(settings.setTracing(tracing));
  }

  @Override
  public BoundStatement setQueryTimestamp(long micros) {
    return with(settings.setQueryTimestamp(micros));
  }

  @Override
  public BoundStatement setTimeout(@Nullable Duration timeout) {
    return with(settings.setTimeout(timeout));
  }

  @Override
  public BoundStatement setPagingState(@Nullable ByteBuffer state) {
    return with(settings.setPagingState(state));
  }

  @Override
  public BoundStatement setPageSize(int rows) {
    return with(settings.setPageSize(rows));
  }

  @Override
  public BoundStatement setConsistencyLevel(@Nullable ConsistencyLevel level) {
    return with(settings.setConsistencyLevel(level));
  }

  @Override
  public BoundStatement setSerialConsistencyLevel(@Nullable ConsistencyLevel level) {
    return with(settings.setSerialConsistencyLevel(level));
  }

  @Override
  public BoundStatement setNowInSeconds(int seconds) {
    return with(settings.setNowInSeconds(seconds));
  }
}

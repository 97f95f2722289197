// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.ringside.spark.Tables;
import io.ringside.spark.cluster.SizeReport;
import io.ringside.spark.config.ConnectorConfig;
import io.ringside.spark.cql.CqlValue;
import io.ringside.spark.cql.HiddenColumn;
import io.ringside.spark.cql.SelectQuery;
import io.ringside.spark.metric.SizeSource;
import io.ringside.spark.predicate.Access;
import io.ringside.spark.predicate.Pushdown;
import io.ringside.spark.read.plan.TableSizes;
import io.ringside.spark.ring.Partitioner;
import io.ringside.spark.ring.RangeEstimate;
import io.ringside.spark.ring.RingDensity;
import io.ringside.spark.ring.RingRange;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ScanStatisticsTest {
  private static final Partitioner PARTITIONER = Partitioner.MURMUR3;
  private static final TableSpec ROWS =
      Tables.of("ks.rows").key("id int").regular("v int", "t text").build();
  private static final TableSpec PARTITIONS =
      Tables.of("ks.partitions").key("id int").clustering("n int").regular("t text").build();

  private static ScanPlan plan(TableSpec table, ColumnSpec... columns) {
    ConnectorConfig config = ConnectorConfig.of(List.of(Map.of()), name -> name, warning -> {});
    return new ScanPlan(
        SelectQuery.of(table, List.of("id")),
        List.of(columns),
        new StructType(),
        0,
        config.connection(),
        config.read());
  }

  private static ColumnSpec[] columns(TableSpec table, String... names) {
    return List.of(names).stream().map(table::column).toArray(ColumnSpec[]::new);
  }

  /** A thousand partitions of 100 bytes. */
  private static TableSizes sizes(
      SizeSource source, SizeReport.Bound bound, Map<String, Double> cellBytes) {
    RangeEstimate whole = new RangeEstimate(PARTITIONER.fullRing(), 100_000, 1000);
    return new TableSizes(RingDensity.of(PARTITIONER, List.of(whole)), source, cellBytes, bound);
  }

  private static TableSizes measured() {
    return sizes(
        SizeSource.ESTIMATES, SizeReport.Bound.NEAR, Map.of("id", 8.0, "v", 8.0, "t", 84.0));
  }

  private static ScanStatistics ofRing(ScanPlan plan, TableSizes sizes) {
    return ScanStatistics.of(plan, Pushdown.NONE, List.of(PARTITIONER.fullRing()), sizes);
  }

  private static Pushdown keys(int count) {
    List<CqlValue> values =
        IntStream.range(0, count)
            .mapToObj(i -> new CqlValue(ByteBuffer.allocate(4).putInt(0, i)))
            .toList();
    return Pushdown.NONE.by(new Access.Keys(List.of(values), null));
  }

  @Test
  void tellsAllBytesOfAllColumns() {
    ScanStatistics told = ofRing(plan(ROWS, columns(ROWS, "id", "v", "t")), measured());
    assertThat(told.sizeInBytes()).hasValue(100_000);
    assertThat(told.numRows()).hasValue(1000);
  }

  @Test
  void tellsTheMeasuredPartOfOneColumn() {
    assertThat(ofRing(plan(ROWS, columns(ROWS, "t")), measured()).sizeInBytes()).hasValue(84_000);
  }

  @Test
  void tellsTheBytesOfHiddenColumns() {
    ColumnSpec token = ColumnSpec.of(HiddenColumn.TOKEN, DataTypes.BIGINT, ColumnKind.REGULAR);
    assertThat(ofRing(plan(ROWS, token), measured()).sizeInBytes()).hasValue(8_000);
  }

  @Test
  void tellsThePartOfTheRingThatIsRead() {
    RingRange quarter = PARTITIONER.fullRing().split(4).get(0);
    ScanStatistics told =
        ScanStatistics.of(
            plan(ROWS, columns(ROWS, "id", "v", "t")), Pushdown.NONE, List.of(quarter), measured());
    assertThat(told.sizeInBytes().orElseThrow()).isBetween(25_000L, 25_001L);
  }

  @Test
  void tellsNothingOfASampleThatMetLargerPartitions() {
    TableSizes lowest = sizes(SizeSource.SAMPLE, SizeReport.Bound.LOWEST, Map.of());
    ScanStatistics told = ofRing(plan(PARTITIONS, columns(PARTITIONS, "t")), lowest);
    assertThat(told.sizeInBytes()).isEqualTo(OptionalLong.empty());
    assertThat(told.numRows()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void tellsNothingOfATableOfUnknownSize() {
    TableSizes none = sizes(SizeSource.NONE, SizeReport.Bound.NEAR, Map.of());
    assertThat(ofRing(plan(ROWS, columns(ROWS, "t")), none).sizeInBytes())
        .isEqualTo(OptionalLong.empty());
  }

  @Test
  void tellsNoRowsWherePartitionsHaveMany() {
    assertThat(ofRing(plan(PARTITIONS, columns(PARTITIONS, "t")), measured()).numRows())
        .isEqualTo(OptionalLong.empty());
  }

  @Test
  void tellsTheRowsOfALookupWithoutSizes() {
    ScanStatistics told =
        ScanStatistics.of(plan(ROWS, columns(ROWS, "id", "v")), keys(3), List.of(), null);
    assertThat(told.numRows()).hasValue(3);
    assertThat(told.sizeInBytes()).hasValue(24);
  }

  @Test
  void tellsNothingOfPartitionsToLookUpWithoutSizes() {
    ScanStatistics told =
        ScanStatistics.of(plan(PARTITIONS, columns(PARTITIONS, "t")), keys(3), List.of(), null);
    assertThat(told.sizeInBytes()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void tellsThatNothingIsReadWhereNoRowCanMatch() {
    ScanStatistics told =
        ScanStatistics.of(
            plan(ROWS, columns(ROWS, "t")),
            Pushdown.NONE.by(new Access.Nothing()),
            List.of(),
            null);
    assertThat(told.sizeInBytes()).hasValue(0);
    assertThat(told.numRows()).hasValue(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringside.spark.Tables;
import io.ringside.spark.error.ConnectorThrowable;
import io.ringside.spark.metric.ReadTaskMetrics;
import io.ringside.spark.schema.TableSpec;
import io.ringside.spark.types.vector.EncodedRows;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PageReaderTest {
  private static final TableSpec TABLE = Tables.of("ks.t").key("id int").build();
  private static final ScanLimits LIMITS = new ScanLimits(1, 1 << 20, 1000, 0, false, true, null);

  private final AtomicBoolean released = new AtomicBoolean();
  private final ScriptedSource source = new ScriptedSource(3, 8);

  private PageReader reader() {
    TargetScan scan =
        new TargetScan(
            "ks.t",
            List.of(ScriptedSource.range(0, 3)),
            source,
            LIMITS,
            PageSizer.ofKnownRows(new PageBounds(1 << 20, 1 << 20, 1 << 20, 0, 0), 8),
            new ReadTaskMetrics(),
            null);
    return new PageReader(
        () -> released.set(true),
        scan,
        BatchVectors.of(TABLE, TABLE.columns(), StructType.fromDDL("id int")),
        new ReadTaskMetrics(),
        () -> {});
  }

  @Test
  void showsTheRowsOfAPageAndGivesBackTheSession() {
    PageReader reader = reader();
    assertThat(reader.next()).isTrue();
    assertThat(reader.get().numRows()).isEqualTo(3);
    assertThat(reader.get().column(0).getInt(2)).isEqualTo(3);
    assertThat(reader.next()).isFalse();
    reader.close();
    assertThat(released).isTrue();
  }

  @Test
  void namesTheTableWhoseRowsAreCutOff() {
    byte[] half = {0, 0, 0, 4, 0, 0, 0, 1, 0, 0};
    source.then(
        request ->
            CompletableFuture.completedFuture(
                new Answer(new EncodedRows(half, 0, 2, 1), half.length, null, true)));
    assertThatThrownBy(reader()::next)
        .isInstanceOf(ConnectorThrowable.class)
        .hasMessageStartingWith(
            "Cannot read ks.t: a page says that it has 2 rows of 1 cells, which do not end within"
                + " its 10 bytes.")
        .hasMessageContaining("[READ_FAILED]");
  }
}

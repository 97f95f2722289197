// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.Row;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.RowsEncoder;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerRowsTest {
  private static final ByteBuffer CELL = ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2);

  /** An object that answers one of its methods by name. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = answers.get(method.getName());
              return answer instanceof List<?> cells && arguments != null
                  ? cells.get((Integer) arguments[0])
                  : answer;
            }));
  }

  private static AsyncResultSet answer(
      Map<String, ByteBuffer> payload, @Nullable ByteBuffer... row) {
    ExecutionInfo info = answering(ExecutionInfo.class, Map.of("getIncomingPayload", payload));
    ColumnDefinitions columns = answering(ColumnDefinitions.class, Map.of("size", row.length));
    Row content = answering(Row.class, Map.of("getBytesUnsafe", Arrays.asList(row)));
    return answering(
        AsyncResultSet.class,
        Map.of(
            "getExecutionInfo", info,
            "getColumnDefinitions", columns,
            "currentPage", List.of(content)));
  }

  @Test
  void takesTheArrayThatCameWithTheAnswer() {
    EncodedRows kept = RowsEncoder.encode(CELL);
    assertThat(AnswerRows.of(answer(new PagePayload(Map.of(), kept)))).isSameAs(kept);
  }

  @Test
  void putsTheObjectsOfTheDriverIntoAnArray() {
    EncodedRows rows = AnswerRows.of(answer(Map.of(), CELL, null));
    assertThat(rows.count()).isOne();
    RowCursor row = new RowCursor(rows);
    assertThat(row.next()).isTrue();
    assertThat(row.cell(0)).isEqualTo(CELL);
    assertThat(row.cell(1)).isNull();
    assertThat(CELL.position()).isOne();
  }

  @Test
  void buildsSessionsThatKeepPagesUnlessToldOtherwise() {
    assertThat(AnswerRows.sessionBuilder()).isInstanceOf(PageSessionBuilder.class);
    System.setProperty(AnswerRows.DRIVER_DECODES, "true");
    try {
      assertThat(AnswerRows.sessionBuilder()).isNotInstanceOf(PageSessionBuilder.class);
    } finally {
      System.clearProperty(AnswerRows.DRIVER_DECODES);
    }
  }
}

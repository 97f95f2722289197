// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.session.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.response.result.Rows;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import com.datastax.oss.protocol.internal.response.result.SetKeyspace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ringside.spark.types.vector.EncodedRows;
import io.ringside.spark.types.vector.RowCursor;
import io.ringside.spark.types.vector.UnreadableRowsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that the library encodes, decoded by the library and by the connector's codec. */
class PageFrameCodecTest {
  private static final FrameCodec<ByteBuf> DRIVER = Frames.driver("none");
  private static final PageContext CONTEXT = Frames.context("none");

  private static Frame decode(ByteBuf encoded) {
    return CONTEXT.getFrameCodec().decode(encoded);
  }

  private static List<@Nullable ByteBuffer> row(@Nullable String... cells) {
    List<@Nullable ByteBuffer> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(cell == null ? null : ByteBuffer.wrap(cell.getBytes(StandardCharsets.UTF_8)));
    }
    return row;
  }

  private static Rows rows(int version) {
    return Frames.rows(Frames.described(version, 2), List.of(row("a", null), row("", "bc")));
  }

  private static EncodedRows page(Frame frame) {
    assertThat(frame.customPayload).isInstanceOf(PagePayload.class);
    return ((PagePayload) frame.customPayload).rows();
  }

  private static List<List<@Nullable ByteBuffer>> cells(EncodedRows page) {
    List<List<@Nullable ByteBuffer>> cells = new ArrayList<>();
    RowCursor cursor = new RowCursor(page);
    while (cursor.next()) {
      List<@Nullable ByteBuffer> row = new ArrayList<>();
      for (int c = 0; c < page.columns(); c++) {
        row.add(cursor.cell(c));
      }
      cells.add(row);
    }
    return cells;
  }

  private static void assertThatSame(Frame ours, Frame drivers) {
    assertThat(ours)
        .usingRecursiveComparison()
        .ignoringFields("message", "customPayload")
        .isEqualTo(drivers);
    assertThat(ours.customPayload).isEqualTo(drivers.customPayload);
    RowsMetadata metadata = ((Rows) ours.message).getMetadata();
    RowsMetadata expected = ((Rows) drivers.message).getMetadata();
    assertThat(metadata).hasSameClassAs(expected);
    assertThat(metadata).usingRecursiveComparison().isEqualTo(expected);
  }

  @Property(tries = 300)
  void decodesAsTheDriverDoes(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 9) int columns) {
    Random random = new Random(seed);
    List<List<@Nullable ByteBuffer>> content = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      ByteBuffer[] row = new ByteBuffer[columns];
      for (int c = 0; c < columns; c++) {
        int kind = random.nextInt(4);
        byte[] cell = new byte[kind == 1 ? 0 : random.nextInt(kind == 2 ? 300 : 20)];
        random.nextBytes(cell);
        row[c] = kind == 0 ? null : ByteBuffer.wrap(cell);
      }
      content.add(Arrays.asList(row));
    }
    int version = Frames.VERSIONS.get(random.nextInt(Frames.VERSIONS.size()));
    RowsMetadata metadata =
        random.nextBoolean() ? Frames.described(version, columns) : Frames.undescribed(columns);
    ByteBuf encoded = Frames.encoded(version, Frames.rows(metadata, content));
    Frame drivers = DRIVER.decode(encoded.duplicate());
    Frame ours = decode(encoded);
    assertThatSame(ours, drivers);
    assertThat(cells(page(ours))).isEqualTo(content);
    assertThat(((Rows) ours.message).getData()).hasSize(rows);
    assertThat(Frames.take(ours.message)).isEqualTo(Frames.take(drivers.message));
    assertThat(encoded.isReadable()).isFalse();
    assertThat(encoded.refCnt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "snappy"})
  void decodesWhatWasCompressed(String compression) {
    PageContext context = Frames.context(compression);
    for (int version : Frames.VERSIONS) {
      ByteBuf encoded = Frames.encoded(version, rows(version), context.getCompressor());
      Frame drivers = Frames.driver(compression).decode(encoded.duplicate());
      Frame ours = context.getFrameCodec().decode(encoded);
      assertThatSame(ours, drivers);
      assertThat(Frames.take(ours.message)).isEqualTo(Frames.take(drivers.message));
    }
  }

  @Test
  void takesOneFrameOfSeveral() {
    ByteBuf first = Frames.encoded(Frames.V5, rows(Frames.V5));
    ByteBuf second = Frames.encoded(Frames.V5, new SetKeyspace("ks"));
    ByteBuf third =
        Frames.encoded(Frames.V5, Frames.rows(Frames.undescribed(1), List.of(row("x"))));
    ByteBuf all = Unpooled.wrappedBuffer(first, second, third);
    assertThat(cells(page(decode(all)))).containsExactly(row("a", null), row("", "bc"));
    assertThat(decode(all).message).isInstanceOf(SetKeyspace.class);
    assertThat(cells(page(decode(all)))).containsExactly(row("x"));
    assertThat(all.isReadable()).isFalse();
    assertThat(all.refCnt()).isOne();
  }

  @Test
  void keepsPayloadWarningsAndTracing() {
    Frame frame = decode(Frames.encoded(Frames.V4, rows(Frames.V4)));
    assertThat(frame.customPayload.get("key")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(frame.warnings).containsExactly("a warning");
    assertThat(frame.tracingId).isNotNull();
    assertThat(frame.streamId).isEqualTo(7);
  }

  @Test
  void keepsPagingStateAndMetadataId() {
    RowsMetadata metadata =
        ((Rows) decode(Frames.encoded(Frames.V5, rows(Frames.V5))).message).getMetadata();
    assertThat(metadata.pagingState).isEqualTo(ByteBuffer.wrap(new byte[] {9, 8, 7}));
    assertThat(metadata.newResultMetadataId).containsExactly(5, 5);
    assertThat(metadata.columnSpecs).hasSize(2);
  }

  @Test
  void keepsAnEmptyAnswer() {
    Frame frame = decode(Frames.encoded(Frames.V4, Frames.rows(Frames.undescribed(2), List.of())));
    assertThat(page(frame).count()).isZero();
    assertThat(Frames.take(frame.message)).isEmpty();
  }

  @Test
  void leavesOtherAnswersToTheLibrary() {
    Frame frame = decode(Frames.encoded(Frames.V4, new SetKeyspace("ks")));
    assertThat(((SetKeyspace) frame.message).keyspace).isEqualTo("ks");
    assertThat(frame.customPayload).isNotInstanceOf(PagePayload.class);
  }

  @Test
  void givesRowsAsTheDriversQueueDoes() {
    Rows rows = (Rows) decode(Frames.encoded(Frames.V4, rows(Frames.V4))).message;
    assertThat(rows.getData().peek()).isEqualTo(row("a", null));
    assertThat(rows.getData()).hasSize(2).containsExactly(row("a", null), row("", "bc"));
    assertThat(rows.getData().poll()).isEqualTo(row("a", null));
    assertThat(rows.getData()).containsExactly(row("", "bc"));
    assertThat(rows.getData().remove()).isEqualTo(row("", "bc"));
    assertThat(rows.getData().poll()).isNull();
    assertThat(rows).hasToString("ROWS(0 x 2 columns)");
  }

  @Test
  void givesBuffersThatBeginAtZero() {
    Rows rows = (Rows) decode(Frames.encoded(Frames.V4, rows(Frames.V4))).message;
    ByteBuffer cell = Objects.requireNonNull(rows.getData().remove().get(0));
    assertThat(cell.position()).isZero();
    assertThat(cell.limit()).isEqualTo(cell.capacity()).isOne();
  }

  /** The frame's header tells the shorter length, so that the answer itself is cut off. */
  private static ByteBuf cutOff(int bytes) {
    ByteBuf encoded =
        Frames.encoded(
            Frames.V4, Frames.rows(Frames.undescribed(2), List.of(row("abc", "defghi"))));
    encoded.writerIndex(encoded.writerIndex() - bytes);
    return encoded.setInt(5, encoded.readableBytes() - FrameCodec.V3_ENCODED_HEADER_SIZE);
  }

  @Test
  void refusesRowsThatAreCutOffWhenTheyAreTaken() {
    for (int bytes = 1; bytes <= 9; bytes++) {
      Frame frame = decode(cutOff(bytes));
      assertThatThrownBy(() -> Frames.take(frame.message))
          .as("cut off by " + bytes)
          .isInstanceOf(UnreadableRowsException.class)
          .hasMessageContaining(
              "a page says that it has 1 rows of 2 cells, which do not end within");
    }
  }

  @Test
  void refusesMoreRowsThanThereIsRoomFor() {
    assertThatThrownBy(() -> decode(cutOff(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rows of 2 cells do not fit into its last 7 bytes");
  }

  @Test
  void refusesAFrameThatIsNotWhole() {
    ByteBuf encoded = Frames.encoded(Frames.V4, rows(Frames.V4));
    encoded.writerIndex(encoded.writerIndex() - 1);
    assertThatThrownBy(() -> decode(encoded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes where its header says");
  }

  @Test
  void isUsedWithThisDriver() {
    assertThat(CONTEXT.getFrameCodec()).isInstanceOf(PageFrameCodec.class);
    assertThat(CONTEXT.keepsPages()).isTrue();
  }

  @Test
  void isNotUsedWhereItDoesNotFit() {
    PageFrameCodec<ByteBuf> codec = new PageFrameCodec<>(Frames.BUFFERS, CONTEXT.getCompressor());
    assertThat(FrameProbe.passes(codec, Frames.BUFFERS)).isTrue();
    codec.versions().remove(Frames.V5);
    assertThat(FrameProbe.passes(codec, Frames.BUFFERS)).isFalse();
  }
}

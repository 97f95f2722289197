// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import io.ringside.spark.types.vector.EncodedRows;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One page as it arrived.
 *
 * @param rows perhaps none: a filter or tombstones may have left none, and yet there may be a
 *     further page
 * @param bytes of the response frame, uncompressed
 * @param pagingState where the next page starts, or null after the last one
 * @param fromOwner whether the node that answered owns the rows
 */
public record Answer(
    EncodedRows rows, long bytes, @Nullable ByteBuffer pagingState, boolean fromOwner) {}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.read.fetch;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One page as it arrived.
 *
 * @param rows to be iterated once
 * @param count number of rows, 0 or more: a filter or tombstones may leave none, and yet there may
 *     be a further page
 * @param bytes of the response frame, uncompressed
 * @param pagingState where the next page starts, or null after the last one
 * @param fromOwner whether the node that answered owns the rows
 */
public record Answer(
    Iterable<Row> rows,
    int count,
    long bytes,
    @Nullable ByteBuffer pagingState,
    boolean fromOwner) {}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;

/**
 * A statement that changes a row, on its way to the table.
 *
 * @param partition the bytes of its partition key
 * @param bytes of its values
 */
record Mutation(BoundStatement statement, ByteBuffer partition, int bytes) {}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.write.timed;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column's value in a row, with its times.
 *
 * @param cell position of its cell in the plan
 * @param parts the whole of it, or its elements or fields
 * @param times of the parts
 */
record TimedValue(int cell, List<@Nullable ByteBuffer> parts, List<CellTimeReader.Given> times) {}

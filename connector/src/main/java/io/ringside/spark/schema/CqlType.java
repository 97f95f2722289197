// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.schema;

import com.datastax.oss.driver.api.core.type.DataType;
import java.io.Serializable;

/**
 * A driver data type on its way to executors.
 *
 * <p>A holder of its own because the driver's vector type is not {@link Serializable} (4.19.3).
 */
public record CqlType(DataType type) implements Serializable {}

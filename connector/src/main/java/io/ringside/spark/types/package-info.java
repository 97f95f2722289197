// SPDX-License-Identifier: Apache-2.0
/**
 * CQL types to Spark types and back: cell views and cell encoders. No session, no options of a job;
 * may import error, config, schema.
 */
@NullMarked
package io.ringside.spark.types;

import org.jspecify.annotations.NullMarked;

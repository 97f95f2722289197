// SPDX-License-Identifier: Apache-2.0
/** Starts a real Kafka broker from its Maven artifact, for the examples. */
@NullMarked
package io.ringside.spark.it.kafka;

import org.jspecify.annotations.NullMarked;

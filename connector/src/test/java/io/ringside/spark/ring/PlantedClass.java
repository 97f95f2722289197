// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import io.ringside.spark.error.ErrorCode;
import io.ringside.spark.read.CassandraScanBuilder;

/** Breaks rules of the architecture, so that a test can show that they are checked. */
public record PlantedClass(ErrorCode below, CassandraScanBuilder above, PlantedPartner partner) {}

// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.ring;

import org.jspecify.annotations.Nullable;

/** Depends on the class that depends on it. */
public record PlantedPartner(@Nullable PlantedClass partner) {}

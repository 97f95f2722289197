// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types;

import io.ringside.spark.types.encode.CellEncoder;

/** Breaks the rule that a package does not depend on those inside of it. */
public record PlantedEncoderUser(CellEncoder above) {}

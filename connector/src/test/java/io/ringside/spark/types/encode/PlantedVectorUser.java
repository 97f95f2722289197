// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.types.encode;

import io.ringside.spark.types.vector.RowsEncoder;

/** Breaks a rule between packages inside of one package. */
public record PlantedVectorUser(RowsEncoder beside) {}

// SPDX-License-Identifier: Apache-2.0
/** Pure token arithmetic: ranges, splitting, grouping by replica. JDK only; may import error. */
@NullMarked
package io.ringside.spark.ring;

import org.jspecify.annotations.NullMarked;

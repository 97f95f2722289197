// SPDX-License-Identifier: Apache-2.0
/** Encrypted connections, log-in, permissions and secrets. */
@NullMarked
package io.ringside.spark.it.secure;

import org.jspecify.annotations.NullMarked;

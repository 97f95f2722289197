// SPDX-License-Identifier: Apache-2.0
/**
 * The only package that opens sessions: leases, the Java driver's configuration, TLS. May import
 * everything below it.
 */
@NullMarked
package io.ringside.spark.session;

import org.jspecify.annotations.NullMarked;

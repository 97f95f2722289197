// SPDX-License-Identifier: Apache-2.0
/**
 * The only package that opens sessions: leases, cluster metadata, the retry ladder. May import
 * everything below it.
 */
@NullMarked
package io.ringside.spark.session;

import org.jspecify.annotations.NullMarked;

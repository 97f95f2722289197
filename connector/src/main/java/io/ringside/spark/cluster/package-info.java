// SPDX-License-Identifier: Apache-2.0
/**
 * What a session knows of its cluster: schema, token ring, sizes, owners of tokens; and changes of
 * its schema. May import everything below it.
 */
@NullMarked
package io.ringside.spark.cluster;

import org.jspecify.annotations.NullMarked;

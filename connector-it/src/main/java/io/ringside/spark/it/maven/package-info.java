// SPDX-License-Identifier: Apache-2.0
/** Maven's own resolver, for what is chosen at run time: server versions and Spark versions. */
@NullMarked
package io.ringside.spark.it.maven;

import org.jspecify.annotations.NullMarked;

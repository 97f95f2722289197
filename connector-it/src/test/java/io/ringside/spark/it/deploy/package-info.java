// SPDX-License-Identifier: Apache-2.0
/** The connector's jar in clusters, servers and class loaders, as users deploy it. */
@NullMarked
package io.ringside.spark.it.deploy;

import org.jspecify.annotations.NullMarked;

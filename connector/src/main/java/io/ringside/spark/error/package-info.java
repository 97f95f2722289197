// SPDX-License-Identifier: Apache-2.0
/**
 * The connector's one exception, its codes, and the texts of its errors. Imports no other package
 * of the connector.
 */
@NullMarked
package io.ringside.spark.error;

import org.jspecify.annotations.NullMarked;

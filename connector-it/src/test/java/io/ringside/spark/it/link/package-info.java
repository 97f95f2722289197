// SPDX-License-Identifier: Apache-2.0
/** Whether the one jar links to every Spark that it supports. */
@NullMarked
package io.ringside.spark.it.link;

import org.jspecify.annotations.NullMarked;

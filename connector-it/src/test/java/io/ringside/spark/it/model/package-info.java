// SPDX-License-Identifier: Apache-2.0
/** Random statements that change rows, beside a model of the table in plain Java. */
@NullMarked
package io.ringside.spark.it.model;

import org.jspecify.annotations.NullMarked;

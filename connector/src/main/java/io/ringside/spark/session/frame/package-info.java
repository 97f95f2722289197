// SPDX-License-Identifier: Apache-2.0
/**
 * How the rows of an answer come out of the Java driver: as one array of bytes for each page, where
 * the driver lets its decoder be replaced; and how the values of a statement go into it, alike. The
 * only package that extends the driver's own context and the codecs of the native protocol.
 */
@NullMarked
package io.ringside.spark.session.frame;

import org.jspecify.annotations.NullMarked;

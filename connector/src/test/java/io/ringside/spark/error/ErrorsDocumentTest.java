// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.error;

import io.ringside.spark.GeneratedDocument;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/errors.md} equal to the codes; {@code -Dupdate-docs} writes it. */
class ErrorsDocumentTest {
  @Test
  void documentHoldsTheCodes() throws IOException {
    GeneratedDocument.check("errors.md", document());
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Errors

            Written from the error codes by `mvn -pl connector test -Dtest=ErrorsDocumentTest -Dupdate-docs`; do not edit.

            Each of the connector's own errors has a message that says what could not be done, why, and what to do, and ends with a code:

            ```
            Cannot write column 'at': Spark type bigint does not fit CQL type timestamp without loss. Make a timestamp of it by timestamp_seconds, timestamp_millis or timestamp_micros. [INVALID_SCHEMA]
            ```

            Codes keep their names and meanings across releases. A program asks an exception of the type `ConnectorThrowable` for its `code()`, or finds
            it in brackets at the end of the message where the exception comes wrapped by Spark. Messages never hold a secret. The exception of a code
            also is one of the JDK's own, so that PySpark shows those of the driver in one line, as its `IllegalArgumentException` or
            `UnsupportedOperationException`.

            | code | what went wrong | thrown on | exception | what to do |
            |---|---|---|---|---|
            """);
    for (ErrorCode code : ErrorCode.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s | `%s` | %s |%n",
              code,
              code.meaning(),
              code.place(),
              ConnectorExceptions.of(code, "").getClass().getSuperclass().getSimpleName(),
              code.advice()));
    }
    return text.append(
            """

            An error of an option, a schema or a statement comes on the driver, before any task starts and before anything is written. A truncation or the end of a job can also fail on the driver, later. An error thrown in a task fails the task; Spark
            repeats it, by default three times, and then fails the job.

            Where Spark has an exception of its own, the catalog throws that one, as other catalogs do: a table or namespace that is missing or exists
            already, a function that is missing, a transform or a change of a table that Cassandra does not have.
            """)
        .toString();
  }
}

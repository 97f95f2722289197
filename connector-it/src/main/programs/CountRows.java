// SPDX-License-Identifier: Apache-2.0
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a table row by row and prints {@code ROWS <count>}. Arguments: options, {@code name=value}
 * each.
 */
public final class CountRows {
  private CountRows() {}

  public static void main(String[] args) {
    Map<String, String> options =
        Arrays.stream(args)
            .map(arg -> arg.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    SparkSession spark = SparkSession.builder().appName("count").getOrCreate();
    try {
      System.out.println(
          "ROWS "
              + spark.read().format("cassandra").options(options).load().collectAsList().size());
    } finally {
      spark.stop();
    }
  }
}

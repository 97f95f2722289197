// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.it.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.ringside.spark.CassandraSource;
import io.ringside.spark.it.Needs;
import io.ringside.spark.it.Spark;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-in and permissions on a node with PasswordAuthenticator and CassandraAuthorizer. */
class AuthIT {
  @TempDir static Path directory;

  @BeforeAll
  static void makeRoles() {
    Secured.makeTable();
    try (CqlSession admin = Secured.admin()) {
      for (String role : List.of("nobody", "reader", "plugin", "home")) {
        admin.execute("DROP ROLE IF EXISTS " + role);
        String password = role.equals("home") ? System.getenv("HOME") : role;
        admin.execute(
            "CREATE ROLE %s WITH PASSWORD = '%s' AND LOGIN = true".formatted(role, password));
      }
      for (String role : List.of("reader", "plugin", "home")) {
        admin.execute("GRANT SELECT ON KEYSPACE " + Secured.KS + " TO " + role);
      }
    }
  }

  private static Map<String, String> as(String username, String passwordKey, String password) {
    Map<String, String> options = new HashMap<>(Secured.plainOptions());
    options.put("username", username);
    options.remove("password");
    options.put(passwordKey, password);
    return options;
  }

  private static Map<String, String> byPlugin(String className) throws IOException {
    Map<String, String> options = new HashMap<>(Secured.plainOptions());
    options.remove("username");
    options.remove("password");
    options.put("auth-provider", className);
    Path config = directory.resolve("driver.conf");
    Files.writeString(config, "datastax-java-driver.advanced.auth-provider.plugin-user = plugin");
    options.put("driver-config", config.toString());
    return options;
  }

  @Test
  void logsInWithAPasswordOfAnOptionAFileOrTheEnvironment() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "reader\n");
    assertThat(Secured.table(as("reader", "password", "reader")).count()).isEqualTo(3);
    assertThat(Secured.table(as("reader", "password.file", file.toString())).count()).isEqualTo(3);
    assertThat(Secured.table(as("home", "password.env", "HOME")).count()).isEqualTo(3);
  }

  @Test
  void tellsThatALogInFailedButNotThePassword() {
    assertThatThrownBy(() -> Secured.table(as("reader", "password", "canary")).count())
        .hasMessageContaining("Cannot connect to Cassandra at [127.0.0.1:")
        .hasMessageContaining("username reader and/or password are incorrect")
        .hasMessageNotContaining("canary");
    Map<String, String> none = new HashMap<>(Secured.plainOptions());
    none.remove("username");
    none.remove("password");
    assertThatThrownBy(() -> Secured.table(none).count())
        .hasMessageContaining("Cannot connect to Cassandra at [127.0.0.1:")
        .hasMessageContaining("requires authentication");
  }

  private static void assertRefused(ThrowingCallable query, String message) {
    assertThatThrownBy(query)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message + " [NO_PERMISSION]");
  }

  @Test
  void namesThePermissionThatIsMissingBeforeAnyTask() {
    Map<String, String> nobody = as("nobody", "password", "nobody");
    Map<String, String> reader = as("reader", "password", "reader");
    String noSelect =
        "Cannot read secured.t: User nobody has no SELECT permission on <table secured.t> or any"
            + " of its parents. Run GRANT SELECT ON secured.t TO nobody; as a user who may grant"
            + " it.";
    assertRefused(() -> Secured.table(nobody).collectAsList(), noSelect);
    assertRefused(() -> Secured.table(nobody).where("id = 1").collectAsList(), noSelect);
    assertRefused(() -> Secured.table(nobody).count(), noSelect);
    String noModify =
        "Cannot write to secured.t: User reader has no MODIFY permission on <table secured.t> or"
            + " any of its parents. Run GRANT MODIFY ON secured.t TO reader; as a user who may"
            + " grant it.";
    assertRefused(() -> append(reader), noModify);
    reader.put("write.operation", "delete");
    assertRefused(() -> append(reader, "cast(id AS int) AS id"), noModify);
    try (CqlSession admin = Secured.admin()) {
      assertThat(admin.execute("SELECT * FROM secured.t").all()).hasSize(3);
      admin.execute("GRANT SELECT ON secured.t TO nobody");
      assertThat(Secured.table(nobody).count()).isEqualTo(3);
      admin.execute("REVOKE SELECT ON secured.t FROM nobody");
    }
  }

  @Test
  @Needs(spark = "4.0", reason = "Spark has no procedures before 4.0")
  void makesRolesByAProcedure() {
    String prefix = "spark.sql.catalog.roles";
    Spark.SESSION.conf().set(prefix, "io.ringside.spark.spark4.CassandraProcedureCatalog");
    Map.of(
            "contact-points",
            Secured.CLUSTER.contactPoint(),
            "username",
            Secured.ADMIN,
            "password",
            Secured.ADMIN,
            "catalog.allow-cql",
            "true",
            "catalog.allow-drop",
            "true")
        .forEach((option, value) -> Spark.SESSION.conf().set(prefix + '.' + option, value));
    cql("DROP ROLE IF EXISTS app");
    cql("CREATE ROLE app WITH PASSWORD = 'can4ry' AND LOGIN = true");
    cql("GRANT SELECT ON KEYSPACE secured TO app");
    assertThat(Secured.table(as("app", "password", "can4ry")).count()).isEqualTo(3);
    assertThatThrownBy(() -> cql("CREATE ROLE app WITH PASSWORD = 'can4ry'"))
        .hasStackTraceContaining("Cannot run CQL statement CREATE ROLE: InvalidQueryException")
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("can4ry"));
    List<Row> permissions = cql("LIST ALL PERMISSIONS OF app");
    assertThat(permissions)
        .singleElement()
        .asString()
        .contains("app", "<keyspace secured>", "SELECT");
    cql("DROP ROLE app");
    assertThat(cql("LIST ROLES").toString()).contains("[reader,").doesNotContain("[app,");
  }

  private static List<Row> cql(String statement) {
    return Spark.SESSION
        .sql("CALL roles.system.cql(statement => \"" + statement + "\")")
        .collectAsList();
  }

  private static void append(Map<String, String> options) {
    append(options, "cast(id AS int) AS id", "'y' AS v");
  }

  private static void append(Map<String, String> options, String... columns) {
    DataFrameWriter<Row> writer =
        Spark.SESSION
            .range(100, 110)
            .selectExpr(columns)
            .write()
            .format("cassandra")
            .mode("append");
    options.forEach(writer::option);
    writer.save();
  }

  @Test
  void tellsThatPluginsNeedTheThinJar() throws IOException {
    Map<String, String> options = byPlugin(PluginAuthProvider.class.getName());
    assertThatThrownBy(() -> Secured.table(options).count())
        .hasMessageContaining(
            "Cannot log in with option 'auth-provider' = '%s': it does not implement io.ringside.shaded."
                .formatted(PluginAuthProvider.class.getName()))
        .hasMessageContaining("thin jar");
    assertThatThrownBy(() -> Secured.table(byPlugin("no.such.Provider")).count())
        .hasMessageContaining("there is no class of this name");
  }

  @Test
  void logsInByAPluginWithTheThinJar() throws IOException, InterruptedException {
    Path output = directory.resolve("thin.log");
    List<String> args = new ArrayList<>();
    byPlugin(PluginAuthProvider.class.getName())
        .forEach((key, value) -> args.add(key + '=' + value));
    int exit = ChildJvm.run(CountJob.class, thinClassPath(), output, args);
    assertThat(Files.readString(output)).contains("ROWS 3");
    assertThat(exit).isZero();
  }

  /** The tests' own class path has the driver under its own name already. */
  private static String thinClassPath() {
    Path jar = connector();
    String thin = jar.toString().replaceFirst("\\.jar$", "-thin.jar");
    assertThat(Path.of(thin)).exists();
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).equals(jar) ? thin : entry)
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(classPath).contains(thin);
    return classPath;
  }

  private static Path connector() {
    try {
      return Path.of(
          CassandraSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

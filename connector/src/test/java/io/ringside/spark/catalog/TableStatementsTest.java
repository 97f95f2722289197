// SPDX-License-Identifier: Apache-2.0
package io.ringside.spark.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import io.ringside.spark.config.Permission;
import io.ringside.spark.schema.ColumnKind;
import io.ringside.spark.schema.ColumnSpec;
import io.ringside.spark.schema.TableKind;
import io.ringside.spark.schema.TableSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From Spark's columns, properties and changes to CQL. */
class TableStatementsTest {
  private static final UserDefinedType ADDRESS =
      new UserDefinedTypeBuilder("shop", "address")
          .withField("street", DataTypes.TEXT)
          .withField("zip", DataTypes.INT)
          .build();

  private static final TableSpec TABLE =
      new TableSpec(
          "shop",
          "orders",
          null,
          TableKind.TABLE,
          List.of(
              ColumnSpec.of("id", DataTypes.UUID, ColumnKind.PARTITION_KEY),
              ColumnSpec.of("line", DataTypes.INT, ColumnKind.CLUSTERING),
              ColumnSpec.of("price", DataTypes.DECIMAL, ColumnKind.REGULAR),
              ColumnSpec.of("note", DataTypes.TEXT, ColumnKind.REGULAR)));

  private static @Nullable UserDefinedType userType(CqlIdentifier name) {
    return name.asInternal().equals("address") ? ADDRESS : null;
  }

  private static Column column(String name, String type) {
    return column(name, type, null);
  }

  private static Column column(String name, String type, @Nullable String comment) {
    return Column.create(name, DataType.fromDDL(type), true, comment, null);
  }

  private static String create(
      List<Column> columns, List<Transform> partitions, Map<String, String> properties) {
    return create(new TableDeclaration(columns, partitions, properties, List.of(), List.of()));
  }

  private static String create(TableDeclaration table) {
    return CreateTable.cql(
        Identifier.of(new String[] {"shop"}, "orders"), table, TableStatementsTest::userType);
  }

  private static @Nullable String alter(TableChange... changes) {
    return AlterTable.cql(
        TABLE, List.of(changes), TableStatementsTest::userType, DropProtection.OFF);
  }

  private static TableDeclaration keyed(
      List<String> partitionedBy, Map<String, String> properties, String... primaryKey) {
    return new TableDeclaration(
        List.of(column("a", "INT"), column("b", "INT"), column("c", "INT"), column("d", "INT")),
        partitionedBy.stream().<Transform>map(Expressions::identity).toList(),
        properties,
        List.of(primaryKey),
        List.of());
  }

  @Test
  void takesTheKeyFromAPrimaryKey() {
    String columns = "CREATE TABLE shop.orders (a int, b int, c int, d int, ";
    assertThat(create(keyed(List.of(), Map.of(), "b"))).isEqualTo(columns + "PRIMARY KEY ((b)))");
    assertThat(create(keyed(List.of(), Map.of(), "b", "a")))
        .startsWith(columns + "PRIMARY KEY ((b), a)) WITH CLUSTERING ORDER BY (a ASC)");
    assertThat(create(keyed(List.of("c", "a"), Map.of(), "a", "d", "c", "b")))
        .startsWith(columns + "PRIMARY KEY ((c, a), d, b))");
    assertThat(create(keyed(List.of(), Map.of("clustering_key", "c DESC, b"), "a", "c", "b")))
        .startsWith(columns + "PRIMARY KEY ((a), c, b))")
        .endsWith("CLUSTERING ORDER BY (c DESC, b ASC)");
  }

  @Test
  void refusesContradictionsOfAPrimaryKeyAllAtOnce() {
    assertThatThrownBy(
            () -> create(keyed(List.of("d"), Map.of("clustering_key", "c, b"), "a", "b", "x")))
        .hasMessageContaining("PARTITIONED BY names 'd' but PRIMARY KEY names [a, b, x]")
        .hasMessageContaining(
            "PRIMARY KEY leaves [a, b, x] for the clustering key but clustering_key or CLUSTERED BY"
                + " names [c, b]");
    assertThatThrownBy(() -> create(keyed(List.of(), Map.of(), "a", "x", "a")))
        .hasMessageContaining("the primary key names 'x' but the columns are [a, b, c, d]")
        .hasMessageContaining("the primary key names 'a' twice");
    TableDeclaration checked =
        new TableDeclaration(
            List.of(column("a", "INT")),
            List.of(),
            Map.of(),
            List.of(),
            List.of("CONSTRAINT k CHECK (a > 0)", "CONSTRAINT u UNIQUE (a)"));
    assertThatThrownBy(() -> create(checked))
        .hasMessageContaining("it has no partition key")
        .hasMessageContaining("Cassandra has no constraint 'CONSTRAINT k CHECK (a > 0)'")
        .hasMessageContaining("Cassandra has no constraint 'CONSTRAINT u UNIQUE (a)'");
  }

  @Test
  void makesATable() {
    assertThat(
            create(
                List.of(
                    column("note", "STRING"),
                    column("id", "STRING", "cql: uuid"),
                    column("Day", "DATE"),
                    column("line", "INT"),
                    column("tags", "ARRAY<STRING>"),
                    column("home", "STRUCT<street: STRING, zip: INT>"),
                    column("owner", "STRING"),
                    column("embedding", "ARRAY<FLOAT>", "CQL: vector<float, 3>")),
                List.of(Expressions.identity("id"), Expressions.identity("Day")),
                Map.of(
                    "clustering_key", "line desc",
                    "cql.type.tags", "set<text>",
                    "cql.type.home", "address",
                    "cql.type.owner", "static",
                    "gc_grace_seconds", "60",
                    "comment", "it's",
                    "provider", "cassandra",
                    "compaction", "{class=LeveledCompactionStrategy}")))
        .isEqualTo(
            "CREATE TABLE shop.orders (note text, id uuid, \"Day\" date, line int, tags set<text>,"
                + " home address, owner text STATIC, embedding vector<float, 3>,"
                + " PRIMARY KEY ((id, \"Day\"), line))"
                + " WITH CLUSTERING ORDER BY (line DESC)"
                + " AND comment = 'it''s'"
                + " AND compaction = {'class': 'LeveledCompactionStrategy'}"
                + " AND gc_grace_seconds = 60");
  }

  @Test
  void freezesDefaultsInKeys() {
    assertThat(
            create(
                List.of(column("k", "ARRAY<INT>"), column("v", "MAP<STRING, ARRAY<INT>>")),
                List.of(Expressions.identity("k")),
                Map.of()))
        .isEqualTo(
            "CREATE TABLE shop.orders (k frozen<list<int>>, v map<text, frozen<list<int>>>,"
                + " PRIMARY KEY ((k)))");
  }

  @Test
  void takesBucketsForClusteringColumns() {
    assertThat(
            create(
                List.of(column("k", "INT"), column("a", "INT"), column("b", "INT")),
                List.of(Expressions.identity("k"), Expressions.bucket(1, "b", "a")),
                Map.of()))
        .endsWith("PRIMARY KEY ((k), b, a)) WITH CLUSTERING ORDER BY (b ASC, a ASC)");
    assertThatThrownBy(
            () ->
                create(
                    List.of(column("k", "INT"), column("a", "INT")),
                    List.of(Expressions.identity("k"), Expressions.bucket(8, "a")),
                    Map.of()))
        .hasMessageContaining("INTO 1 BUCKETS");
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                create(
                    List.of(
                        column("id", "STRING", "cql: uid"),
                        column("at", "VOID"),
                        column("name", "VARCHAR(20)"),
                        column("home", "STRUCT<street: STRING>"),
                        column("tags", "ARRAY<INT>", "cql: set<text>"),
                        column("key", "STRING", "cql: duration"),
                        column("n", "BIGINT", "cql: counter"),
                        column("s", "INT", "cql: static"),
                        Column.create("v", org.apache.spark.sql.types.DataTypes.LongType, false)),
                    List.of(Expressions.identity("key"), Expressions.years("at")),
                    Map.of(
                        "clustering_key", "nowhere",
                        "gc_grace_secnods", "1",
                        "default_time_to_live", "long",
                        "cql.type.lost", "int",
                        "provider", "parquet",
                        "location", "/tmp")))
        .hasMessageStartingWith("Cannot create table shop.orders: ")
        .hasMessageContaining("'uid' is neither a CQL type nor a user-defined type")
        .hasMessageContaining("column 'at': Spark type VOID has no counterpart in CQL")
        .hasMessageContaining(
            "column 'name': Cassandra keeps no length of VARCHAR(20); declare it as STRING; column")
        .hasMessageContaining("column 'home': a struct may become a tuple or a user-defined type")
        .hasMessageContaining("CQL type set<text> is ARRAY<STRING> in Spark, not ARRAY<INT>")
        .hasMessageContaining(
            "column 'key' is part of the primary key, which cannot hold a DURATION")
        .hasMessageContaining("columns [n] are counters and [s, v] are not")
        .hasMessageContaining("column 'v' is NOT NULL")
        .hasMessageContaining("partitioning 'years(at)' has no counterpart")
        .hasMessageContaining("the primary key names 'nowhere'")
        .hasMessageContaining(
            "'gc_grace_secnods' is not a table property; did you mean 'gc_grace_seconds'")
        .hasMessageContaining("'default_time_to_live': 'long' is not a number")
        .hasMessageContaining("'cql.type.lost' is of no column")
        .hasMessageContaining("USING parquet makes no Cassandra table")
        .hasMessageContaining("no LOCATION")
        .hasMessageEndingWith("Nothing was sent. [INVALID_SCHEMA]");
  }

  @Test
  void neverMakesATableWithoutAKey() {
    assertThatThrownBy(() -> create(List.of(column("id", "INT")), List.of(), Map.of()))
        .hasMessageContaining("it has no partition key; add PARTITIONED BY");
    assertThatThrownBy(
            () ->
                create(
                    List.of(column("id", "INT"), column("s", "INT", "cql: int static")),
                    List.of(Expressions.identity("id")),
                    Map.of()))
        .hasMessageContaining("column 's' is static")
        .hasMessageContaining("add the table property clustering_key");
  }

  @Test
  void describesColumnsSoThatTheyCanBeMadeAgain() {
    TableSpec table =
        new TableSpec(
            "shop",
            "t",
            null,
            TableKind.TABLE,
            List.of(
                ColumnSpec.of("k", DataTypes.frozenListOf(DataTypes.INT), ColumnKind.PARTITION_KEY),
                ColumnSpec.of("u", DataTypes.TIMEUUID, ColumnKind.CLUSTERING),
                ColumnSpec.of("s", DataTypes.TEXT, ColumnKind.STATIC),
                ColumnSpec.of("f", DataTypes.frozenSetOf(DataTypes.INT), ColumnKind.STATIC),
                ColumnSpec.of("plain", DataTypes.listOf(DataTypes.INT), ColumnKind.REGULAR),
                ColumnSpec.of("home", ADDRESS.copy(true), ColumnKind.REGULAR),
                ColumnSpec.of("d", DataTypes.DECIMAL, ColumnKind.REGULAR)));
    assertThat(
            List.of(TableSchema.of(table, io.ringside.spark.types.DecimalTypes.defaults()).fields())
                .stream()
                .map(field -> field.getComment().isDefined() ? field.getComment().get() : "-"))
        .containsExactly(
            "-",
            "cql: timeuuid",
            "cql: static",
            "cql: frozen<set<int>> static",
            "-",
            "cql: frozen<address>",
            "-");
  }

  @Test
  void altersInOneStatement() {
    assertThat(
            alter(
                TableChange.addColumn(new String[] {"A"}, DataType.fromDDL("INT")),
                TableChange.addColumn(
                    new String[] {"b"}, DataType.fromDDL("ARRAY<STRING>"), true, "cql: set<text>")))
        .isEqualTo("ALTER TABLE shop.orders ADD (\"A\" int, b set<text>)");
    assertThat(alter(TableChange.deleteColumn(new String[] {"note"}, false)))
        .isEqualTo("ALTER TABLE shop.orders DROP (note)");
    assertThat(alter(TableChange.deleteColumn(new String[] {"nothing"}, true))).isNull();
    assertThat(alter(TableChange.renameColumn(new String[] {"line"}, "SELECT")))
        .isEqualTo("ALTER TABLE shop.orders RENAME line TO \"SELECT\"");
    assertThat(
            alter(
                TableChange.setProperty("comment", "x"),
                TableChange.removeProperty("gc_grace_seconds")))
        .isEqualTo("ALTER TABLE shop.orders WITH comment = 'x' AND gc_grace_seconds = 864000");
  }

  @Test
  void refusesWhatCassandraCannotAlter() {
    assertThatThrownBy(
            () ->
                alter(
                    TableChange.updateColumnType(
                        new String[] {"price"}, DataType.fromDDL("DOUBLE")),
                    TableChange.updateColumnComment(new String[] {"note"}, "x"),
                    TableChange.renameColumn(new String[] {"note"}, "line"),
                    TableChange.deleteColumn(new String[] {"id"}, false),
                    TableChange.deleteColumn(new String[] {"nothing"}, false),
                    TableChange.addColumn(new String[] {"note"}, DataType.fromDDL("INT")),
                    TableChange.addColumn(
                        new String[] {"hits"}, DataType.fromDDL("BIGINT"), true, "cql: counter"),
                    TableChange.addColumn(new String[] {"home", "door"}, DataType.fromDDL("INT")),
                    TableChange.setProperty("clustering_key", "line desc"),
                    TableChange.removeProperty("compaction")))
        .hasMessageStartingWith("Cannot alter table shop.orders: ")
        .hasMessageContaining("Cassandra cannot change the type of column 'price'")
        .hasMessageContaining("Cassandra cannot keep the comment of column 'note'")
        .hasMessageContaining("column 'note' is not part of the primary key")
        .hasMessageContaining("it has a column 'line' already")
        .hasMessageContaining("column 'id' is part of the primary key, so it cannot be dropped")
        .hasMessageContaining("it has no column 'nothing'")
        .hasMessageContaining("it has a column 'note' already")
        .hasMessageContaining(
            "column 'hits' cannot be added: a table has counters or other columns")
        .hasMessageContaining("such as 'home.door', are changed by ALTER TYPE")
        .hasMessageContaining("'clustering_key' is fixed when a table is made")
        .hasMessageContaining("the default of 'compaction' is the server's own");
    assertThatThrownBy(
            () ->
                alter(
                    TableChange.addColumn(new String[] {"a"}, DataType.fromDDL("INT")),
                    TableChange.deleteColumn(new String[] {"note"}, false)))
        .hasMessageContaining("use one for each");
  }

  @Test
  void protectsColumns() {
    assertThatThrownBy(
            () ->
                AlterTable.cql(
                    TABLE,
                    List.of(TableChange.deleteColumn(new String[] {"note"}, false)),
                    TableStatementsTest::userType,
                    DropProtection.of(new Permission("catalog.allow-drop", false, false), "cass")))
        .hasMessage(
            "Cannot drop column note of shop.orders: this catalog drops nothing. To allow it, run SET"
                + " `spark.sql.catalog.cass.catalog.allow-drop`=true. [UNSUPPORTED_OPERATION]");
  }

  @Test
  void makesIndexes() {
    var note = Expressions.column("note");
    assertThat(
            IndexDefinition.cql(TABLE, "By Note", new NamedReference[] {note}, Map.of(), Map.of()))
        .isEqualTo("CREATE INDEX \"By Note\" ON shop.orders (note)");
    assertThat(
            IndexDefinition.cql(
                TABLE,
                "i",
                new NamedReference[] {note},
                Map.of(note, Map.of("target", "values")),
                Map.of("type", "sai", "case_sensitive", "false")))
        .isEqualTo(
            "CREATE CUSTOM INDEX i ON shop.orders (values(note)) USING 'StorageAttachedIndex'"
                + " WITH OPTIONS = {'case_sensitive': 'false'}");
    assertThatThrownBy(
            () ->
                IndexDefinition.cql(
                    TABLE,
                    "i",
                    new NamedReference[] {note, Expressions.column("nothing")},
                    Map.of(note, Map.of("target", "half")),
                    Map.of("case_sensitive", "false")))
        .hasMessageContaining("it has no column 'nothing'")
        .hasMessageContaining("an index is on one column, not 2")
        .hasMessageContaining("'target=half' is not an option of column 'note'")
        .hasMessageContaining("options [case_sensitive] need USING sai");
  }
}

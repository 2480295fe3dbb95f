package org.seawall.viper.iceberg;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator sets of the tables that show the stores of a log. */
@ObjectClassDefinition(
        name = "Seawall VIPER as Iceberg tables",
        description = "Publishes what a log has flushed to VIPER as tables of Apache Iceberg, one for each collection,"
                + " which name VIPER's own files. A change begins anew with it.")
@interface IcebergConfiguration {

    @AttributeDefinition(
            name = "Log",
            description =
                    "Name of the log whose collections are published; the name of this configuration if it is empty.",
            required = false)
    String log() default "";

    @AttributeDefinition(
            name = "Storage",
            description = "Where the log flushes to: the viper.url of its org.seawall.viper.")
    String viper_url();

    @AttributeDefinition(
            name = "Catalog",
            description = "How tables are found by name: jdbc for a database file of SQLite, rest for a REST catalog.",
            options = {@Option(label = "SQLite", value = "jdbc"), @Option(label = "REST", value = "rest")})
    String catalog() default "jdbc";

    @AttributeDefinition(
            name = "Address of the catalog",
            description =
                    "Such as jdbc:sqlite:/var/lib/viper/catalog.db or https://catalog/api. If it is empty, the file"
                            + " catalog.db in the warehouse, where that is a directory on a disk.",
            required = false)
    String catalog_uri() default "";

    @AttributeDefinition(
            name = "Name of the catalog",
            description = "Under which a database file keeps its tables: engines have to call the catalog by it.")
    String catalog_name() default "seawall";

    @AttributeDefinition(
            name = "Settings of the catalog",
            description = "What a REST catalog is told besides, each as name=value, such as warehouse=main.",
            required = false)
    String[] catalog_properties() default {};

    @AttributeDefinition(
            name = "Credential",
            description = "For a REST catalog: client and secret as client:secret, by which it gives a token.",
            type = AttributeType.PASSWORD,
            required = false)
    String catalog_credential() default "";

    @AttributeDefinition(
            name = "Token",
            description = "For a REST catalog: a bearer token.",
            type = AttributeType.PASSWORD,
            required = false)
    String catalog_token() default "";

    @AttributeDefinition(
            name = "Warehouse",
            description = "The directory of the tables' own files, a directory or a URL on the same kind of storage as"
                    + " VIPER's; if it is empty, iceberg/NAME beside the collections.",
            required = false)
    String warehouse() default "";

    @AttributeDefinition(
            name = "Namespace",
            description = "Of all tables; levels are parted by dots. It is created if it is missing.")
    String namespace() default "seawall";

    @AttributeDefinition(
            name = "Seconds",
            description = "After how many seconds a flush is published at the latest.",
            min = "1",
            max = "86400")
    int everySeconds() default 60;

    @AttributeDefinition(
            name = "Flushes",
            description =
                    "After how many flushes and compactions they are published without waiting for that time. It is"
                            + " looked ten times in it then, and at most once a second; 0 to go by the time alone.",
            min = "0",
            max = "1000000")
    int everyFlushes() default 4;
}

package org.seawall.itests.container;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.maven;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;

/** A real Karaf in a process of its own, unpacked anew each time, without any network: it knows what the build made. */
final class Karaf {
    private static final String REPOSITORIES = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final List<String> HANDED_ON =
            List.of("it.container", "it.storage", "it.readme", "it.version", "it.features");

    private Karaf() {}

    /** With features of ours from its start on, or with none. */
    static Option[] with(String... features) {
        String version = property("it.karaf");
        return options(
                karafDistributionConfiguration()
                        .frameworkUrl(maven("org.apache.karaf", "apache-karaf")
                                .version(version)
                                .type("tar.gz"))
                        .unpackDirectory(new File(property("it.karaf.homes")))
                        .useDeployFolder(false)
                        .runEmbedded(false),
                repository("repositories", ""),
                repository("localRepository", property("org.ops4j.pax.url.mvn.localRepository")),
                // in front of the local repository, where an older build of ours may be
                repository(
                        "defaultRepositories",
                        "file:" + property("it.features") + "@id=built@snapshots,"
                                + "${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots"),
                composite(HANDED_ON.stream()
                        .map(name -> systemProperty(name).value(property(name)))
                        .toArray(Option[]::new)),
                features(
                        maven("org.seawall", "seawall-features")
                                .version(property("it.version"))
                                .type("xml")
                                .classifier("features"),
                        features),
                composite(asBinKarafDoes(version).map(CoreOptions::vmOption).toArray(Option[]::new)));
    }

    private static Option repository(String name, String value) {
        return editConfigurationFilePut(REPOSITORIES, "org.ops4j.pax.url.mvn." + name, value);
    }

    private static Stream<String> asBinKarafDoes(String version) {
        Stream<String> patches = Stream.of(
                "--patch-module",
                "java.base=lib/endorsed/org.apache.karaf.specs.locator-" + version + ".jar",
                "--patch-module",
                "java.xml=lib/endorsed/org.apache.karaf.specs.java.xml-" + version + ".jar",
                "--add-reads=java.xml=java.logging",
                "--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED");
        Stream<String> opened = Stream.of(
                        "java.base/java.security",
                        "java.base/java.net",
                        "java.base/java.lang",
                        "java.base/java.util",
                        "java.naming/javax.naming.spi",
                        "java.rmi/sun.rmi.transport.tcp")
                .map(name -> "--add-opens=" + name + "=ALL-UNNAMED");
        Stream<String> exported = Stream.of(
                        "java.base/sun.net.www.protocol.file",
                        "java.base/sun.net.www.protocol.http",
                        "java.base/sun.net.www.protocol.https",
                        "java.base/sun.net.www.protocol.jar",
                        "jdk.naming.rmi/com.sun.jndi.url.rmi",
                        "java.rmi/sun.rmi.registry")
                .map(name -> "--add-exports=" + name + "=ALL-UNNAMED");
        Stream<String> started =
                Stream.of("-Xmx512m", "-classpath", "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
        return Stream.of(patches, opened, exported, started).flatMap(words -> words);
    }

    private static String property(String name) {
        return System.getProperty(name);
    }
}

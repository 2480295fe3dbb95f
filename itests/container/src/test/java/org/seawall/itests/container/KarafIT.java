package org.seawall.itests.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** A Karaf that knows nothing of us: the features are installed, used and uninstalled at its console. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class KarafIT {
    private static final Pattern BLOCK = Pattern.compile("```karaf\\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, String> CLOUDS = Map.of("s3", "s3", "azure", "adls", "gcs", "gcs");

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory sessions;

    @Inject
    private ConfigurationAdmin admin;

    private KarafShell shell;

    @Configuration
    public Option[] container() {
        return Karaf.with();
    }

    @Before
    public void openTheShell() {
        shell = new KarafShell(sessions);
    }

    @After
    public void closeIt() {
        shell.close();
    }

    @Test
    public void a1WhatTheReadmeSaysWorks() throws Exception {
        LogConfigurations.emptyStorage("readme");
        HeardEvents events = new HeardEvents(context);
        List<String> printed = runBlock(0);
        assertTrue(printed.toString(), printed.contains("appended notes, sequence=2, durable"));
        assertTrue(
                printed.toString(), printed.stream().anyMatch(line -> line.contains("n1") && line.contains("the sea")));
        assertTrue(printed.toString(), printed.stream().anyMatch(line -> line.startsWith("log main: open, ")));
        assertTrue(printed.toString(), printed.contains("flushed up to sequence 2"));
        events.await("org/seawall/log/OPEN main");
        events.await("org/seawall/collection/CREATED main");
        shell.run("wal:snapshot notes");
        events.await("org/seawall/collection/SNAPSHOT main");
    }

    @Test
    public void a2CommandsAreCompletedAndExplained() throws Exception {
        Set<String> commands = shell.commands("wal");
        assertTrue(commands.toString(), commands.containsAll(Set.of("create", "append", "search", "status", "verify")));
        for (String command : commands) {
            String help = shell.run("wal:" + command + " --help");
            assertTrue(help, help.startsWith("Usage: wal:" + command + " "));
            assertEquals(help, shell.run("help wal:" + command));
        }
    }

    /** Karaf hands the configuration out first, then writes its file, reads it, and puts its data directory there. */
    @Test
    public void a2PlaceholdersAreReplacedBeforeALogIsOpened() throws Exception {
        shell.run("config:edit --factory --alias placed org.seawall.log");
        shell.run("config:property-set wal.url '${karaf.data}/placed'");
        shell.run("config:update");
        Await.until("the log", () -> monitors().contains("placed"));
        // the commands know of a service a moment after it is registered
        Await.until("the log is open", () -> status("placed").contains("log placed: open, "));
        assertTrue(Files.isDirectory(Path.of(System.getProperty("karaf.data"), "placed", "catalog")));
        assertFalse("a directory of that name", Files.exists(Path.of("${karaf.data}")));
        for (org.osgi.service.cm.Configuration placed : admin.listConfigurations("(wal.url=*placed)")) {
            placed.delete();
        }
        Await.until("only the log of the README", () -> monitors().equals(Set.of("main")));
    }

    @Test
    public void a3EachObjectStoreIsAFeatureOfItsOwn() throws Exception {
        runBlock(1);
        shell.run("feature:uninstall seawall-s3");
        for (Map.Entry<String, String> cloud : CLOUDS.entrySet()) {
            String feature = "seawall-" + cloud.getKey();
            Set<String> before = ours();
            shell.run("feature:install " + feature);
            Set<String> with = new TreeSet<>(before);
            with.add("org.seawall.filesystem." + cloud.getKey());
            assertEquals(with, ours());
            // there is a file system for each configuration, and none without
            shell.run("config:edit --factory --alias test org.seawall.filesystem." + cloud.getKey());
            shell.run("config:property-set attempts 5");
            shell.run("config:update");
            Await.until(cloud.getValue(), () -> schemes().contains(cloud.getValue()));
            shell.run("feature:uninstall " + feature);
            assertEquals(before, ours());
        }
    }

    @Test
    public void a4UninstalledNothingStaysButTheDataAndInstalledAgainItIsThere() throws Exception {
        shell.run("feature:uninstall seawall-viper seawall");
        assertEquals(Set.of(), ours());
        assertEquals(List.of(), OurThreads.aliveAfterTheirEnd());
        assertFalse(schemes().contains("file"));

        shell.run("feature:install seawall seawall-viper");
        assertTrue("flushed", shell.run("wal:get notes n1").contains("the sea"));
        assertTrue("not yet", shell.run("wal:get notes n2").contains("the wall"));
    }

    private String status(String log) {
        try {
            return shell.run("wal:status --log " + log);
        } catch (Exception e) {
            return "not there: " + e;
        }
    }

    private List<String> runBlock(int index) throws Exception {
        List<String> printed = new ArrayList<>();
        for (String line : blocks().get(index).split("\n")) {
            printed.addAll(shell.run(line).lines().toList());
        }
        return printed;
    }

    private static List<String> blocks() throws IOException {
        Path storage = Path.of(System.getProperty("it.storage"), "readme");
        String readme = Files.readString(Path.of(System.getProperty("it.readme")));
        Matcher matcher = BLOCK.matcher(readme.replace("/var/lib/seawall", storage.toString()));
        return matcher.results().map(block -> block.group(1)).toList();
    }

    private Set<String> ours() {
        return OurBundles.in(context).stream()
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> schemes() {
        return registered("org.seawall.spi.filesystem.FileSystem")
                .flatMap(files -> Arrays.stream((String[]) files.getProperty("seawall.schemes")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> monitors() {
        return registered("org.seawall.LogMonitor")
                .map(monitor -> (String) monitor.getProperty("log.name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By names alone: a class of ours in use here would have this bundle refreshed with ours. */
    private Stream<ServiceReference<?>> registered(String type) {
        try {
            return Stream.ofNullable(context.getAllServiceReferences(type, null))
                    .flatMap(Arrays::stream);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

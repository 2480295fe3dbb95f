package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.Configuration;
import org.seawall.Entry;
import org.seawall.LogReader;
import org.seawall.LogState;
import org.seawall.LoggedEntry;
import org.seawall.StorageDeniedException;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.ProvidesFileSystem;
import org.seawall.testkit.proxy.FaultProxy;

/** The bundle of an object store as it is packed, in a container that finds a log's services by their configurations. */
abstract class CloudInContainer extends CloudUnderTest {
    static final String LOG = "org.seawall.log";
    private static final int CHANGES = 6;
    private static final String WRONG = "bm90LXRoZS1rZXktb2YtdGhpcy1hY2NvdW50";
    /** 50 for a long look. */
    private static final int ROUNDS = Integer.getInteger("clouds.starts", 3);

    String pid() {
        return component().substring(0, component().lastIndexOf('.'));
    }

    Path jar() {
        return Container.jar(component());
    }

    private String prefix() {
        return "seawall-" + pid().substring("org.seawall.".length()).replace('.', '-');
    }

    @Test
    void aLogComesAndGoesWithItsStore(@TempDir Path cache) throws Exception {
        String url = bucket().child("wal").toString();
        try (Container container = Container.started(cache)) {
            container.configure(pid(), configuration(endpoint()));
            container.configure(LOG, Map.of("wal.url", url));
            String waits = "waits for a file system for " + url.substring(0, url.indexOf(':')) + ": to reach " + url;
            container.await(LogState.WAITING, status -> status.detail().startsWith(waits));

            Bundle bundle = container.start(jar());
            container.log().catalog().create(CollectionSpec.payloads("p"));
            WriteAheadLog log = container.log();
            append(log, "a");
            bundle.stop();
            container.await(LogState.WAITING, status -> status.detail().startsWith(waits));
            assertEquals(List.of("a"), ids(log), "what is in memory is read");

            bundle.start();
            append(container.log(), "b");
            assertSame(log, container.log(), "it was there all the time");
            assertEquals(List.of("a", "b"), ids(container.log()));
            container.configure(LOG, Map.of("wal.url", "ftp://somewhere/wal"));
            container.await(LogState.OPEN, status -> status.detail().startsWith("waits for a file system for ftp: to"));
            append(log, "c");
            assertEquals(List.of("a", "b", "c"), ids(log), "it goes on where it is");
        }
    }

    @Test
    void whatIsConfiguredWrongIsSaidAndMended(@TempDir Path cache) throws Exception {
        Map<String, Object> right = configuration(endpoint());
        Map<String, Object> wrong = new HashMap<>(right);
        wrong.put("connections", 0);
        try (Container container = Container.started(cache);
                LogLines lines = LogLines.read()) {
            container.configure(pid(), wrong);
            container.start(jar());
            container.configure(LOG, Map.of("wal.url", bucket().child("wal").toString()));
            container.await(LogState.WAITING, status -> true);
            String line = lines.with("connections out of range");
            assertTrue(line.startsWith("SEVERE configuration is refused, mend it, there is no file system"), line);
            assertTrue(line.contains("pid=" + pid() + "~cloud: connections out of range, value=0, range=1.."), line);
            right.values().forEach(value -> assertFalse(line.contains("=" + value), line));
            container.configure(pid(), right);
            assertEquals(List.of(), container.log().catalog().list());
            container.configure(pid(), wrong);
            assertTrue(lines.with("the one before stays in use").startsWith("SEVERE configuration is refused"));
            assertEquals(List.of(), container.log().catalog().list());
        }
    }

    /** What does not say where the storage is changes it in flight; what does is another one. */
    @Test
    void onlyAnotherStorageIsAnotherService(@TempDir Path cache) throws Exception {
        try (Container container = Container.started(cache);
                FaultProxy proxy = FaultProxy.before(plainEndpoint())) {
            container.configure(LOG, Map.of("wal.url", bucket().child("wal").toString()));
            container.start(jar());
            container.await(LogState.WAITING, status -> status.detail().startsWith("waits for a file system"));
            container.configure(pid(), configuration(endpoint()));
            container.log().catalog().create(CollectionSpec.payloads("p"));
            WriteAheadLog log = container.log();
            FileSystem files = container.service(FileSystem.class);
            assertDeclared(container, files);
            Map<String, Object> more = new HashMap<>(configuration(endpoint()));
            more.putAll(Map.of("connections", 5, "attempts", 7, "requestTimeoutMillis", 20_000));
            container.configure(pid(), more);
            awaitProperty(container, "attempts=7");
            assertSame(files, container.service(FileSystem.class));
            append(log, "a");

            container.configure(pid(), configuration(proxy.endpoint()));
            awaitProperty(container, "endpoint=" + proxy.endpoint() + "*");
            Await.until("it is the only one", () -> container.service(FileSystem.class) != files);
            append(container.log(), "b");
            Await.until("the log goes through the other", () -> proxy.requests() > 0);
            append(container.log(), "c");
            assertEquals(List.of("a", "b", "c"), ids(container.log()));
        }
    }

    /** The service's properties say what the file system says of itself; the manifest, what any of the bundle's says at most. */
    private static void assertDeclared(Container container, FileSystem files) {
        ServiceReference<FileSystem> reference = container.context().getServiceReference(FileSystem.class);
        Map<String, Object> declared = reference
                .getBundle()
                .adapt(BundleRevision.class)
                .getDeclaredCapabilities(ProvidesFileSystem.NAMESPACE)
                .get(0)
                .getAttributes();
        assertEquals(new HashSet<>((List<?>) declared.get("schemes")), Set.of((Object[])
                reference.getProperty(FileSystem.SCHEMES)));
        Set<String> can = files.capabilities().stream().map(Capability::name).collect(Collectors.toSet());
        Set<Object> atMost = new HashSet<>((List<?>) declared.get("capabilities"));
        assertTrue(atMost.containsAll(can), atMost + " of " + can);
        assertEquals(can, Set.of((Object[]) reference.getProperty(FileSystem.CAPABILITIES)));
    }

    /** Credentials, pool and time-outs are changed again and again under a log that is written to. */
    @Test
    void changedCredentialsFailNoAppend(@TempDir Path cache) throws Exception {
        Map<String, Object> first = configuration(endpoint());
        Map<String, Object> other = rotated(endpoint());
        try (Container container = Container.started(cache)) {
            container.configure(pid(), first);
            container.start(jar());
            container.configure(LOG, Map.of("wal.url", bucket().child("wal").toString()));
            container.log().catalog().create(CollectionSpec.payloads("p"));
            WriteAheadLog log = container.log();
            AtomicInteger acknowledged = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    append(log, "e" + acknowledged.get());
                    acknowledged.incrementAndGet();
                }
            });
            for (int change = 1; change <= CHANGES; change++) {
                Map<String, Object> next = new HashMap<>(change % 2 == 0 ? first : other);
                next.putAll(Map.of("attempts", 10 + change, "connections", 3 + change));
                container.configure(pid(), next);
                awaitProperty(container, "attempts=" + next.get("attempts"));
                int behind = acknowledged.get() + 3;
                Await.until("appends go on", () -> writer.isDone() || acknowledged.get() >= behind);
                assertFalse(writer.isDone(), () -> "failed at change of credentials: " + writer);
            }
            stop.set(true);
            writer.join();
            assertSame(log, container.log());
            assertEquals(acknowledged.get(), ids(log).size());
            Map<String, Object> wrong = new HashMap<>(first);
            wrong.replaceAll((name, value) -> name.equals("secretKey") || name.equals("accountKey") ? WRONG : value);
            if (!wrong.equals(first)) {
                container.configure(pid(), wrong);
                CompletionException denied = assertThrows(CompletionException.class, () -> {
                    while (true) {
                        append(log, "denied");
                    }
                });
                assertInstanceOf(StorageDeniedException.class, root(denied), "the server looks at what is rotated");
            }
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable each = failure;
        while (!(each instanceof StorageDeniedException) && each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }

    static void awaitProperty(Container container, String property) throws InterruptedException {
        for (int i = 0; container.find(FileSystem.class, "(" + property + ")").isEmpty(); i++) {
            assertTrue(i < 1_000, "the service does not become " + property);
            Thread.sleep(20);
        }
    }

    @Test
    void aBundleThatHasServedALogLeavesNothing(@TempDir Path cache) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (Container container = Container.started(cache)) {
            container.configure(pid(), configuration(endpoint()));
            Configuration log = container.configure(
                    LOG, Map.of("wal.url", bucket().child("wal").toString()));
            List<String> expected = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                expected.add("e" + round);
                loaders.add(round(container, expected));
            }
            Await.until("no threads left", () -> threads(prefix()).isEmpty());
            // a log that waits for services keeps what it last had until others come, or it ends
            awaitGone(loaders.subList(0, ROUNDS - 1));
            log.delete();
            awaitGone(loaders);
        }
    }

    private static void awaitGone(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        Await.until("no class loaders left", () -> {
            System.gc();
            return loaders.stream().allMatch(one -> one.get() == null);
        });
    }

    /** One life of the bundle, in which the log comes up, is changed in flight, and is written to. */
    private WeakReference<ClassLoader> round(Container container, List<String> expected) throws Exception {
        Bundle bundle = container.start(jar());
        if (expected.size() == 1) {
            container.log().catalog().create(CollectionSpec.payloads("p"));
        }
        append(container.log(), expected.get(expected.size() - 1));
        Map<String, Object> more = new HashMap<>(configuration(endpoint()));
        more.put("connections", 3 + expected.size());
        container.configure(pid(), more);
        awaitProperty(container, "connections=" + more.get("connections"));
        assertEquals(expected, ids(container.log()));
        assertFalse(threads(prefix()).isEmpty(), "threads of the bundle are found by their names");
        WeakReference<ClassLoader> loader =
                new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
        bundle.stop();
        container.await(LogState.WAITING, status -> true);
        bundle.uninstall();
        return loader;
    }

    private static List<String> threads(String prefix) {
        Thread[] all = new Thread[Thread.activeCount() * 2 + 100];
        int count = Thread.enumerate(all);
        return Arrays.stream(all, 0, count)
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    private static void append(WriteAheadLog log, String id) {
        log.append("p", List.of(Entry.payload(id, new byte[1]))).join();
    }

    private static List<String> ids(WriteAheadLog log) throws IOException {
        List<String> ids = new ArrayList<>();
        try (LogReader reader = log.read("p", 1)) {
            for (Optional<LoggedEntry> next = reader.poll(); next.isPresent(); next = reader.poll()) {
                ids.add(next.get().entry().id());
            }
        }
        return ids;
    }
}

package org.seawall.core;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.testkit.Storage;

/** An object store that is tested on, with the packed bundle that reaches it. Closing it leaves nothing at an account. */
final class Store implements Closeable {
    private final Cloud cloud;
    private final PackedBundle bundle;
    private final Server server;
    private final AtomicInteger places = new AtomicInteger();
    private final FileSystem shared;
    private final Location place;

    Store(Cloud cloud, PackedBundle bundle, Server server) throws IOException, ReflectiveOperationException {
        this.cloud = cloud;
        this.bundle = bundle;
        this.server = server;
        this.shared = open(server.endpoint());
        this.place = server.place();
    }

    /** The account that the environment names, if it does. */
    static Optional<Store> account(Cloud cloud, Map<String, String> environment)
            throws IOException, ReflectiveOperationException {
        PackedBundle bundle = PackedBundle.of(cloud.fileSystem());
        Class<?> configuration = bundle.classes().loadClass(cloud.configuration());
        Optional<Account> account = Account.of(cloud, configuration, environment);
        return account.isPresent() ? Optional.of(new Store(cloud, bundle, account.get())) : Optional.empty();
    }

    Server server() {
        return server;
    }

    /** A file system that reaches the store at its endpoint, or at that of a proxy. */
    FileSystem open(URI endpoint) throws ReflectiveOperationException {
        return open(server.settings(endpoint));
    }

    /** A file system under other settings. */
    FileSystem open(Map<String, Object> settings) throws ReflectiveOperationException {
        return cloud.open(bundle, settings);
    }

    /** An empty place through the one file system that all of them share. */
    Storage storage() {
        return new Storage(shared, place.child("t" + places.incrementAndGet()));
    }

    @Override
    public void close() throws IOException {
        if (server instanceof Account account) {
            shared.deleteTree(account.root());
        }
        if (server instanceof Closeable emulator) {
            emulator.close();
        }
    }
}

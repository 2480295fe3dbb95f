package org.seawall.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.seawall.core.Binding.Formats;
import org.seawall.core.Binding.Services;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.seawall.spi.strategy.WriteStrategy;

/**
 * Chooses the services of a log among those that are there. Strategy and file system are matched by capability; a pair that
 * could not keep what the log promises is refused.
 */
final class Wiring {
    /** What is missing, or does not fit, in words for the log's status. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String what) {
            super(what);
        }
    }

    private static final String APPEND = "append";
    private static final String OBJECT = "object";
    private static final String PLACEHOLDER = "${";

    final Candidates<FileSystem> fileSystems = new Candidates<>();
    final Candidates<WriteStrategy> strategies = new Candidates<>();
    final Candidates<BatchSerializer> serializers = new Candidates<>();

    private interface Choice {
        Services services() throws Missing;
    }

    /** Chooses; a directory without services does not keep the others waiting, nor the catalog. */
    Binding choose(LogSettings settings) {
        StorageSettings storage = settings.storage();
        List<Binding.Directory> directories = new ArrayList<>();
        for (String url : storage.urls()) {
            directories.add(chosen(() -> services(url, settings)).at(url));
        }
        return new Binding(directories, catalog(settings, storage.catalog()));
    }

    /** What a catalog in some place is read and written with. */
    Binding.Directory catalog(LogSettings settings, Location root) {
        return chosen(() -> {
            FileSystem files = fileSystem(root);
            Formats formats = formats(settings.serializer());
            return new Services(files, named(OBJECT, files), formats);
        });
    }

    /**
     * Chooses for a log that is open: who works goes on working with what he has, as long as that is there, while something is missing of
     * what the settings name; and with the services, as far as they are there, of the places that collections of each directory are
     * moved from.
     */
    Binding choose(LogSettings settings, Binding current, List<Set<String>> olds) {
        Binding wanted = choose(settings);
        List<Binding.Directory> directories = new ArrayList<>();
        for (int i = 0; i < wanted.directories().size(); i++) {
            Binding.Directory kept =
                    kept(wanted.directories().get(i), current.directories().get(i));
            directories.add(kept.from(olds(olds.get(i), settings)));
        }
        return new Binding(directories, kept(wanted.catalog(), current.catalog()));
    }

    private Map<String, Services> olds(Set<String> urls, LogSettings settings) {
        Map<String, Services> olds = new TreeMap<>();
        for (String url : urls) {
            chosen(() -> services(url, settings)).services().ifPresent(services -> olds.put(url, services));
        }
        return olds;
    }

    private Services services(String url, LogSettings settings) throws Missing {
        FileSystem files = fileSystem(Location.parse(url));
        return new Services(files, strategy(settings.storage().strategy(), files), formats(settings.serializer()));
    }

    private Binding.Directory kept(Binding.Directory wanted, Binding.Directory current) {
        boolean keep = wanted.services().isEmpty()
                && current.services().filter(this::present).isPresent();
        return keep ? new Binding.Directory(current.services(), wanted.missing(), current.url(), Map.of()) : wanted;
    }

    private boolean present(Services services) {
        return fileSystems.services().contains(services.files())
                && strategies.services().contains(services.strategy())
                && serializers.services().containsAll(services.formats().readers());
    }

    private static Binding.Directory chosen(Choice choice) {
        try {
            return Binding.Directory.with(choice.services());
        } catch (Missing e) {
            return Binding.Directory.without(e.getMessage());
        }
    }

    private Formats formats(String serializer) throws Missing {
        BatchSerializer writer = serializers
                .best(candidate -> candidate.format().equals(serializer))
                .orElseThrow(() -> new Missing("waits for a serializer named " + serializer));
        return new Formats(writer, serializers.services());
    }

    private WriteStrategy strategy(String name, FileSystem files) throws Missing {
        return name.equals(StorageSettings.AUTO) ? auto(files) : named(name, files);
    }

    /**
     * The file system that serves a location; none if that is not one yet. A container that replaces placeholders when it reads
     * a file may hand a configuration out before it has written the file: what was meant is not a directory of that name.
     */
    FileSystem fileSystem(Location location) throws Missing {
        if (location.path().contains(PLACEHOLDER)) {
            throw new Missing("waits for a configuration without placeholders, value=" + location
                    + "; if it stays so, nothing here knows what to put there");
        }
        return fileSystems
                .bestBy(properties -> schemes(properties).contains(location.scheme()))
                .orElseThrow(() ->
                        new Missing("waits for a file system for " + location.scheme() + ": to reach " + location));
    }

    private static List<String> schemes(Map<String, Object> properties) {
        Object schemes = properties.get(FileSystem.SCHEMES);
        if (schemes instanceof String[] several) {
            return Arrays.asList(several);
        }
        return schemes instanceof String one ? List.of(one) : List.of();
    }

    private WriteStrategy named(String name, FileSystem files) throws Missing {
        Optional<WriteStrategy> fitting = strategies.best(candidate ->
                candidate.name().equals(name) && lacking(candidate, files).isEmpty());
        if (fitting.isPresent()) {
            return fitting.get();
        }
        WriteStrategy strategy = strategies
                .best(candidate -> candidate.name().equals(name))
                .orElseThrow(() -> new Missing("waits for a strategy named " + name));
        throw new Missing("strategy and file system do not go together, missing=" + lacking(strategy, files)
                + ", strategy=" + name + " of " + bundle(strategy) + ", file system of " + bundle(files)
                + "; waits for others, or for another strategy in the configuration");
    }

    /** Who made a service, for people. */
    private static String bundle(Object service) {
        Bundle bundle = FrameworkUtil.getBundle(service.getClass());
        return bundle == null
                ? service.getClass().getName()
                : "bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /**
     * The best ranked strategy that goes together with the file system; among ours, which are not ranked, one that grows a
     * file. That one is waited for, since a log that it wrote on a disk can be continued by no other.
     */
    private WriteStrategy auto(FileSystem files) throws Missing {
        Optional<WriteStrategy> ranked =
                strategies.bestRanked(candidate -> lacking(candidate, files).isEmpty());
        if (ranked.isPresent()) {
            return ranked.get();
        }
        return named(grows(files) ? APPEND : OBJECT, files);
    }

    private static boolean grows(FileSystem files) {
        return files.capabilities().contains(Capability.APPEND)
                || files.capabilities().contains(Capability.SEAL);
    }

    private static Set<Capability> lacking(WriteStrategy strategy, FileSystem files) {
        Set<Capability> lacking = EnumSet.noneOf(Capability.class);
        lacking.addAll(strategy.requires());
        lacking.removeAll(files.capabilities());
        return lacking;
    }
}

package org.seawall.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seawall.LogUnavailableException;
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
    /** What is missing, in words for the log's status. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String what) {
            super("waits for " + what);
        }
    }

    private static final String APPEND = "append";
    private static final String OBJECT = "object";

    final Candidates<FileSystem> fileSystems = new Candidates<>();
    final Candidates<WriteStrategy> strategies = new Candidates<>();
    final Candidates<BatchSerializer> serializers = new Candidates<>();

    /**
     * Chooses.
     *
     * @throws Missing if a service that the settings name is not there
     * @throws LogUnavailableException if the services that are there do not go together
     */
    Binding choose(LogSettings settings) throws Missing {
        FileSystem catalogFiles = fileSystem(settings.storage().catalog());
        BatchSerializer serializer = serializers
                .best(candidate -> candidate.format().equals(settings.serializer()))
                .orElseThrow(() -> new Missing("a serializer named " + settings.serializer()));
        WriteStrategy catalogStrategy = named(OBJECT, catalogFiles);
        return new Binding(
                directories(settings.storage()), catalogFiles, catalogStrategy, serializer, serializers.services());
    }

    /** A directory without services does not keep the others waiting, unless none has any. */
    private List<Binding.Directory> directories(StorageSettings storage) throws Missing {
        List<Binding.Directory> directories = new ArrayList<>();
        Optional<Missing> missing = Optional.empty();
        for (Location root : storage.roots()) {
            try {
                FileSystem files = fileSystem(root);
                directories.add(Binding.Directory.with(files, strategy(storage.strategy(), files)));
            } catch (Missing e) {
                missing = missing.or(() -> Optional.of(e));
                directories.add(Binding.Directory.without(e.getMessage()));
            }
        }
        if (missing.isPresent()
                && directories.stream().noneMatch(one -> one.services().isPresent())) {
            throw missing.get();
        }
        return directories;
    }

    private WriteStrategy strategy(String name, FileSystem files) throws Missing {
        return name.equals(StorageSettings.AUTO) ? auto(files) : named(name, files);
    }

    /** The file system that serves a location. */
    FileSystem fileSystem(Location location) throws Missing {
        return fileSystems
                .bestBy(properties -> schemes(properties).contains(location.scheme()))
                .orElseThrow(() -> new Missing("a file system for " + location.scheme() + ": to reach " + location));
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
                .orElseThrow(() -> new Missing("a strategy named " + name));
        throw new LogUnavailableException("strategy and file system do not go together, missing="
                + lacking(strategy, files) + ", strategy=" + name + " ("
                + strategy.getClass().getName()
                + "), fileSystem=" + files.getClass().getName());
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

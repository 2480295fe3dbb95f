package org.seawall.core;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionSpec;
import org.seawall.core.inspection.CollectionReading;
import org.seawall.core.inspection.LogCopier;
import org.seawall.core.inspection.LogRepairer;
import org.seawall.core.inspection.LogVerifier;
import org.seawall.core.inspection.StoredLog;
import org.seawall.core.inspection.StoredLog.Directory;
import org.seawall.inspection.BatchVisitor;
import org.seawall.inspection.Copy;
import org.seawall.inspection.InspectionProgress;
import org.seawall.inspection.LogInspector;
import org.seawall.inspection.LogPlace;
import org.seawall.inspection.Repair;
import org.seawall.inspection.RepairOptions;
import org.seawall.inspection.Verification;
import org.seawall.spi.filesystem.Capability;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.serializer.BatchSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the services that reach a log's files, and gives them to the inspection. It needs none of them to be there. One that goes
 * while an inspection runs is waited for: the inspection ends first, or half a minute, since its storage may hang.
 */
@Component(service = LogInspector.class)
public final class InspectorComponent implements LogInspector {
    private static final Logger LOG = LoggerFactory.getLogger(InspectorComponent.class);
    private static final long PATIENCE_MILLIS = 30_000;

    private final Wiring wiring = new Wiring();
    private final InUse inspections = new InUse();

    /** The component; there is nothing to configure. */
    @Activate
    public InspectorComponent() {}

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindFileSystem(FileSystem service, Map<String, Object> properties) {
        wiring.fileSystems.add(service, properties);
    }

    void unbindFileSystem(FileSystem service) {
        wiring.fileSystems.remove(service);
        awaitInspections(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSerializer(BatchSerializer service, Map<String, Object> properties) {
        wiring.serializers.add(service, properties);
    }

    void unbindSerializer(BatchSerializer service) {
        wiring.serializers.remove(service);
        awaitInspections(service);
    }

    private void awaitInspections(Object service) {
        if (!inspections.awaitThoseBefore(PATIENCE_MILLIS)) {
            LOG.warn("an inspection still runs, not waited for any longer, service that goes={}", service);
        }
    }

    @Override
    public Verification verify(LogPlace place, Optional<String> collection, InspectionProgress progress) {
        return with(place, () -> new LogVerifier(stored(place), progress).verify(collection));
    }

    @Override
    public Repair repair(LogPlace place, RepairOptions options, InspectionProgress progress) {
        return with(place, () -> new LogRepairer(stored(place), options, progress).repair());
    }

    @Override
    public Copy copy(LogPlace source, LogPlace target, InspectionProgress progress) {
        return with(source, () -> new LogCopier(stored(source), stored(target), progress).copy());
    }

    @Override
    public Optional<CollectionSpec> read(LogPlace place, String collection, boolean skipDamaged, BatchVisitor visitor) {
        return with(place, () -> new CollectionReading(stored(place), skipDamaged, visitor).read(collection));
    }

    private <T> T with(LogPlace place, InUse.Work<T> work) {
        try {
            return inspections.by(work);
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "files of a log not read or written: " + e.getMessage() + ", log=" + place.urls(), e);
        }
    }

    private StoredLog stored(LogPlace place) {
        List<Directory> roots = new ArrayList<>();
        for (String url : place.urls()) {
            roots.add(directory(url));
        }
        return new StoredLog(
                roots,
                directory(place.catalogUrl()),
                place.objects() || roots.stream().noneMatch(InspectorComponent::grows),
                wiring.serializers.services(),
                Clock.systemUTC());
    }

    /** A log that is still being opened does not know its strategy, but here there is one alone. */
    private static boolean grows(Directory root) {
        return root.files().capabilities().contains(Capability.APPEND);
    }

    private Directory directory(String url) {
        Location location = Location.parse(url);
        try {
            return new Directory(wiring.fileSystem(location), location);
        } catch (Wiring.Missing e) {
            throw new LogUnavailableException(e.getMessage(), e);
        }
    }
}

package org.example.notes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.seawall.Entry;
import org.seawall.SequenceRange;
import org.seawall.WriteAheadLog;
import org.seawall.catalog.CollectionSpec;
import org.seawall.catalog.Metric;

/** Keeps notes with their embeddings. A note that {@link #keep} returned for survives any crash. */
@Component(service = Notes.class)
public final class Notes {
    private static final String NOTES = "notes";

    private final WriteAheadLog log;

    @Activate
    public Notes(@Reference(target = "(log.name=default)") WriteAheadLog log) {
        this.log = log;
        if (log.catalog().find(NOTES).isEmpty()) {
            log.catalog().create(CollectionSpec.vectors(NOTES, 3, Metric.COSINE));
        }
    }

    public long keep(String id, float[] embedding, String text) {
        Entry note = Entry.vector(id, embedding).withMetadata(Map.of("text", text));
        SequenceRange sequences = log.append(NOTES, List.of(note)).join();
        return sequences.last();
    }

    public Optional<String> find(String id) {
        return log.get(NOTES, id)
                .map(logged -> (String) logged.entry().metadata().get("text"));
    }
}

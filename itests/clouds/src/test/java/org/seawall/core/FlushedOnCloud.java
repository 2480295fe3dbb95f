package org.seawall.core;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.seawall.SeawallException;
import org.seawall.search.SearchHit;
import org.seawall.search.SearchRequest;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.spi.flush.FlushSource;
import org.seawall.viper.search.LogSearch;
import org.seawall.viper.search.SearchThreads;
import org.seawall.viper.sink.SinkSettings;
import org.seawall.viper.sink.VectorSink;

/** A log that flushes into parts on the same store. */
final class FlushedOnCloud {
    private final OpenLog log;
    private final VectorSink sink;
    private final FlushSource.Attachment attachment;

    FlushedOnCloud(OpenLog log, FileSystem files, Location directory) {
        this.log = log;
        sink = new VectorSink("test", files, directory.child("viper"), SinkSettings.DEFAULT);
        attachment = log.attach(sink);
    }

    OpenLog log() {
        return log;
    }

    /** The ids that a search for all finds, sorted; twice if it finds one twice. */
    List<String> ids() {
        return ids(SearchRequest.of(List.of(new float[16]), 10_000).exactly()).stream()
                .sorted()
                .toList();
    }

    List<String> ids(SearchRequest request) {
        SearchThreads threads = new SearchThreads();
        List<SearchHit> hits = new LogSearch(log, sink, threads)
                .search(CloudLog.COLLECTION, request)
                .hits()
                .get(0);
        threads.close();
        return hits.stream().map(SearchHit::id).toList();
    }

    void close() {
        attachment.close();
        sink.close();
        try {
            log.close();
        } catch (SeawallException e) {
            assertInstanceOf(SeawallException.class, e, "a log whose storage failed may say so again");
        }
    }
}

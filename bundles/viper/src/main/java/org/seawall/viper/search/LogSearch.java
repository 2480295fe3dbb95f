package org.seawall.viper.search;

import java.io.IOException;
import java.util.Optional;
import org.seawall.LogUnavailableException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.search.SearchRequest;
import org.seawall.search.SearchResult;
import org.seawall.search.VectorSearch;
import org.seawall.spi.flush.FlushSource;
import org.seawall.spi.flush.LiveEntries;
import org.seawall.viper.sink.Stores;
import org.seawall.viper.store.StoreView;

/**
 * Search over a log and the stores that it flushes to, as one: first a view of the store, then the log behind it; both again if the log has
 * released more meanwhile, see {@link LiveEntries}. Safe for use by several threads, which do not wait for each other.
 */
public final class LogSearch implements VectorSearch {
    private static final int TRIES = 100;

    private final FlushSource source;
    private final Stores stores;
    private final SearchThreads threads;

    /**
     * A search over one log.
     *
     * @param source the log
     * @param stores what it flushes to, if it does
     * @param threads share the work of a call
     */
    public LogSearch(FlushSource source, Stores stores, SearchThreads threads) {
        this.source = source;
        this.stores = stores;
        this.threads = threads;
    }

    @Override
    public SearchResult search(String collection, SearchRequest request) {
        try {
            CombinedSearch search = new CombinedSearch(request, System.currentTimeMillis(), threads);
            for (int i = 0; i < TRIES; i++) {
                Optional<SearchResult> result = once(collection, search);
                if (result.isPresent()) {
                    return result.get();
                }
            }
        } catch (IOException e) {
            throw new LogUnavailableException("parts of a collection not read, collection=" + collection, e);
        }
        throw new LogUnavailableException(
                "store does not hold what has left the log for it, look whether it is the same, collection="
                        + collection);
    }

    private Optional<SearchResult> once(String name, CombinedSearch search) throws IOException {
        CollectionInfo collection = source.live(name).collection();
        Optional<StoreView> view = stores.view(collection.id());
        try {
            long flushed = view.map(there -> there.manifest().flushed()).orElse(0L);
            LiveEntries live = source.live(name);
            boolean one = live.collection().id().equals(collection.id())
                    && live.released() <= flushed
                    && flushed <= live.upTo();
            return one ? search.over(live, () -> source.live(name), view) : Optional.empty();
        } finally {
            view.ifPresent(StoreView::close);
        }
    }
}

package org.seawall.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchRequestTest {
    private static final SearchRequest PLAIN = SearchRequest.of(List.of(new float[] {1}), 10);

    @Test
    void whatIsSetIsKeptWhateverIsSetBehindIt() {
        Filter filter = Filter.parse("a = 1");
        SearchRequest all = PLAIN.withOffset(5)
                .withEffort(3)
                .exactly()
                .withFilter(filter)
                .within(Duration.ofSeconds(2))
                .withVectors()
                .allowPartial()
                .withQueries(List.of());
        assertEquals(10, all.k());
        assertEquals(5, all.offset());
        assertEquals(3, all.effort());
        assertTrue(
                all.exact() && all.vectors() && all.partial() && all.queries().isEmpty());
        assertEquals(Optional.of(filter), all.filter());
        assertEquals(Optional.of(Duration.ofSeconds(2)), all.deadline());
        assertFalse(PLAIN.exact() || PLAIN.vectors() || PLAIN.partial());
        assertFalse(all.withEffort(2).exact(), "an effort is for approximate searches");
        assertEquals("SearchRequest[queries=0, k=10, offset=5, exact, filter=a = 1, deadline=PT2S]", all.toString());
    }

    @Test
    void whatIsOutOfItsRangeIsRefused() {
        for (int k : new int[] {0, -1, VectorSearch.MAX_K + 1}) {
            assertThrows(IllegalArgumentException.class, () -> SearchRequest.of(List.of(), k));
        }
        assertEquals(9_990, PLAIN.withOffset(9_990).offset());
        for (int offset : new int[] {-1, 9_991, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> PLAIN.withOffset(offset));
        }
        for (int effort : new int[] {0, SearchRequest.MAX_EFFORT + 1}) {
            assertThrows(IllegalArgumentException.class, () -> PLAIN.withEffort(effort));
        }
        assertThrows(IllegalArgumentException.class, () -> PLAIN.within(Duration.ZERO));
    }
}

package org.seawall.filesystem.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seawall.StorageDeniedException;
import org.seawall.filesystem.gcs.StubStore.Answer;

/** Rules of a bucket that would take segments away from a log. */
class GcsExpiryTest {

    private final StubStore store = new StubStore(asked -> Answer.json(200, "{}"));
    private final TestClients clients = TestClients.of(store.endpoint(), Map.of());

    @AfterEach
    void close() {
        clients.close();
        store.close();
    }

    private Optional<String> asked(Answer answer) throws IOException {
        store.answers(asked -> answer);
        Optional<String> found = clients.bucket("bucket").expiry("wal/segments/a");
        assertEquals(1, store.asked().size());
        assertTrue(store.asked().get(0).uri().contains("/b/bucket?fields="), store.asked()::toString);
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Delete | \"age\": 30 | ageDays=30, prefixes=[]",
                "Delete | \"age\": 30, \"matchesPrefix\": [\"x/\", \"wal/\"] | ageDays=30, prefixes=[x/, wal/]",
                "Delete | \"age\": 30, \"matchesPrefix\": [\"logs/\"] |",
                "Delete | \"age\": 30, \"matchesSuffix\": [\".tmp\"] |",
                "Delete | \"age\": 30, \"isLive\": false |",
                "Delete | \"numNewerVersions\": 3 |",
                "SetStorageClass | \"age\": 30 |"
            })
    void aRuleIsFoundIfItDeletesWhatALogNeeds(String action, String condition, String expected) throws IOException {
        String storage = action.equals("Delete") ? "" : ", \"storageClass\": \"NEARLINE\"";
        Answer rules = Answer.json(
                200,
                "{\"name\": \"bucket\", \"lifecycle\": {\"rule\": [{\"action\": {\"type\": \"" + action + "\"" + storage
                        + "}, \"condition\": {" + condition + "}}]}}");
        assertEquals(Optional.ofNullable(expected), asked(rules));
    }

    @Test
    void aBucketWithoutRulesHasNone() throws IOException {
        assertEquals(Optional.empty(), asked(Answer.json(200, "{\"name\": \"bucket\"}")));
    }

    @Test
    void whoMayNotLookIsTold() {
        assertThrows(StorageDeniedException.class, () -> asked(Answer.error(403, "forbidden", "no")));
    }
}

package org.seawall.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.seawall.search.SearchHit;
import org.seawall.shell.output.EntryJson;

/** How the results of a search are shown. */
final class Hits {
    private Hits() {}

    static Table table(List<List<SearchHit>> hits) {
        Table table = new Table(">QUERY", ">RANK", "ID", ">SEQUENCE", ">SCORE", "METADATA");
        for (int q = 0; q < hits.size(); q++) {
            for (int rank = 0; rank < hits.get(q).size(); rank++) {
                SearchHit hit = hits.get(q).get(rank);
                table.row(q, rank + 1, hit.id(), hit.sequence(), hit.score(), Text.map(hit.metadata()));
            }
        }
        return table;
    }

    static void write(JsonGenerator json, List<List<SearchHit>> hits) throws IOException {
        json.writeStartArray();
        for (int q = 0; q < hits.size(); q++) {
            for (int rank = 0; rank < hits.get(q).size(); rank++) {
                SearchHit hit = hits.get(q).get(rank);
                json.writeStartObject();
                json.writeNumberField("query", q);
                json.writeNumberField("rank", rank + 1);
                json.writeStringField("id", hit.id());
                json.writeNumberField("sequence", hit.sequence());
                json.writeNumberField("score", hit.score());
                EntryJson.values(json, "metadata", hit.metadata());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}

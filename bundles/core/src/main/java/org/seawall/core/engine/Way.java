package org.seawall.core.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The way along the sealed files of a log, by their names: from a place on, the compacted run with the farthest reach if one
 * begins there, otherwise the segment. What the run stands for may still be there, if a crash came before it was archived.
 *
 * @param files the way; behind a gap all that is there, for the reader to find the gap. Of one number there may be several
 *     segments where a strategy writes one a commit: at most one of them is on the chain
 * @param replaced what stands for segments that other files on the way stand for too, or that come before it
 */
record Way(List<Numbered> files, List<Numbered> replaced) {

    static Way behind(long covered, Collection<Numbered> all) {
        List<Numbered> files = new ArrayList<>();
        List<Numbered> replaced = new ArrayList<>();
        long at = covered;
        for (Numbered file : all.stream().sorted(Numbered.ORDER).toList()) {
            boolean sibling = !files.isEmpty() && !file.run() && !last(files).run() && file.first() == at;
            if (file.first() > at || sibling) {
                files.add(file);
                at = file.last();
            } else {
                replaced.add(file);
            }
        }
        return new Way(files, replaced);
    }

    private static Numbered last(List<Numbered> files) {
        return files.get(files.size() - 1);
    }
}

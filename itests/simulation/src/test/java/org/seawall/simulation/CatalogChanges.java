package org.seawall.simulation;

import java.util.List;
import org.seawall.LogUnavailableException;
import org.seawall.SeawallException;
import org.seawall.catalog.CollectionInfo;
import org.seawall.catalog.CollectionSpec;

/** Creates, changes and drops collections, one after the other. */
final class CatalogChanges extends Actor {
    private static final int NAMES = 4;

    CatalogChanges(Process process) {
        super(process);
    }

    @Override
    void act() {
        if (process.catalogFailed()) {
            process.stop();
            return;
        }
        List<String> names = process.world().collections().names();
        String name = "c" + random.nextInt(NAMES);
        if (!names.contains(name)) {
            create(name);
        } else if (random.nextInt(4) == 0) {
            drop(name);
        } else {
            update(name, "o" + random.nextInt(100));
        }
        scheduler.sleep("changed the catalog", 20 + random.nextInt(300));
    }

    private void create(String name) {
        scheduler.note("  creates " + name);
        process.world().collections().creates(name);
        CollectionInfo info = process.catalog().create(CollectionSpec.payloads(name));
        learn(() -> process.world().collections().created(info));
        scheduler.yield("created");
    }

    private void update(String name, String owner) {
        scheduler.note("  updates " + name);
        process.world().collections().updates(name, owner);
        process.catalog().update(name, spec -> spec.withOwner(owner));
        learn(process.world().collections()::done);
        scheduler.yield("updated");
    }

    private void drop(String name) {
        scheduler.note("  drops " + name);
        process.world().collections().drops(name);
        process.catalog().drop(name);
        learn(process.world().collections()::done);
        scheduler.yield("dropped");
    }

    private void learn(Runnable news) {
        if (!process.dead()) {
            news.run();
        }
    }

    @Override
    void refused(SeawallException e) {
        super.refused(e);
        if (process.dead()) {
            return;
        }
        if (e instanceof LogUnavailableException) {
            process.world().collections().refused();
        } else {
            process.stop();
        }
    }
}

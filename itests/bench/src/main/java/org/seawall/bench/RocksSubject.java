package org.seawall.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.seawall.bench.harness.Cell;
import org.seawall.bench.harness.Subject;

/** RocksDB with its default options: one synchronous write batch a batch, each entry a value of the same length. */
final class RocksSubject implements Subject {
    private static final int VALUES = 64;

    private final WriteOptions sync;
    private byte[][] values;
    private Cell cell;
    private Options options;
    private RocksDB db;

    RocksSubject() {
        RocksDB.loadLibrary();
        sync = new WriteOptions().setSync(true);
    }

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public void open(Path directory, Cell cell) throws Exception {
        this.cell = cell;
        if (values == null) {
            values = values(cell);
        }
        options = new Options().setCreateIfMissing(true);
        db = RocksDB.open(options, directory.toString());
    }

    @Override
    public void append(int number) throws Exception {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < cell.batch(); i++) {
                int entry = number * cell.batch() + i;
                batch.put(key(entry), values[entry % VALUES]);
            }
            db.write(sync, batch);
        }
    }

    /** Some values of the length of an encoded entry. */
    static byte[][] values(Cell cell) {
        byte[][] values = new byte[VALUES][(int) SeawallSubject.batchBytes(Work.of(new Cell(cell.work(), 1, 1), 1))];
        Random random = new Random(1);
        for (byte[] value : values) {
            random.nextBytes(value);
        }
        return values;
    }

    static byte[] key(int entry) {
        return ("id-" + (1_000_000_000 + entry)).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public long batchBytes() {
        return (long) values[0].length * cell.batch();
    }

    @Override
    public void close() {
        db.close();
        options.close();
    }
}

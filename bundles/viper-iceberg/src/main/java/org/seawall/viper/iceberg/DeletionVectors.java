package org.seawall.viper.iceberg;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinReader;
import org.seawall.LogCorruptException;
import org.seawall.spi.filesystem.FileInput;
import org.seawall.spi.filesystem.FileSystem;
import org.seawall.spi.filesystem.Location;
import org.seawall.viper.manifest.DeleteVector;
import org.seawall.viper.manifest.FileNames;
import org.seawall.viper.manifest.PartEntry;

/**
 * Delete vectors of a store as deletion vectors of a table: a Puffin file for each, named after it. A store never changes a delete vector, so the name
 * tells what is in the file, and one that an attempt has left which died is taken as it is.
 */
final class DeletionVectors {
    private static final String DIRECTORY = "/deletes/";
    private static final String ENDING = ".puffin";

    private final FileSystem files;
    private final Location parts;
    private final Table table;

    DeletionVectors(FileSystem files, Location parts, Table table) {
        this.files = files;
        this.parts = parts;
        this.table = table;
    }

    /** Whether a file of the table shows the delete vector that the part has. */
    boolean shows(DeleteFile file, PartEntry part) {
        return file.location().equals(path(part));
    }

    /** Makes the deletion vector of a part that has deleted rows; on return its file is durable. */
    DeleteFile make(String data, PartEntry part) throws IOException {
        InputFile there = table.io().newInputFile(path(part));
        return there.exists() ? found(there, data, part) : written(data, part);
    }

    private String path(PartEntry part) {
        return table.location() + DIRECTORY + part.deletes() + ENDING;
    }

    private DeleteFile found(InputFile file, String data, PartEntry part) throws IOException {
        try (PuffinReader reader = Puffin.read(file).build()) {
            List<BlobMetadata> blobs = reader.fileMetadata().blobs();
            String rows = Integer.toString(part.deleted());
            if (blobs.size() != 1
                    || !rows.equals(blobs.get(0).properties().get("cardinality"))
                    || !data.equals(blobs.get(0).properties().get("referenced-data-file"))) {
                throw new LogCorruptException(
                        "deletion vector of another part",
                        part.name() + " x " + rows,
                        blobs.toString(),
                        0,
                        file.location());
            }
            return FileMetadata.deleteFileBuilder(table.spec())
                    .ofPositionDeletes()
                    .withFormat(FileFormat.PUFFIN)
                    .withPath(file.location())
                    .withFileSizeInBytes(file.getLength())
                    .withReferencedDataFile(data)
                    .withContentOffset(blobs.get(0).offset())
                    .withContentSizeInBytes(blobs.get(0).length())
                    .withRecordCount(part.deleted())
                    .build();
        }
    }

    private DeleteFile written(String data, PartEntry part) throws IOException {
        DeleteVector vector = read(part);
        DVFileWriter writer = Deletes.writeDVs(
                EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(path(part))), path -> null);
        try (writer) {
            for (int row = 0; row < part.rows(); row++) {
                if (vector.has(row)) {
                    writer.delete(data, row, table.spec(), null);
                }
            }
        }
        return writer.result().deleteFiles().get(0);
    }

    private DeleteVector read(PartEntry part) throws IOException {
        Location file = parts.child(part.deletes() + FileNames.DELETES);
        try (FileInput input = files.open(file)) {
            DeleteVector vector = DeleteVector.read(input, part.name(), part.rows());
            if (vector.count() != part.deleted()) {
                throw new LogCorruptException(
                        "delete vector with another number of rows than its manifest tells",
                        Integer.toString(part.deleted()),
                        Integer.toString(vector.count()),
                        0,
                        file.toString());
            }
            return vector;
        }
    }
}

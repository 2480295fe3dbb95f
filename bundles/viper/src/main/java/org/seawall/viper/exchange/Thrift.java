package org.seawall.viper.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * Parquet's structures. Its own reader of them makes room for a list of any length that the bytes tell; here no list and no text is
 * longer than the bytes that are there.
 */
final class Thrift {
    private Thrift() {}

    /**
     * @throws IllegalArgumentException if it is no footer
     */
    static FileMetaData footer(byte[] bytes) throws IOException {
        FileMetaData footer = new FileMetaData();
        read(footer, new ByteArrayInputStream(bytes), bytes.length);
        return footer;
    }

    /**
     * @throws IllegalArgumentException if it is no header of a page
     * @throws IOException if the file cannot be read
     */
    static PageHeader pageHeader(InputStream bytes, long limit) throws IOException {
        PageHeader header = new PageHeader();
        read(header, bytes, limit);
        return header;
    }

    private static void read(TBase<?, ?> structure, InputStream bytes, long limit) throws IOException {
        try {
            structure.read(new TCompactProtocol(new TIOStreamTransport(bytes), limit, limit));
        } catch (TException | StackOverflowError e) {
            // the error, if structures that nobody knows are nested without end
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalArgumentException(structure.getClass().getSimpleName() + " is not readable", e);
        }
    }
}

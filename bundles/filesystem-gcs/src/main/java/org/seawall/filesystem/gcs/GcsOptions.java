package org.seawall.filesystem.gcs;

import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.BucketField;
import com.google.cloud.storage.Storage.BucketGetOption;
import java.util.ArrayList;
import java.util.List;

/** What goes with each kind of request. */
final class GcsOptions {

    private GcsOptions() {}

    static BlobGetOption[] head(ObjectSettings settings) {
        List<BlobGetOption> options = new ArrayList<>();
        options.add(BlobGetOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.GENERATION, BlobField.METADATA));
        if (!settings.userProject().isEmpty()) {
            options.add(BlobGetOption.userProject(settings.userProject()));
        }
        return options.toArray(BlobGetOption[]::new);
    }

    static BlobListOption[] list(ObjectSettings settings, BlobListOption... asked) {
        List<BlobListOption> options = new ArrayList<>(List.of(asked));
        options.add(BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.GENERATION));
        if (!settings.userProject().isEmpty()) {
            options.add(BlobListOption.userProject(settings.userProject()));
        }
        return options.toArray(BlobListOption[]::new);
    }

    static BucketGetOption[] rules(ObjectSettings settings) {
        List<BucketGetOption> options = new ArrayList<>();
        options.add(BucketGetOption.fields(BucketField.LIFECYCLE));
        if (!settings.userProject().isEmpty()) {
            options.add(BucketGetOption.userProject(settings.userProject()));
        }
        return options.toArray(BucketGetOption[]::new);
    }

    static BlobSourceOption[] source(ObjectSettings settings) {
        return settings.userProject().isEmpty()
                ? new BlobSourceOption[0]
                : new BlobSourceOption[] {BlobSourceOption.userProject(settings.userProject())};
    }

    static BlobSourceOption[] read(ObjectSettings settings) {
        List<BlobSourceOption> options = new ArrayList<>(List.of(source(settings)));
        if (!settings.encryption().customerKey().isEmpty()) {
            options.add(BlobSourceOption.decryptionKey(
                    settings.encryption().customerKey().text()));
        }
        return options.toArray(BlobSourceOption[]::new);
    }

    /** An object in one request; the SDK sends its CRC32C along. */
    static BlobTargetOption[] single(ObjectSettings settings, long generation) {
        List<BlobTargetOption> options = new ArrayList<>();
        options.add(generation == 0 ? BlobTargetOption.doesNotExist() : BlobTargetOption.generationMatch(generation));
        options.add(BlobTargetOption.disableGzipContent());
        if (!settings.userProject().isEmpty()) {
            options.add(BlobTargetOption.userProject(settings.userProject()));
        }
        ObjectSettings.Encryption encryption = settings.encryption();
        if (!encryption.kmsKey().isEmpty()) {
            options.add(BlobTargetOption.kmsKeyName(encryption.kmsKey()));
        }
        if (!encryption.customerKey().isEmpty()) {
            options.add(BlobTargetOption.encryptionKey(encryption.customerKey().text()));
        }
        return options.toArray(BlobTargetOption[]::new);
    }

    /** An object in parts. */
    static BlobWriteOption[] parts(ObjectSettings settings, long generation) {
        List<BlobWriteOption> options = new ArrayList<>();
        options.add(generation == 0 ? BlobWriteOption.doesNotExist() : BlobWriteOption.generationMatch(generation));
        options.add(BlobWriteOption.crc32cMatch());
        if (!settings.userProject().isEmpty()) {
            options.add(BlobWriteOption.userProject(settings.userProject()));
        }
        ObjectSettings.Encryption encryption = settings.encryption();
        if (!encryption.kmsKey().isEmpty()) {
            options.add(BlobWriteOption.kmsKeyName(encryption.kmsKey()));
        }
        if (!encryption.customerKey().isEmpty()) {
            options.add(BlobWriteOption.encryptionKey(encryption.customerKey().text()));
        }
        return options.toArray(BlobWriteOption[]::new);
    }
}

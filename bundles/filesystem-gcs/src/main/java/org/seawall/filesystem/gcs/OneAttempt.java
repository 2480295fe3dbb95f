package org.seawall.filesystem.gcs;

import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.cloud.storage.StorageRetryStrategy;

/** Nothing is sent again by the SDK: whether that is right, only the file system knows. */
final class OneAttempt implements StorageRetryStrategy {
    private static final long serialVersionUID = 1L;

    @Override
    public ResultRetryAlgorithm<?> getIdempotentHandler() {
        return new Never();
    }

    @Override
    public ResultRetryAlgorithm<?> getNonidempotentHandler() {
        return new Never();
    }

    private static final class Never extends BasicResultRetryAlgorithm<Object> {
        @Override
        public boolean shouldRetry(Throwable previousThrowable, Object previousResponse) {
            return false;
        }
    }
}

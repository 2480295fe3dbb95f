package org.seawall.filesystem.gcs;

import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.DeleteLifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import java.util.List;
import java.util.Optional;

/** Rules of a bucket by which the store deletes objects. */
final class GcsExpiry {

    private GcsExpiry() {}

    /** The first rule that deletes the object with a key when it gets old; one that only clears versions away that were replaced is none. */
    static Optional<String> of(List<? extends LifecycleRule> rules, String key) {
        return rules.stream()
                .filter(rule -> rule.getAction().getActionType().equals(DeleteLifecycleAction.TYPE))
                .map(LifecycleRule::getCondition)
                .filter(condition -> ofLiving(condition) && covers(condition, key))
                .map(condition -> "ageDays=" + condition.getAge() + ", prefixes=" + prefixes(condition))
                .findFirst();
    }

    private static boolean ofLiving(LifecycleCondition condition) {
        return !Boolean.FALSE.equals(condition.getIsLive())
                && condition.getNumberOfNewerVersions() == null
                && condition.getDaysSinceNoncurrentTime() == null
                && condition.getNoncurrentTimeBeforeOffsetDateTime() == null;
    }

    private static boolean covers(LifecycleCondition condition, String key) {
        List<String> suffixes =
                Optional.ofNullable(condition.getMatchesSuffix()).orElse(List.of());
        return (prefixes(condition).isEmpty() || prefixes(condition).stream().anyMatch(key::startsWith))
                && (suffixes.isEmpty() || suffixes.stream().anyMatch(key::endsWith));
    }

    private static List<String> prefixes(LifecycleCondition condition) {
        return Optional.ofNullable(condition.getMatchesPrefix()).orElse(List.of());
    }
}

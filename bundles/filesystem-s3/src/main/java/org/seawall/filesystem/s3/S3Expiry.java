package org.seawall.filesystem.s3;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleAndOperator;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/** Rules of a bucket by which the store deletes objects. */
final class S3Expiry {

    private S3Expiry() {}

    /** The first rule that deletes the object with a key when it gets old. Our objects have no tags, so a rule for tags is none. */
    static Optional<String> of(List<LifecycleRule> rules, String key) {
        return rules.stream()
                .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
                .filter(rule -> deletes(rule.expiration()))
                .filter(rule -> !ofTags(rule.filter()) && key.startsWith(prefix(rule)))
                .map(rule -> rule.id() + ", prefix=" + prefix(rule) + ", " + when(rule.expiration()))
                .findFirst();
    }

    private static boolean deletes(LifecycleExpiration expiration) {
        return expiration != null && (expiration.days() != null || expiration.date() != null);
    }

    private static String when(LifecycleExpiration expiration) {
        return expiration.days() == null ? "date=" + expiration.date() : "days=" + expiration.days();
    }

    private static boolean ofTags(LifecycleRuleFilter filter) {
        return filter != null
                && (filter.tag() != null || filter.and() != null && filter.and().hasTags());
    }

    private static String prefix(LifecycleRule rule) {
        Optional<LifecycleRuleFilter> filter = Optional.ofNullable(rule.filter());
        return Stream.of(
                        filter.map(LifecycleRuleFilter::prefix),
                        filter.map(LifecycleRuleFilter::and).map(LifecycleRuleAndOperator::prefix),
                        Optional.ofNullable(olderPrefix(rule)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** Rules that were made before there were filters are told so. */
    @SuppressWarnings("deprecation")
    private static String olderPrefix(LifecycleRule rule) {
        return rule.prefix();
    }
}

package dev.nuxari.protocol;

import dev.nuxari.transparency.StrictBase64;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.Verification.Refuted;
import dev.nuxari.transparency.Verification.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What has to hold between a manifest and the next one. */
final class KeySuccession {
    private KeySuccession() {}

    /** A rule, and what is wrong where it is broken. */
    private record Rule(String broken, BiPredicate<KeyManifest, KeyManifest> holds) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "it is of another organization",
                    (before, next) -> before.organization().equals(next.organization())),
            new Rule("it is not the next version", (before, next) -> before.version() + 1 == next.version()),
            new Rule("it was issued earlier", (before, next) -> !next.issuedAt().isBefore(before.issuedAt())),
            new Rule("it names another predecessor", KeySuccession::namesHash),
            new Rule("the predecessor's log key has not signed it", KeySuccession::isVouchedFor),
            new Rule("a retired key was dropped or changed", KeySuccession::keepsRetired),
            new Rule("a key was dropped or changed", KeySuccession::keepsKeys));

    static Verification check(KeyManifest before, KeyManifest next) {
        for (KeyManifest manifest : List.of(before, next)) {
            if (manifest.verify() instanceof Refuted refuted) {
                return refuted;
            }
        }
        Optional<Rule> broken =
                RULES.stream().filter(rule -> !rule.holds().test(before, next)).findFirst();
        return broken.<Verification>map(rule -> new Refuted("version %d does not follow version %d: %s"
                        .formatted(next.version(), before.version(), rule.broken())))
                .orElseGet(Verified::new);
    }

    private static boolean namesHash(KeyManifest before, KeyManifest next) {
        Predecessor previous = next.previous();
        return previous != null && previous.hash().equals(before.hash());
    }

    private static boolean isVouchedFor(KeyManifest before, KeyManifest next) {
        Predecessor previous = next.previous();
        try {
            return previous != null
                    && before.key(KeyName.LOG)
                            .key()
                            .verifies(StrictBase64.decode(previous.signature()), next.handedOverBytes());
        } catch (IllegalArgumentException _) {
            return false; // not even base64
        }
    }

    /** The log key before is the newest of the retired, if there is another now. None appears out of nothing. */
    private static boolean keepsRetired(KeyManifest before, KeyManifest next) {
        PublishedKey log = before.key(KeyName.LOG);
        List<RetiredKey> expected = new ArrayList<>(before.retired());
        if (!log.isPublishedAs(next.key(KeyName.LOG))) {
            next.findRetired(log).ifPresent(expected::add);
            if (expected.size() == before.retired().size()
                    || !expected.getLast().key().isPublishedAs(log)) {
                return false;
            }
        }
        if (expected.size() != next.retired().size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).isSameAs(next.retired().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Only the log key is replaced; whatever is new may come. */
    private static boolean keepsKeys(KeyManifest before, KeyManifest next) {
        return before.keys().stream()
                .filter(key -> key.name() != KeyName.LOG)
                .allMatch(
                        key -> next.find(key.name()).filter(key::isPublishedAs).isPresent());
    }
}

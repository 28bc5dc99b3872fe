package dev.nuxari.server.domains;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A domain that an organization says is its own. */
public sealed interface Domain {
    /** So long the record may be missing, in a row, before the domain is no longer verified. */
    Duration PATIENCE = Duration.ofDays(7);

    /** What both states have. */
    record Facts(
            DomainId id,
            Challenge challenge,
            Instant addedAt,
            @Nullable Check lastCheck) {
        Facts after(Check check) {
            return new Facts(id, challenge, addedAt, check);
        }
    }

    /** A look at the record. */
    record Check(Instant at, CheckOutcome outcome) {}

    Facts facts();

    /** What it is after a look at the record. */
    Domain after(Check check);

    /**
     * Not shown to be its own.
     *
     * @param lapsedAt since when, if it was before
     */
    record Pending(Facts facts, @Nullable Instant lapsedAt) implements Domain {
        @Override
        public Domain after(Check check) {
            Facts now = facts.after(check);
            return check.outcome() == CheckOutcome.FOUND
                    ? new Verified(now, check.at(), null)
                    : new Pending(now, lapsedAt);
        }
    }

    /**
     * Shown to be its own, and to be so still.
     *
     * @param failingSince since when the record is missing, if it is
     */
    record Verified(
            Facts facts, Instant verifiedAt, @Nullable Instant failingSince) implements Domain {
        @Override
        public Domain after(Check check) {
            Facts now = facts.after(check);
            if (!check.outcome().isAgainst()) {
                return new Verified(now, verifiedAt, check.outcome() == CheckOutcome.FOUND ? null : failingSince);
            }
            Instant since = failingSince == null ? check.at() : failingSince;
            return check.at().isBefore(since.plus(PATIENCE))
                    ? new Verified(now, verifiedAt, since)
                    : new Pending(now, check.at());
        }
    }
}

package dev.nuxari.server.api;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The memory behind {@code Idempotency-Key}: a member's request that is sent twice acts once, and is answered twice. Rows
 * belong to the organization like everything else.
 */
@Component
class Idempotency {
    private static final Duration REMEMBERED = Duration.ofHours(24);

    /** Longer than any request lasts: who has not answered by then has died. */
    private static final Duration ABANDONED = Duration.ofMinutes(5);

    private final OrganizationScope scope;
    private final IdempotencyStore store;
    private final InstantSource clock;

    Idempotency(OrganizationScope scope, IdempotencyStore store, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.clock = clock;
    }

    /** What was answered the first time. */
    @SuppressWarnings("ArrayRecordComponent") // It is replayed, never compared.
    record Reply(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            @Nullable String eTag,
            byte[] body) {}

    /** A key that was seen before; without a reply it is still being worked on. */
    record Known(
            String requestHash, Instant since, @Nullable Reply reply) {}

    /**
     * Takes the key for this request, or answers what the same request was answered before.
     *
     * @throws ProblemException if the key belongs to another request, or this one is still being worked on
     */
    Optional<Reply> begin(Caller caller, String key, String requestHash) {
        MemberId member = caller.memberId();
        Instant now = clock.instant();
        return scope.within(caller.organization(), caller, () -> {
            store.forgetBefore(member, now.minus(REMEMBERED));
            if (store.claim(member, key, requestHash, now)) {
                return Optional.empty();
            }
            Known known = store.find(member, key)
                    .orElseThrow(() -> new ProblemException(ApiProblem.CONFLICT, "Send the request again."));
            return Optional.ofNullable(
                    known.requestHash().equals(requestHash) ? same(member, key, known, now) : other());
        });
    }

    private @Nullable Reply same(MemberId member, String key, Known known, Instant now) {
        if (known.reply() != null) {
            return known.reply();
        }
        if (known.since().isAfter(now.minus(ABANDONED))) {
            throw new ProblemException(
                    ApiProblem.REQUEST_IN_PROGRESS, "The first request with this key is still being worked on.");
        }
        store.reclaim(member, key, now);
        return null;
    }

    private static Reply other() {
        throw new ProblemException(
                ApiProblem.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key came with another body or to another address before. Choose a fresh one.");
    }

    void complete(Caller caller, String key, Reply reply) {
        scope.run(caller.organization(), caller, () -> store.complete(caller.memberId(), key, reply));
    }

    /** The request did not come to an end; the same key may try again. */
    void release(Caller caller, String key) {
        scope.run(caller.organization(), caller, () -> store.release(caller.memberId(), key));
    }
}

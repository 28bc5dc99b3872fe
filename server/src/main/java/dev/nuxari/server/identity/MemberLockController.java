package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.tenancy.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/members/{memberId}")
class MemberLockController {
    private final MemberLocks locks;

    MemberLockController(MemberLocks locks) {
        this.locks = locks;
    }

    /**
     * Whether the broker lets the member try to sign in.
     *
     * @param locked after five wrong passwords, for half an hour
     */
    record LockView(boolean locked) {}

    /** Nothing has to be said about it. */
    record NewUnlock() {}

    @GetMapping("/lock")
    LockView showLock(@PathVariable OrganizationId organizationId, @PathVariable MemberId memberId, Caller caller) {
        return new LockView(
                locks.isLocked(organizationId, caller, memberId).orElseThrow(MemberLockController::unknown));
    }

    @PostMapping("/unlocks")
    @ResponseStatus(HttpStatus.CREATED)
    LockView unlockMember(
            @PathVariable OrganizationId organizationId,
            @PathVariable MemberId memberId,
            @RequestBody NewUnlock wanted,
            Caller caller) {
        return switch (locks.unlock(organizationId, caller, memberId)) {
            case UnlockRuling.Unlocked _ -> new LockView(false);
            case UnlockRuling.TooSoon _ ->
                throw new ProblemException(
                        IdentityProblem.UNLOCKED_TOO_SOON,
                        "A lock is ended every %d minutes at most, and ends by itself after half an hour. Is it the member who"
                                        .formatted(MemberLocks.PAUSE.toMinutes())
                                + " tries?");
            case UnlockRuling.Unknown _ -> throw unknown();
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(MemberRefusal.NO_SUCH_MEMBER, MemberRefusal.NO_SUCH_MEMBER.advice());
    }
}

package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.Person;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.tenancy.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/identity-policy")
class IdentityPolicyController {
    /** As many members as a preview names; it counts all of them. */
    private static final int MOST_NAMED = 100;

    private final IdentityPolicies policies;

    IdentityPolicyController(IdentityPolicies policies) {
        this.policies = policies;
    }

    /** An empty list of domains enrols from every domain, an empty list of networks lets in from everywhere. */
    record PolicyView(
            List<String> emailDomainAllowlist,
            MfaRequired mfaRequired,
            List<LoginMethod> loginMethods,
            List<String> ipAllowlist,
            String inviteTtl,
            String sessionMaxAge,
            String idleTimeout,
            @Nullable String stepUpAge,
            int version) {
        static PolicyView of(IdentityPolicy policy) {
            EntryTerms terms = policy.terms();
            return new PolicyView(
                    policy.emailDomainAllowlist().names().toList(),
                    terms.mfaRequired(),
                    List.copyOf(terms.loginMethods()),
                    terms.ipAllowlist().names().toList(),
                    policy.inviteTtl().toString(),
                    terms.sessionMaxAge().toString(),
                    terms.idleTimeout().toString(),
                    Optional.ofNullable(terms.stepUpAge())
                            .map(Duration::toString)
                            .orElse(null),
                    policy.version());
        }
    }

    /** A member of whose open sessions at least one would be refused; entirely, if all would. */
    record LockedOutView(Person member, int sessions, boolean entirely, List<EntryRefusal> because) {
        static LockedOutView of(Lockout.LockedOut member) {
            return new LockedOutView(
                    member.person(), member.sessions(), member.entirely(), List.copyOf(member.because()));
        }
    }

    /** Of the members who are signed in, so many would be locked out: the first of them by name, and whether you are. */
    record LockoutView(int signedIn, int lockedOut, List<LockedOutView> members, List<EntryRefusal> yourself) {
        static LockoutView of(Lockout lockout) {
            return new LockoutView(
                    lockout.signedIn(),
                    lockout.members().size(),
                    lockout.members().stream()
                            .limit(MOST_NAMED)
                            .map(LockedOutView::of)
                            .toList(),
                    lockout.yourself());
        }
    }

    @GetMapping
    ResponseEntity<PolicyView> showIdentityPolicy(@PathVariable OrganizationId organizationId, Caller caller) {
        return answer(policies.find(organizationId, caller));
    }

    @PostMapping("/preview")
    LockoutView previewIdentityPolicy(
            @PathVariable OrganizationId organizationId,
            @RequestBody NewPolicy policy,
            Caller caller,
            @RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication) {
        return LockoutView.of(policies.preview(organizationId, caller, authentication.assurance(), policy.policy()));
    }

    // What a change is made of, and what its maker is judged by.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @PutMapping
    ResponseEntity<PolicyView> changeIdentityPolicy(
            @PathVariable OrganizationId organizationId,
            Version version,
            @RequestParam(defaultValue = "false") boolean lockMeOut,
            @RequestBody NewPolicy policy,
            Caller caller,
            @RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication) {
        var change = new PolicyChange(version.value(), policy.policy(), lockMeOut);
        return switch (policies.change(organizationId, caller, authentication.assurance(), change)) {
            case PolicyRuling.Accepted(IdentityPolicy changed) -> answer(changed);
            case PolicyRuling.Stale(int current) -> throw version.stale(current);
            case PolicyRuling.LocksOut(List<EntryRefusal> because) -> throw locksOut(because);
        };
    }

    private static ProblemException locksOut(List<EntryRefusal> because) {
        return new ProblemException(
                IdentityProblem.LOCKS_YOU_OUT,
                "By these rules you would not be let in any more, because of: %s. If that is what you want, say so with lockMeOut=true."
                        .formatted(because.stream().map(Spelling::of).collect(Collectors.joining(", "))));
    }

    private static ResponseEntity<PolicyView> answer(IdentityPolicy policy) {
        return ResponseEntity.ok().eTag(new Version(policy.version()).eTag()).body(PolicyView.of(policy));
    }
}

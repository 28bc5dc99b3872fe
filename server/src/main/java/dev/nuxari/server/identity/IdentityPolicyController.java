package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.Version;
import dev.nuxari.server.tenancy.Caller;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/identity-policy")
class IdentityPolicyController {
    private static final String ALLOWLIST = "emailDomainAllowlist";

    private final IdentityPolicies policies;

    IdentityPolicyController(IdentityPolicies policies) {
        this.policies = policies;
    }

    /** An empty list enrols from every domain. */
    record PolicyView(List<String> emailDomainAllowlist, int version) {
        static PolicyView of(IdentityPolicy policy) {
            return new PolicyView(policy.emailDomainAllowlist().names().toList(), policy.version());
        }
    }

    record NewPolicy(List<@Nullable String> emailDomainAllowlist) {
        NewPolicy {
            if (InvalidField.required(ALLOWLIST, emailDomainAllowlist).size() > EmailDomains.MOST) {
                throw new InvalidField(ALLOWLIST, "has more than " + EmailDomains.MOST + " domains");
            }
            if (read(emailDomainAllowlist).names().mapToInt(String::length).sum() > EmailDomains.MOST_CHARACTERS) {
                throw new InvalidField(
                        ALLOWLIST, "has more than " + EmailDomains.MOST_CHARACTERS + " characters in all its domains");
            }
        }

        EmailDomains allowlist() {
            return read(emailDomainAllowlist);
        }

        private static EmailDomains read(List<@Nullable String> texts) {
            return EmailDomains.of(IntStream.range(0, texts.size())
                    .mapToObj(place -> domain(place, texts.get(place)))
                    .toList());
        }

        private static EmailDomain domain(int place, @Nullable String text) {
            String name = ALLOWLIST + "/" + place;
            try {
                return EmailDomain.parse(InvalidField.required(name, text));
            } catch (InvalidField e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new InvalidField(name, String.valueOf(e.getMessage()));
            }
        }
    }

    @GetMapping
    ResponseEntity<PolicyView> showIdentityPolicy(@PathVariable OrganizationId organizationId, Caller caller) {
        return answer(policies.find(organizationId, caller));
    }

    @PutMapping
    ResponseEntity<PolicyView> changeIdentityPolicy(
            @PathVariable OrganizationId organizationId,
            Version version,
            @RequestBody NewPolicy policy,
            Caller caller) {
        return switch (policies.change(organizationId, caller, version.value(), policy.allowlist())) {
            case PolicyRuling.Accepted(IdentityPolicy changed) -> answer(changed);
            case PolicyRuling.Stale(int current) -> throw version.stale(current);
        };
    }

    private static ResponseEntity<PolicyView> answer(IdentityPolicy policy) {
        return ResponseEntity.ok().eTag(new Version(policy.version()).eTag()).body(PolicyView.of(policy));
    }
}

package dev.nuxari.server.domains;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.domains.CheckRuling.Checked;
import dev.nuxari.server.domains.CheckRuling.TooSoon;
import dev.nuxari.server.domains.CheckRuling.Unknown;
import dev.nuxari.server.domains.Domain.Check;
import dev.nuxari.server.domains.Domain.Facts;
import dev.nuxari.server.domains.Domain.Pending;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.identity.EmailDomain;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/domains")
class DomainController {
    private static final String DOMAIN = "domain";

    /** Of what a person writes; what is longer is no domain. */
    private static final int LONGEST = 300;

    private final Domains domains;
    private final DomainChecks checks;
    private final Redactor redactor;

    DomainController(Domains domains, DomainChecks checks, Redactor redactor) {
        this.domains = domains;
        this.checks = checks;
        this.redactor = redactor;
    }

    record NewDomain(String domain) {
        NewDomain {
            domain = read(InvalidField.text(DOMAIN, domain, LONGEST)).name();
        }

        EmailDomain read() {
            return new EmailDomain(domain);
        }

        private static EmailDomain read(String text) {
            try {
                EmailDomain domain = EmailDomain.parse(text);
                if (PublicSuffix.is(domain)) {
                    throw new InvalidField(DOMAIN, "is a suffix below which anybody can have a domain");
                }
                if (!Challenge.fitsBelow(domain)) {
                    throw new InvalidField(DOMAIN, "is too long for a record below it");
                }
                return domain;
            } catch (InvalidField e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new InvalidField(DOMAIN, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Nothing can be said about it yet. */
    record NewCheck() {}

    /** Nothing can be said about it yet. */
    record NewRemoval() {}

    enum DomainState {
        PENDING,
        VERIFIED
    }

    /** The name and the value of the TXT record that shows the domain to be the organization's. */
    record DomainRecordView(String name, String value) {}

    /** The last look for the record. */
    record LastCheckView(Instant at, CheckOutcome outcome) {}

    record DomainView(
            DomainId id,
            String domain,
            DomainState state,
            DomainRecordView record,
            Instant addedAt,
            @Nullable Instant verifiedAt,
            @Nullable Instant failingSince,
            @Nullable Instant lapsedAt,
            @Nullable LastCheckView lastCheck) {
        static DomainView of(Domain domain) {
            return switch (domain) {
                case Pending(Facts facts, Instant lapsedAt) -> of(facts, DomainState.PENDING, null, null, lapsedAt);
                case Verified(Facts facts, Instant verifiedAt, Instant failingSince) ->
                    of(facts, DomainState.VERIFIED, verifiedAt, failingSince, null);
            };
        }

        private static DomainView of(
                Facts facts,
                DomainState state,
                @Nullable Instant verifiedAt,
                @Nullable Instant failingSince,
                @Nullable Instant lapsedAt) {
            Challenge challenge = facts.challenge();
            Check check = facts.lastCheck();
            return new DomainView(
                    facts.id(),
                    challenge.domain().name(),
                    state,
                    new DomainRecordView(challenge.name(), challenge.value()),
                    facts.addedAt(),
                    verifiedAt,
                    failingSince,
                    lapsedAt,
                    check == null ? null : new LastCheckView(check.at(), check.outcome()));
        }
    }

    /**
     * What was found. Values and aliases are words of others: the first five, shortened and without what looks like a secret.
     */
    record DomainCheckView(DomainView domain, CheckOutcome outcome, List<String> otherValues, List<String> aliases) {}

    @GetMapping
    PageView<DomainView> listDomains(OrganizationId organization, Caller caller, PageRequest page) {
        return PageView.of(domains.list(organization, caller, page), DomainView::of);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DomainView addDomain(OrganizationId organization, Caller caller, @RequestBody NewDomain wanted) {
        return switch (domains.add(organization, caller, wanted.read())) {
            case AddRuling.Added(Domain domain) -> DomainView.of(domain);
            case AddRuling.Refused(DomainProblem why) -> throw new ProblemException(why, advice(why));
        };
    }

    @PostMapping("/{id}/checks")
    @ResponseStatus(HttpStatus.CREATED)
    DomainCheckView checkDomain(
            OrganizationId organization,
            Caller caller,
            @PathVariable DomainId id,
            @RequestBody(required = false) @Nullable NewCheck nothing) {
        return switch (checks.check(organization, caller, id)) {
            case Checked checked -> view(checked);
            case TooSoon _ ->
                throw new ProblemException(
                        DomainProblem.DOMAIN_CHECKED_TOO_SOON, advice(DomainProblem.DOMAIN_CHECKED_TOO_SOON));
            case Unknown _ -> throw unknown(id);
        };
    }

    @PostMapping("/{id}/removals")
    @ResponseStatus(HttpStatus.CREATED)
    DomainView removeDomain(
            OrganizationId organization,
            Caller caller,
            @PathVariable DomainId id,
            @RequestBody(required = false) @Nullable NewRemoval nothing) {
        return DomainView.of(domains.remove(organization, caller, id).orElseThrow(() -> unknown(id)));
    }

    private DomainCheckView view(Checked checked) {
        List<String> values = checked.lookup() instanceof Lookup.Answered answered ? answered.values() : List.of();
        List<String> aliases = checked.lookup() instanceof Lookup.Answered answered ? answered.aliases() : List.of();
        String own = checked.domain().facts().challenge().value();
        return new DomainCheckView(
                DomainView.of(checked.domain()),
                checked.outcome(),
                ForeignText.shown(
                        values.stream().filter(value -> !value.equals(own)).toList(), redactor),
                ForeignText.shown(aliases, redactor));
    }

    private static String advice(DomainProblem problem) {
        return switch (problem) {
            case NO_SUCH_DOMAIN -> "Look at the list of domains.";
            case DOMAIN_ALREADY_ADDED -> "Its record is in the list of domains.";
            case TOO_MANY_DOMAINS -> "Remove one that is not needed.";
            case DOMAIN_CHECKED_TOO_SOON ->
                "A domain is looked at every %d s at most, and not sooner after it was added."
                        .formatted(DomainChecks.EVERY.toSeconds());
        };
    }

    private static ProblemException unknown(DomainId id) {
        return new ProblemException(DomainProblem.NO_SUCH_DOMAIN, "There is no domain " + id + ".");
    }
}

package dev.nuxari.server.domains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.server.domains.Domain.Check;
import dev.nuxari.server.domains.Domain.Facts;
import dev.nuxari.server.domains.Domain.Pending;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.identity.EmailDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {
    private static final Instant ADDED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant VERIFIED = ADDED.plusSeconds(60);
    private static final Challenge CHALLENGE = Challenge.random(new EmailDomain("acme.example"));
    private static final Facts FACTS = new Facts(new DomainId(UUID.randomUUID()), CHALLENGE, ADDED, null);

    @Test
    void challengeIsTheRecordThatIsLookedFor() {
        assertThat(CHALLENGE.name()).isEqualTo("_nuxari-challenge.acme.example");
        assertThat(CHALLENGE.value()).matches("nuxari-domain-verification=[0-9a-f]{32}");
        assertThat(Challenge.random(CHALLENGE.domain()).value()).isNotEqualTo(CHALLENGE.value());
    }

    @Test
    void valueHasToBeTheSameToTheLetter() {
        assertThat(judged(CHALLENGE.value())).isEqualTo(CheckOutcome.FOUND);
        assertThat(judged("v=spf1 -all", CHALLENGE.value())).isEqualTo(CheckOutcome.FOUND);
        assertThat(judged()).isEqualTo(CheckOutcome.NO_RECORD);
        for (String other : List.of(
                CHALLENGE.value() + " ",
                " " + CHALLENGE.value(),
                CHALLENGE.value().toUpperCase(Locale.ROOT),
                CHALLENGE.token(),
                CHALLENGE.value().substring(1),
                "")) {
            assertThat(judged(other)).as(other).isEqualTo(CheckOutcome.OTHER_VALUES);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FOUND")
    void onlyTheRecordVerifies(CheckOutcome outcome) {
        assertThat(new Pending(FACTS, null).after(new Check(VERIFIED, outcome))).isInstanceOf(Pending.class);
    }

    @Test
    void recordVerifies() {
        assertThat(new Pending(FACTS, ADDED).after(new Check(VERIFIED, CheckOutcome.FOUND)))
                .isEqualTo(verified(CheckOutcome.FOUND, VERIFIED, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_RECORD", "OTHER_VALUES", "NO_SUCH_NAME", "SERVER_FAILURE"})
    void sevenDaysInARowWithoutTheRecordEndIt(CheckOutcome outcome) {
        Domain domain = verified(CheckOutcome.FOUND, VERIFIED, null);
        for (int day = 1; day <= 7; day++) {
            domain = domain.after(new Check(day(day), outcome));
            assertThat(domain).as("day " + day).isEqualTo(verified(outcome, day(day), day(1)));
        }

        assertThat(domain.after(new Check(day(8).minusNanos(1000), outcome))).isInstanceOf(Verified.class);
        assertThat(domain.after(new Check(day(8), outcome)))
                .isEqualTo(new Pending(FACTS.after(new Check(day(8), outcome)), day(8)));
    }

    @Test
    void recordThatIsBackBeginsTheCountAnew() {
        Domain domain = verified(CheckOutcome.FOUND, VERIFIED, null)
                .after(new Check(day(1), CheckOutcome.NO_RECORD))
                .after(new Check(day(7), CheckOutcome.FOUND));
        assertThat(domain).isEqualTo(verified(CheckOutcome.FOUND, day(7), null));

        assertThat(domain.after(new Check(day(8), CheckOutcome.NO_RECORD)))
                .isEqualTo(verified(CheckOutcome.NO_RECORD, day(8), day(8)));
    }

    /** A name server of ours that is out of reach says nothing about anybody's domain. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void silenceNeitherEndsItNorBeginsTheCountAnew(int day) {
        Domain sound = verified(CheckOutcome.FOUND, VERIFIED, null);
        Domain failing = sound.after(new Check(day(1), CheckOutcome.NO_RECORD));

        assertThat(sound.after(new Check(day(day), CheckOutcome.NO_ANSWER)))
                .isEqualTo(verified(CheckOutcome.NO_ANSWER, day(day), null));
        assertThat(failing.after(new Check(day(day), CheckOutcome.NO_ANSWER)))
                .isEqualTo(verified(CheckOutcome.NO_ANSWER, day(day), day(1)));
    }

    private static Instant day(int number) {
        return VERIFIED.plus(Duration.ofDays(number));
    }

    private static Verified verified(CheckOutcome outcome, Instant at, @Nullable Instant failingSince) {
        return new Verified(FACTS.after(new Check(at, outcome)), VERIFIED, failingSince);
    }

    private static CheckOutcome judged(String... values) {
        return CHALLENGE.judge(new Lookup.Answered(List.of(values), List.of()));
    }
}

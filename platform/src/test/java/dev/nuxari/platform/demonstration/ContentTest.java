package dev.nuxari.platform.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.platform.demonstration.Entitlement.Risk;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {
    private static final List<Catalogue> CATALOGUES = List.of(Catalogue.REALM, Catalogue.DATABASE, Catalogue.DIRECTORY);

    @ParameterizedTest
    @ValueSource(strings = {"acme", "globex"})
    void everySystemIsLargeEnoughToMeanSomething(String slug) {
        Population population = Population.of(slug);

        assertThat(population.people()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(population.people()).extracting(Person::email).doesNotHaveDuplicates();
        for (Catalogue catalogue : CATALOGUES) {
            Content content = Content.of(population, catalogue);
            assertThat(catalogue.entitlements()).hasSizeGreaterThanOrEqualTo(40);
            assertThat(content.assignments() - content.drift().removed().size()).isGreaterThanOrEqualTo(2_000);
            assertThat(content.holders().values())
                    .allSatisfy(people -> assertThat(people).isNotEmpty());
        }
    }

    @Test
    void contentIsTheSameInEveryRun() {
        Population first = Population.of("acme");
        Population second = Population.of("acme");

        assertThat(second).isEqualTo(first);
        assertThat(Content.of(second, Catalogue.REALM)).isEqualTo(Content.of(first, Catalogue.REALM));
        assertThat(Population.of("globex").people()).isNotEqualTo(first.people());
    }

    @Test
    void theSixMembersAreAmongThePeople() {
        assertThat(Population.of("acme").people())
                .extracting(Person::email)
                .startsWith(
                        "owner@acme.example",
                        "admin@acme.example",
                        "approver@acme.example",
                        "requester@acme.example",
                        "auditor@acme.example",
                        "readonly@acme.example");
    }

    @Test
    void requesterHasSomethingLeftToAskForAtEveryLevelOfRisk() {
        Population population = Population.of("acme");
        for (Catalogue catalogue : CATALOGUES) {
            Content content = Content.of(population, catalogue);
            for (Risk risk : Risk.values()) {
                assertThat(catalogue.entitlements().stream()
                                .filter(entitlement -> entitlement.risk() == risk)
                                .filter(entitlement -> !content.holders()
                                        .getOrDefault(entitlement, Set.of())
                                        .contains(population.member("requester"))))
                        .hasSizeGreaterThanOrEqualTo(5);
            }
        }
    }

    @Test
    void driftContradictsTheFirstObservation() {
        for (Catalogue catalogue : CATALOGUES) {
            Content content = Content.of(Population.of("acme"), catalogue);

            assertThat(content.drift().granted()).hasSize(6).noneMatch(drifted -> held(content, drifted));
            assertThat(content.drift().removed()).hasSize(4).allMatch(drifted -> held(content, drifted));
        }
    }

    private static boolean held(Content content, Content.Assignment assignment) {
        return content.holders()
                .getOrDefault(assignment.entitlement(), Set.of())
                .contains(assignment.person());
    }
}

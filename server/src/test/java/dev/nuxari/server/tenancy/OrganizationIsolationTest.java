package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * Two organizations and the layers between them below HTTP: the front door's membership check, the statement guard and the
 * database. Each is shown to hold while the others are off.
 */
@ServerTest
class OrganizationIsolationTest {
    private static final String EVERY_BODY = "SELECT body FROM note";
    private static final String OWN_BODIES = EVERY_BODY + " WHERE organization_id = :organizationId";
    private static final String ADD = "INSERT INTO note (organization_id, body) VALUES (:organizationId, :body)";
    private static final String ADD_ANYWHERE = "INSERT INTO note (organization_id, body) VALUES (:owner, :body)";

    @Autowired
    Doorkeeper doorkeeper;

    private final DataSource database = TestDatabase.oneConnectionAs("nuxari_app");
    private final JdbcClient unguarded = JdbcClient.create(database);
    private final DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    private final List<Object> told = new ArrayList<>();
    private final OrganizationScope scope = new OrganizationScope(transactions, unguarded, told::add);
    private final OrganizationScope withoutMembershipCheck =
            new OrganizationScope(transactions, unguarded, _ -> {}, (_, _) -> true);

    private TestOrganization acme = TestOrganization.fresh();
    private TestOrganization globex = TestOrganization.fresh();
    private OrganizationJdbc jdbc = new OrganizationJdbc(new NamedParameterJdbcTemplate(database));

    @BeforeEach
    void oneNoteEach() {
        acme = TestOrganization.fresh();
        globex = TestOrganization.fresh();
        JdbcClient owner = JdbcClient.create(TestDatabase.as("nuxari_owner"));
        owner.sql("CREATE TABLE note (organization_id uuid, body text, PRIMARY KEY (organization_id, body))")
                .update();
        owner.sql("CALL protect('note')").update();
        owner.sql("GRANT SELECT, INSERT ON note TO nuxari_app").update();
        jdbc = new OrganizationJdbc(new NamedParameterJdbcTemplate(database));
        scope.within(acme.id(), alice(), () -> add("acme's"));
        scope.within(globex.id(), bob(), () -> add("globex's"));
    }

    @AfterEach
    void noNotes() {
        beyondTheWalls().sql("DROP TABLE note").update();
    }

    @Test
    @Claim("T1")
    void scopeSeesItsOwnRowsOnly() {
        assertThat(scope.within(acme.id(), alice(), this::ownBodies)).containsExactly("acme's");
        assertThat(scope.within(globex.id(), timer(globex), this::ownBodies)).containsExactly("globex's");
    }

    @Test
    @Claim("T1")
    void statementOutsideAnyScopeIsNotSent() {
        assertThatIllegalStateException().isThrownBy(this::ownBodies);
    }

    @Test
    @Claim("T1")
    void storeCannotBindTheOrganizationItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope.within(
                        acme.id(), alice(), () -> jdbc.sql(OWN_BODIES).param("organizationId", globex.id())));
    }

    @Test
    void statementAnswersWhatItFoundAndHowManyRowsItChanged() {
        scope.run(acme.id(), alice(), () -> {
            assertThat(jdbc.sql(OWN_BODIES).optional((row, _) -> row.getString(1)))
                    .contains("acme's");
            assertThat(jdbc.sql(ADD).param("body", "more").update()).isEqualTo(1);
        });
    }

    @Test
    void workThatAnswersNothingIsDoneToo() {
        scope.run(acme.id(), alice(), () -> add("by run"));

        assertThat(scope.reading(acme.id(), alice(), this::ownBodies)).containsExactly("acme's", "by run");
    }

    @Test
    @Claim("T5")
    void personIsToldWhereTheyAreAMember() {
        assertThat(doorkeeper.organizationsOf(acme.member(Role.ADMIN).subject()))
                .containsExactly(acme.id());
        assertThat(doorkeeper.organizationsOf("nobody")).isEmpty();
    }

    @Test
    @Claim("T2")
    void openScopeCannotBeLeftForAnotherOrganization() {
        Caller alice = alice();
        Caller bob = bob();
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> scope.within(acme.id(), alice, () -> scope.within(globex.id(), bob, this::ownBodies)));
    }

    @Test
    @Claim("T4")
    void whoIsNotAMemberIsNotAdmitted() {
        assertThat(doorkeeper.admitMember(globex.id(), alice().subject(), Origin.SERVER, 0))
                .isEmpty();
        assertThat(doorkeeper.admitMember(new OrganizationId(UUID.randomUUID()), alice().subject(), Origin.SERVER, 0))
                .isEmpty();
    }

    @Nested
    @Claim({"T1", "T2"})
    class ForReading {
        @Test
        void everyStatementSeesItsOwnRowsOnly() {
            assertThat(scope.reading(acme.id(), alice(), () -> List.of(ownBodies(), ownBodies())))
                    .containsExactly(List.of("acme's"), List.of("acme's"));
            assertThat(scope.reading(globex.id(), timer(globex), OrganizationIsolationTest.this::ownBodies))
                    .containsExactly("globex's");
        }

        @Test
        void frontDoorRefusesAnotherOrganization() {
            Caller alice = alice();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> scope.reading(globex.id(), alice, OrganizationIsolationTest.this::ownBodies));
        }

        @Test
        void doorOfAnotherOrganizationStaysShut() {
            Caller alice = alice();
            assertThatThrownBy(() -> withoutMembershipCheck.reading(
                            globex.id(), alice, OrganizationIsolationTest.this::ownBodies))
                    .hasStackTraceContaining("the ticket is not genuine");
        }

        @Test
        void scopeIsClosedWhenItsStatementHasAnswered() {
            scope.reading(acme.id(), alice(), () -> {
                ownBodies();
                assertThatThrownBy(OrganizationIsolationTest.this::everyBody)
                        .hasStackTraceContaining("no organization scope is open");
                return "read";
            });
        }

        @Test
        void nothingIsWritten() {
            Caller alice = alice();
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.reading(acme.id(), alice, () -> add("more")))
                    .withMessageContaining("opened for reading");
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.reading(acme.id(), alice, () -> scope.writtenLast(this, _ -> {})));
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.reading(acme.id(), alice, () -> {
                        scope.afterCommit(() -> {});
                        return "read";
                    }));
            assertThatThrownBy(() -> scope.reading(
                            acme.id(),
                            alice,
                            () -> jdbc.sql(ADD + " RETURNING body")
                                    .param("body", "more")
                                    .single((row, _) -> row.getString(1))))
                    .hasStackTraceContaining("read-only transaction");
            assertThat(scope.reading(acme.id(), alice, OrganizationIsolationTest.this::ownBodies))
                    .containsExactly("acme's");
        }

        @Test
        void scopeThatWritesIsJoined() {
            assertThat(scope.within(acme.id(), alice(), () -> {
                        add("more");
                        return scope.reading(acme.id(), alice(), OrganizationIsolationTest.this::ownBodies);
                    }))
                    .containsExactly("acme's", "more");
        }
    }

    @Nested
    @Claim("T2")
    class WithTheMembershipCheckAlone {
        @BeforeEach
        void wallsAreOff() {
            beyondTheWalls().sql("ALTER TABLE note DISABLE ROW LEVEL SECURITY").update();
        }

        @Test
        void frontDoorRefusesAnotherOrganization() {
            Caller alice = alice();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> scope.within(globex.id(), alice, OrganizationIsolationTest.this::everyBody))
                    .extracting(ProblemException::type)
                    .isEqualTo(TenancyProblem.NO_SUCH_ORGANIZATION);
            assertThat(told).containsExactly(new ForeignOrganizationRefused(alice, globex.id()));
        }
    }

    @Nested
    @Claim("T2")
    class WithTheGuardAlone {
        @BeforeEach
        void wallsAreOff() {
            beyondTheWalls().sql("ALTER TABLE note DISABLE ROW LEVEL SECURITY").update();
        }

        @Test
        void statementIsAboutTheVerifiedCallersOrganizationOnly() {
            assertThat(withoutMembershipCheck.within(acme.id(), alice(), OrganizationIsolationTest.this::ownBodies))
                    .containsExactly("acme's");
        }

        @Test
        void statementThatForgetsTheOrganizationIsNotSent() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withoutMembershipCheck.within(
                            acme.id(), alice(), () -> jdbc.sql(EVERY_BODY).list((row, _) -> row.getString(1))));
        }

        @Test
        void statementThatBindsTheOrganizationForNoTableIsNotSent() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> withoutMembershipCheck.within(
                            acme.id(),
                            alice(),
                            () -> jdbc.sql(EVERY_BODY + " WHERE CAST(:organizationId AS uuid) IS NOT NULL")
                                    .list((row, _) -> row.getString(1))));
        }
    }

    @Nested
    @Claim({"T2", "T4"})
    class WithTheDatabaseAlone {
        @Test
        void doorOfAnotherOrganizationStaysShut() {
            Caller alice = alice();
            assertThatThrownBy(() -> withoutMembershipCheck.within(
                            globex.id(), alice, OrganizationIsolationTest.this::everyBody))
                    .hasStackTraceContaining("the ticket is not genuine");
        }

        @Test
        void foreignRowsAreInvisible() {
            assertThat(withoutMembershipCheck.within(acme.id(), alice(), OrganizationIsolationTest.this::everyBody))
                    .containsExactly("acme's");
        }

        @Test
        void foreignRowsCannotBeWritten() {
            assertThatThrownBy(() ->
                            withoutMembershipCheck.within(acme.id(), alice(), OrganizationIsolationTest.this::smuggle))
                    .hasStackTraceContaining("violates row-level security policy");
        }

        @Test
        void queryOutsideAnyScopeFails() {
            scope.within(acme.id(), alice(), OrganizationIsolationTest.this::everyBody);

            assertThatThrownBy(OrganizationIsolationTest.this::everyBody)
                    .hasStackTraceContaining("no organization scope is open");
        }

        @Test
        void settingTheOrganizationByHandOpensNothing() {
            assertThatThrownBy(() -> inScope(() -> {
                        set("nuxari.organization_id", globex.id().toString());
                        return everyBody();
                    }))
                    .hasStackTraceContaining("the organization scope was not opened by its door");
        }

        @Test
        void settingTheActorByHandOpensNothing() {
            assertThatThrownBy(() -> inScope(() -> {
                        set("nuxari.actor", "member:" + acme.member(Role.OWNER).id());
                        return everyBody();
                    }))
                    .hasStackTraceContaining("the organization scope was not opened by its door");
        }

        @Test
        void injectedStatementCannotWalkThroughAnotherDoor() {
            assertThatThrownBy(() -> inScope(() -> unguarded
                            .sql("SELECT enter_organization_as_system(?, 'workflow', 9999999999999, '\\x00')")
                            .param(globex.id().value())
                            .query((_, _) -> "opened")
                            .single()))
                    .hasStackTraceContaining("the ticket is not genuine");
        }

        @Test
        void keysOfDoorAndSealCannotBeRead() {
            List.of("door_key", "scope_key")
                    .forEach(table -> assertThatThrownBy(() -> inScope(() -> unguarded
                                    .sql("SELECT * FROM " + table)
                                    .query((_, _) -> table)
                                    .list()))
                            .hasStackTraceContaining("permission denied"));
            List.of("SELECT ticket_mac('x')", "SELECT scope_seal('x', 'y', 'z')", "SELECT open_scope(NULL, 'x')")
                    .forEach(call -> assertThatThrownBy(() -> inScope(() ->
                                    unguarded.sql(call).query((_, _) -> call).list()))
                            .hasStackTraceContaining("permission denied"));
        }

        @Test
        void serverCannotProvision() {
            assertThatThrownBy(() -> inScope(() -> unguarded
                            .sql("SELECT provision_member(?, 'x', 'x', 'x', 'owner')")
                            .param(acme.id().value())
                            .query((_, _) -> "made")
                            .single()))
                    .hasStackTraceContaining("permission denied");
        }

        private <T> T inScope(Supplier<T> work) {
            return withoutMembershipCheck.within(acme.id(), alice(), work);
        }

        private void set(String name, String value) {
            unguarded.sql("SET LOCAL %s = '%s'".formatted(name, value)).update();
        }
    }

    private Caller alice() {
        return acme.caller(doorkeeper, Role.ADMIN);
    }

    private Caller bob() {
        return globex.caller(doorkeeper, Role.ADMIN);
    }

    private Caller timer(TestOrganization organization) {
        return doorkeeper.admitSystem(organization.id(), "timer");
    }

    private int add(String body) {
        return jdbc.sql(ADD).param("body", body).update();
    }

    private int smuggle() {
        return unguarded
                .sql(ADD_ANYWHERE)
                .param("owner", globex.id().value())
                .param("body", "smuggled")
                .update();
    }

    private List<String> ownBodies() {
        return jdbc.sql(OWN_BODIES).list((row, _) -> row.getString(1));
    }

    private List<String> everyBody() {
        return unguarded
                .sql(EVERY_BODY)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }
}

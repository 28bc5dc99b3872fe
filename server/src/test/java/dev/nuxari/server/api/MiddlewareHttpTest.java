package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.Routes.Route;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestHttp.Session;
import dev.nuxari.server.testing.TestOrganization;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The role is checked before anything of the request is read, and there is no other spelling of an address that is not. */
@ServerTest
@Claim("T6")
class MiddlewareHttpTest {
    private static final String ORGANIZATION = "/api/v1/organizations/{organizationId}";

    @Autowired
    TestHttp http;

    @Autowired
    RouteCheck check;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    /** What is wrong with a request is nobody's business who may not make it. */
    @Test
    void whoIsRefusedLearnsNothingAboutTheirRequest() {
        refusedRoutes(Role.READONLY).forEach(route -> {
            Session readonly = http.as(organization.member(Role.READONLY));
            for (String id : Set.of(UUID.randomUUID().toString(), "nonsense", "999")) {
                String path = path(route, id);
                Stream.of(
                                readonly.send(route.method(), path, "{"),
                                readonly.send(route.method(), path, ""),
                                readonly.send(route.method(), path, "{'nobody':'knows'}"),
                                readonly.with("Content-Type", "text/plain").send(route.method(), path, "x"),
                                readonly.with("If-Match", "nonsense").send(route.method(), path, "{}"),
                                readonly.with("Accept", "image/png").send(route.method(), path, "{}"),
                                readonly.send(route.method(), path + "?limit=nonsense&cursor=nonsense", "{}"))
                        .forEach(answer -> assertThat(answer.problem())
                                .as(route + " " + path)
                                .isEqualTo("not-permitted"));
            }
        });
    }

    @Test
    void whoIsNobodyLearnsNothingEither() {
        check.served().stream()
                .filter(route -> route.pattern().startsWith("/api/v1/")
                        || route.pattern().startsWith("/log/"))
                .forEach(route -> assertThat(http.anonymous()
                                .send(route.method(), path(route, "nonsense"), "{")
                                .problem())
                        .as(route.toString())
                        .isEqualTo("unauthenticated"));
    }

    /** Each is either the address itself, and then the role is checked, or no address of the API at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/organizations/%s/audit-head",
                "/api/v1/organizations/%s/audit-head/",
                "/api/v1/organizations/%s/audit-head//",
                "//api/v1/organizations/%s/audit-head",
                "/api//v1/organizations/%s/audit-head",
                "/api/v1/organizations//%s/audit-head",
                "/api/v1/organizations/%s//audit-head",
                "/api/./v1/organizations/%s/audit-head",
                "/assets/../api/v1/organizations/%s/audit-head",
                "/assets/%%2e%%2e/api/v1/organizations/%s/audit-head",
                "/assets/..%%2fapi/v1/organizations/%s/audit-head",
                "/%%61pi/v1/organizations/%s/audit-head",
                "/api%%2Fv1/organizations/%s/audit-head",
                "/api/v1/organizations/%s%%2Faudit-head",
                "/api/v1/organizations/%s/audit%%2Dhead",
                "/api/v1/organizations/%s/audit%%252Dhead",
                "/api/v1/organizations/%s/audit-head%%20",
                "/api/v1/organizations/%s/audit-head%%00",
                "/api/v1/organizations/%s/audit-head%%0a",
                "/api/v1/organizations/%s/audit-head%%3B",
                "/api/v1/organizations/%s/audit-head;x=y",
                "/api/v1/organizations/%s;x=y/audit-head",
                "/api;x=y/v1/organizations/%s/audit-head",
                "/api/v1/organizations/%s/audit-head.json",
                "/api/v1/organizations/%s/audit-head?format=json",
                "/api/v1/organizations/%s/AUDIT-HEAD",
                "/API/v1/organizations/%s/audit-head",
                "/api/v1/Organizations/%s/audit-head",
                "/api/v1/organizations/%s/%%61udit-head",
                "/log/%s/checkpoint",
                "/log/%s/checkpoint/",
                "/log/%s/%%63heckpoint",
                "/%%6cog/%s/checkpoint",
                "//log/%s/checkpoint",
                "/log/%s/checkpoint;x",
                "/LOG/%s/checkpoint"
            })
    void noSpellingOfAnAddressSkipsTheCheck(String spelled) {
        String path = spelled.formatted(organization.id());
        Answer owner = as(Role.OWNER).get(path);
        Answer readonly = as(Role.READONLY).get(path);
        Answer nobody = http.anonymous().get(path);

        if (answersForPrograms(owner)) {
            assertThat(readonly.problem()).isEqualTo("not-permitted");
            assertThat(nobody.problem()).isEqualTo("unauthenticated");
        }
        assertThat(answersForPrograms(readonly)).as(readonly.body()).isFalse();
        assertThat(answersForPrograms(nobody)).as(nobody.body()).isFalse();
    }

    @Test
    void addressItselfAnswersWhoMay() {
        assertThat(answersForPrograms(as(Role.AUDITOR).get(auditHead()))).isTrue();
    }

    @Test
    void headIsCheckedAsGetIs() {
        assertThat(as(Role.AUDITOR).send("HEAD", auditHead(), null).status()).isEqualTo(200);
        assertThat(as(Role.READONLY).send("HEAD", auditHead(), null).status()).isEqualTo(403);
        assertThat(http.anonymous().send("HEAD", auditHead(), null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND", "get", "BREW"})
    void otherMethodsAnswerNobody(String method) {
        Answer answer = as(Role.OWNER).send(method, auditHead(), null);

        assertThat(answer.status()).isIn(400, 405, 501);
        assertThat(answer.body()).doesNotContain("treeSize");
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override, PATCH",
        "X-HTTP-Method, PATCH",
        "X-Method-Override, PATCH",
        "X-HTTP-Method-Override, DELETE"
    })
    void methodIsTheOneOfTheRequestLine(String header, String method) {
        String member =
                ORGANIZATION.replace("{organizationId}", organization.id().toString()) + "/members/"
                        + organization.member(Role.REQUESTER).id();

        assertThat(as(Role.OWNER)
                        .with(header, method)
                        .post(member, "{'role':'admin'}")
                        .problem())
                .isEqualTo("method-not-allowed");
        assertThat(as(Role.OWNER)
                        .with(header, method)
                        .post(member + "?_method=" + method, "{'role':'admin'}")
                        .problem())
                .isEqualTo("method-not-allowed");
        assertThat(as(Role.OWNER)
                        .with(header, method)
                        .with("If-Match", "\"1\"")
                        .send("GET", member, "{'role':'admin'}")
                        .json()
                        .string("role"))
                .isEqualTo("requester");
    }

    /** A browser asks so before it sends a request from another site. */
    @Test
    void noOtherSiteIsLetIn() {
        Answer preflight = http.anonymous()
                .with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "GET")
                .send("OPTIONS", auditHead(), null);

        assertThat(preflight.status()).isGreaterThanOrEqualTo(400);
        assertThat(preflight.response().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-allow"));
    }

    /** What other servers of this framework have at these addresses is a page of the console here, or nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/env",
                "/actuator/heapdump",
                "/v3/api-docs",
                "/swagger-ui/index.html",
                "/swagger-ui.html",
                "/h2-console",
                "/webjars/x.js",
                "/error",
                "/logout",
                "/login",
                "/META-INF/MANIFEST.MF",
                "/application.properties",
                "/WEB-INF/web.xml",
                "/db/migration/V1__tenancy.sql",
                "/../application.properties",
                "/assets/..%2f..%2fapplication.properties",
                "/api",
                "/api/",
                "/api/v1",
                "/log"
            })
    void nothingIsServedThatNobodyMeant(String path) {
        Answer answer = http.anonymous().get(path);

        assertThat(answersForPrograms(answer)).as(answer.body()).isFalse();
        assertThat(answer.status()).isNotEqualTo(500);
        assertThat(answer.body())
                .doesNotContain("spring.")
                .doesNotContain("CREATE TABLE")
                .doesNotContain("Manifest-");
    }

    private Stream<Route> refusedRoutes(Role role) {
        return check.served().stream()
                .filter(route -> route.pattern().startsWith(ORGANIZATION))
                .filter(route -> Routes.all()
                        .demanded(route.method(), route.pattern())
                        .filter(access -> access instanceof Access.AnyOf demanded
                                && demanded.permissions().stream().noneMatch(role::may))
                        .isPresent());
    }

    private Session as(Role role) {
        return http.withToken(TestBroker.instance().token(organization.member(role)));
    }

    private String auditHead() {
        return "/api/v1/organizations/" + organization.id() + "/audit-head";
    }

    /** Neither a problem nor a page. */
    private static boolean answersForPrograms(Answer answer) {
        return answer.status() < 300
                && !answer.header("Content-Type").orElse("").startsWith("text/html")
                && !answer.body().isEmpty();
    }

    private String path(Route route, String id) {
        return route.pattern()
                .replace("{organizationId}", organization.id().toString())
                .replaceAll("\\{\\*?\\w+}", id);
    }
}

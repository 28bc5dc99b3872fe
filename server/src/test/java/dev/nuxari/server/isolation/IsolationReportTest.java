package dev.nuxari.server.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.api.SwitchedMiddleware;
import dev.nuxari.server.tenancy.SwitchedTenancy;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The ablation report: made once, by the server with its switches, on a database of its own. Each test looks at one way in
 * which it could be wrong.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // Where two layers were off the third one's refusal is a defect, rightly; here that is what is tested.
        properties = "logging.level.dev.nuxari.server.api.ProblemAdvice=off")
@Import({Layers.class, Ablation.class, SwitchedTenancy.class, SwitchedMiddleware.class})
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationReportTest {
    private static final PrivateDatabase DATABASE = new PrivateDatabase();

    @SuppressWarnings("NullAway.Init")
    private Report report;

    @DynamicPropertySource
    static void ownDatabase(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DATABASE::url);
    }

    @BeforeAll
    void makeReport(@Autowired Ablation ablation, @Autowired @Qualifier("timerDispatcher") SmartLifecycle timers)
            throws IOException {
        report = ablation.of(DATABASE, timers);
        ReportFiles.write(report);
    }

    @Test
    @Claim({"T2", "T6"})
    void everyRouteAndEveryPlaceForAnIdHasACase() {
        assertThat(report.missing()).isEmpty();
    }

    @Test
    @Claim({"T1", "T2", "T4"})
    void everyLayerAloneStopsWhatItSees() {
        assertThat(report.leaks()).isEmpty();
    }

    @Test
    @Claim("T2")
    void withTheFourLayersOffTheSameAttemptsSucceed() {
        assertThat(report.idle()).isEmpty();
        assertThat(report.unbarred()).isEmpty();
    }

    @Test
    void whoHasARightIsAnsweredWhateverIsOff() {
        assertThat(report.deaf()).isEmpty();
    }
}

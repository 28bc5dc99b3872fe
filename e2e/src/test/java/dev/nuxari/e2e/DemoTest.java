package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class DemoTest {
    private final Composed stack = Composed.stack();

    @Test
    void demonstrationTellsEveryStepWithItsIds() {
        assertThat(stack.firstDemo().out())
                .contains("(keycloak)", "(postgresql)", "(ldap)")
                .contains("request ", "plan hash ", "approval ", "workflow ", "package ")
                .containsPattern("\\d{2}:\\d{2}:\\d{2}\\.\\d  ")
                .contains("Observed again: ")
                .contains("Offline: Verified: ")
                .contains("The console: " + stack.ground().url())
                .contains("requester@acme.example");
    }

    @Test
    @Claim({"O1", "O3"})
    void secondDemonstrationOnTheSameDataWorksToo() {
        Program.Ended demo = Program.run("demo", "--data", Composed.DATA.toString(), "--exit", "--output", "json");

        assertThat(demo.code()).as(demo.notes()).isZero();
        Json.Obj told = Json.parseObject(demo.out());
        assertThat(told.objects("loops"))
                .extracting(loop -> loop.string("connector"))
                .containsExactlyInAnyOrder("keycloak", "postgresql", "ldap");
        assertThat(told.objects("loops")).allSatisfy(loop -> {
            assertThat(loop.bool("verified")).isTrue();
            assertThat(Path.of(loop.string("file"))).isRegularFile();
        });
    }

    @Test
    void stackThatRunsIsNotStartedTwice() {
        Program.Ended up = Program.run("up", "--data", Composed.DATA.toString(), "--detach");

        assertThat(up.code()).as(up.notes()).isZero();
        assertThat(up.out()).contains("Nuxari is ready: " + stack.ground().url() + " (it was running already)");
    }
}

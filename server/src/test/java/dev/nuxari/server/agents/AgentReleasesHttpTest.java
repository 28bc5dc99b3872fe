package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
@Claim("E2")
class AgentReleasesHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @BeforeEach
    void prepare() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
    }

    @Test
    void agentsFetchPartsAndNobodyElseDoes() {
        Host host = ground.enrolled();
        String path = "/agent/v1/releases/timestamp.json";

        Answer whole = host.get(path);

        assertThat(whole.status()).as(whole.body()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo("{}");
        assertThat(whole.header("Cache-Control")).contains("private, no-cache");
        assertThat(host.get("/agent/v1/releases/2.root.json").status()).isEqualTo(404);
        assertThat(http.anonymous().send("GET", path, null).status()).isEqualTo(401);
        assertThat(ground.owner().send("GET", path, null).status()).isEqualTo(401);
        String pending = ground.issued(ground.pending()).string("token");
        assertThat(host.with(pending).get(path).status()).isEqualTo(401);
    }

    @Test
    void archiveComesInParts() {
        Host host = ground.enrolled();
        String path = "/agent/v1/releases/" + "abc.nuxari-agent-0.2.0-linux-amd64.tar.gz";

        Answer part = http.anonymous()
                .with("Authorization", "DPoP " + host.token())
                .with("DPoP", host.proof("GET", path, clock.instant(), null))
                .with("Range", "bytes=1048576-2097151")
                .send("GET", path, null);

        assertThat(part.status()).as(part.body()).isEqualTo(206);
        assertThat(part.header("Content-Range")).contains("bytes 1048576-1572863/1572864");
        assertThat(part.header("Cache-Control")).contains("private, max-age=86400, immutable");
        assertThat(part.body()).endsWith("z");
        assertThat(host.get(path).status()).isEqualTo(416);
    }
}

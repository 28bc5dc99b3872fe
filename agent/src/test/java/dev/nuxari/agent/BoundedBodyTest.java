package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@Claim("E4")
class BoundedBodyTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final BoundedBody body = new BoundedBody(10);

    BoundedBodyTest() {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
    }

    private byte[] taken() {
        return body.getBody().toCompletableFuture().join();
    }

    @Test
    void bodyThatEndsInTimeIsTaken() {
        body.onNext(List.of(ByteBuffer.wrap(new byte[4]), ByteBuffer.wrap(new byte[6])));
        body.onComplete();

        assertThat(taken()).hasSize(10);
        assertThat(cancelled).isFalse();
    }

    @Test
    void bodyThatGoesOnIsLeft() {
        for (int i = 0; i < 5; i++) {
            body.onNext(List.of(ByteBuffer.wrap(new byte[7])));
        }

        assertThat(taken()).hasSize(11);
        assertThat(cancelled).isTrue();
    }
}

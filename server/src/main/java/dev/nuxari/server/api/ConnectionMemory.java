package dev.nuxari.server.api;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * What a connection takes of the heap while it waits. An agent's waits for a minute, and there are thousands of them; with the container's
 * own sizes each takes some 100 KB. Larger bodies and answers go in more steps.
 */
@Component
class ConnectionMemory implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String READ = "2048";
    private static final String WRITE = "4096";

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(SmallAnswerBuffers.class.getName());
        factory.addConnectorCustomizers(connector -> {
            boolean known = connector.setProperty("socket.appReadBufSize", READ)
                    && connector.setProperty("socket.appWriteBufSize", WRITE);
            if (!known) {
                throw new IllegalStateException("the container has no such buffers");
            }
        });
    }
}

package dev.nuxari.server.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements that the server sends to the database while it works on requests. What a timer does meanwhile is not among
 * them: it has no trace id.
 */
public final class StatementLog implements AutoCloseable {
    private final Logger source = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
    private final Listener listener = new Listener();

    /** Listens until it is closed. */
    public StatementLog() {
        listener.start();
        source.setAdditive(false);
        source.setLevel(Level.DEBUG);
        source.addAppender(listener);
    }

    /** What was sent since the last time, in order. */
    public List<String> take() {
        List<String> sent = new ArrayList<>();
        for (String statement = listener.sent.poll(); statement != null; statement = listener.sent.poll()) {
            sent.add(statement);
        }
        return sent;
    }

    @Override
    public void close() {
        source.detachAppender(listener);
        source.setLevel(null);
        source.setAdditive(true);
    }

    private static final class Listener extends AppenderBase<ILoggingEvent> {
        private final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains("SQL statement [")
                    && event.getMDCPropertyMap().containsKey("traceId")) {
                sent.add(event.getFormattedMessage());
            }
        }
    }
}

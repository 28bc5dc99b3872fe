package dev.nuxari.server.redaction;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a line of the log, without secrets; {@code logback-spring.xml} names it. */
public final class LoggedMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return LogText.masked(super.convert(event));
    }
}

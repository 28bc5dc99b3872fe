package dev.nuxari.server.redaction;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

/** The stack trace below a line of the log, without secrets; {@code logback-spring.xml} names it. */
public final class LoggedTrace extends ExtendedWhitespaceThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy throwable) {
        return LogText.masked(super.throwableProxyToString(throwable));
    }
}

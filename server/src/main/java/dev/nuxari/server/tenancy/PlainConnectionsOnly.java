package dev.nuxari.server.tenancy;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Puts {@link PlainConnections} before the pool, so that nothing in the server holds a connection that is not plain. */
@Component
class PlainConnectionsOnly implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource pool && !(bean instanceof PlainConnections)
                ? new PlainConnections(pool)
                : bean;
    }
}

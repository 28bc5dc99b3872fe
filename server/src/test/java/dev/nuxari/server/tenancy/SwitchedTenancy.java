package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.isolation.Layer;
import dev.nuxari.server.isolation.Layers;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The service layer and the data access layer of the server, with a switch each. */
@TestConfiguration(proxyBeanMethods = false)
public class SwitchedTenancy {
    @Bean
    @Primary
    OrganizationScope switchedScope(
            PlatformTransactionManager transactions, JdbcClient jdbc, ApplicationEventPublisher events, Layers layers) {
        return new OrganizationScope(
                transactions,
                jdbc,
                events,
                (organization, caller) -> layers.isOff(Layer.SERVICE) || OrganizationScope.isOwn(organization, caller));
    }

    @Bean
    @Primary
    OrganizationJdbc switchedJdbc(NamedParameterJdbcOperations jdbc, Layers layers) {
        return new SwitchedJdbc(jdbc, layers);
    }

    private static final class SwitchedJdbc extends OrganizationJdbc {
        private final NamedParameterJdbcOperations jdbc;
        private final Layers layers;

        private SwitchedJdbc(NamedParameterJdbcOperations jdbc, Layers layers) {
            super(jdbc);
            this.jdbc = jdbc;
            this.layers = layers;
        }

        @Override
        Statement statement(String sql) {
            return layers.isOff(Layer.DATA_ACCESS)
                    ? new Statement(jdbc, OrganizationScope.open(), organization(), layers.sent(sql))
                    : super.statement(sql);
        }

        @Override
        public OrganizationId organization() {
            return layers.isOff(Layer.DATA_ACCESS)
                    ? layers.bound(OrganizationScope.open().organization())
                    : super.organization();
        }
    }
}

package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.ServerTest;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestContextManager;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever way a request could be answered, without a declaration the server does not start. */
@Claim("T6")
class UndeclaredRoutesTest {
    /** As much of the server as answers requests: starting it takes a moment instead of seconds. */
    private static final WebApplicationContextRunner SERVER = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(
                    TomcatServletWebServerAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class))
            .withPropertyValues(
                    "server.port=0",
                    "spring.web.resources.add-mappings=false",
                    "spring.mvc.formcontent.filter.enabled=false")
            .withUserConfiguration(ConsoleFiles.class, RouteCheck.class);

    /** The whole server, and one handler more. */
    @ServerTest
    @Import(Backdoor.class)
    static class ServerWithABackdoor {}

    @RestController
    static class Backdoor {
        @GetMapping("/api/v1/backdoor")
        String backdoor() {
            return "open";
        }
    }

    @Test
    void wholeServerDoesNotStartWithAControllerThatIsNotDeclared() {
        var server = new TestContextManager(ServerWithABackdoor.class).getTestContext();

        assertThatThrownBy(server::getApplicationContext)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("routes without a declared permission: GET /api/v1/backdoor");
    }

    @Test
    void serverStartsWithWhatIsDeclared() {
        SERVER.run(context -> assertThat(context).hasNotFailed());
    }

    static Stream<Object[]> ways() {
        return Stream.of(
                new Object[] {WithController.class, "GET /api/v1/backdoor"},
                new Object[] {WithCatchAll.class, "GET /**"},
                new Object[] {WithSecondMapping.class, "handlers of secondMapping"},
                new Object[] {WithRouterFunction.class, "router functions"},
                new Object[] {WithNamedHandler.class, "handler of /backdoor"},
                new Object[] {WithUrlMapping.class, "handler of /assets/**"},
                new Object[] {WithUnknownMapping.class, "handlers of unknownMapping"},
                new Object[] {WithFiles.class, "handler of /backdoor/**"},
                new Object[] {WithView.class, "handler of /backdoor"},
                new Object[] {WithServlet.class, "servlet backdoor [/backdoor/*]"},
                new Object[] {WithServletBean.class, "servlet backdoor"},
                new Object[] {WithFilter.class, "filter backdoor"});
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noOtherWayIsOpen(Class<?> way, String named) {
        SERVER.withUserConfiguration(way)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("routes without a declared permission")
                        .hasMessageContaining(named));
    }

    @Import(Backdoor.class)
    static class WithController {}

    /** Files are declared under this pattern; nothing else is. */
    @RestController
    static class WithCatchAll {
        @GetMapping("/**")
        String anything() {
            return "open";
        }
    }

    /** The guard stands before the framework's own mapping only. */
    static class WithSecondMapping {
        @Bean
        RequestMappingHandlerMapping secondMapping() throws NoSuchMethodException {
            var mapping = new RequestMappingHandlerMapping();
            mapping.registerMapping(
                    RequestMappingInfo.paths("/health/live").build(),
                    new Backdoor(),
                    Backdoor.class.getDeclaredMethod("backdoor"));
            return mapping;
        }
    }

    static class WithRouterFunction {
        @Bean
        RouterFunction<ServerResponse> backdoor() {
            return RouterFunctions.route()
                    .GET("/backdoor", _ -> ServerResponse.ok().build())
                    .build();
        }
    }

    static class WithNamedHandler {
        @Bean("/backdoor")
        HttpRequestHandler backdoor() {
            return handler();
        }
    }

    static class WithUrlMapping {
        @Bean
        SimpleUrlHandlerMapping urls() {
            return new SimpleUrlHandlerMapping(Map.of("/assets/**", handler()));
        }
    }

    static class WithUnknownMapping {
        @Bean
        HandlerMapping unknownMapping() {
            return _ -> null;
        }
    }

    static class WithFiles implements WebMvcConfigurer {
        @Override
        public void addResourceHandlers(ResourceHandlerRegistry registry) {
            registry.addResourceHandler("/backdoor/**").addResourceLocations("classpath:/META-INF/");
        }
    }

    static class WithView implements WebMvcConfigurer {
        @Override
        public void addViewControllers(ViewControllerRegistry registry) {
            registry.addViewController("/backdoor").setViewName("open");
        }
    }

    static class WithServlet {
        @Bean
        ServletRegistrationBean<Servlet> registration() {
            var registration = new ServletRegistrationBean<Servlet>(new HttpServlet() {}, "/backdoor/*");
            registration.setName("backdoor");
            return registration;
        }
    }

    static class WithServletBean {
        @Bean
        Servlet backdoor() {
            return new HttpServlet() {};
        }
    }

    static class WithFilter {
        @Bean
        FilterRegistrationBean<Filter> registration() {
            var registration = new FilterRegistrationBean<Filter>((_, _, _) -> {});
            registration.setName("backdoor");
            return registration;
        }
    }

    private static HttpRequestHandler handler() {
        return (_, response) -> response.setStatus(200);
    }
}

package dev.nuxari.server.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * The files of the console. Those with a hash in their name never change; a path that is no file is a page of the console,
 * which finds its way by itself.
 */
@Component
class ConsoleFiles implements WebMvcConfigurer {
    private static final String FILES = "classpath:/META-INF/resources/";
    private static final Duration YEAR = Duration.ofDays(365);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(FILES + "assets/")
                .setCacheControl(CacheControl.maxAge(YEAR).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(FILES)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new Pages());
    }

    private static final class Pages extends PathResourceResolver {
        /** What belongs to programs is not found when it is not there. */
        private static final List<String> NO_PAGES = List.of("api/", "log/", "login/", "logout", "health/", "error");

        @Override
        protected @Nullable Resource getResource(String path, Resource location) throws IOException {
            Resource file = super.getResource(path, location);
            return file == null && isPage(path) ? super.getResource("index.html", location) : file;
        }

        private static boolean isPage(String path) {
            String last = path.substring(path.lastIndexOf('/') + 1);
            return !last.contains(".") && NO_PAGES.stream().noneMatch((path + "/")::startsWith);
        }
    }
}

package dev.nuxari.server.api;

import dev.nuxari.kernel.Spelling;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;
import org.springframework.core.convert.converter.ConverterFactory;
import org.springframework.format.FormatterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the conventions in front of every controller. */
@Component
class WebConventions implements WebMvcConfigurer {
    private final RouteGuard guard;

    WebConventions(RouteGuard guard) {
        this.guard = guard;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(Arguments.all());
    }

    /** Constants and identifiers in paths and parameters look as they do in bodies. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new Constants());
        registry.addConverter(new IdentifierConverter());
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static final class Constants implements ConverterFactory<String, Enum> {
        @Override
        public <T extends Enum> org.springframework.core.convert.converter.Converter<String, T> getConverter(
                Class<T> type) {
            return spelled -> (T) Spelling.parse((Class) type, spelled);
        }
    }

    private static final class IdentifierConverter implements ConditionalGenericConverter {
        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(String.class, Record.class));
        }

        @Override
        public boolean matches(TypeDescriptor source, TypeDescriptor target) {
            return Identifiers.of(target.getType()).isPresent();
        }

        @Override
        public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor target) {
            return source == null
                    ? null
                    : Identifiers.of(target.getType()).orElseThrow().parse((String) source);
        }
    }
}

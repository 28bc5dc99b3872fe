package dev.nuxari.server.api;

import dev.nuxari.server.tenancy.Caller;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** The OpenAPI document: made from the code, with the conventions that the code leaves to {@link Arguments}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String PROBLEM = "Problem";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, PageRequest.class, Version.class)
                .addHiddenRestControllers(ErrorAddress.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Nuxari")
                        .version("v1")
                        .description("Access requests, approvals, workflows and their evidence."
                                + " Every failure is a problem (RFC 9457)."))
                .servers(List.of(new Server().url("/")))
                .components(new Components().addSchemas(PROBLEM, problem()));
    }

    @Bean
    OperationCustomizer conventions() {
        return ApiDescription::describe;
    }

    @Bean
    OpenApiCustomizer paths() {
        return document -> document.getPaths().forEach((path, item) -> {
            if (path.contains("{organizationId}")) {
                item.readOperations().forEach(ApiDescription::organization);
            }
        });
    }

    @Bean
    ModelConverter wireForms() {
        return new WireForms();
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.getParameterType().equals(PageRequest.class)) {
                operation.addParametersItem(query("limit", new IntegerSchema()));
                operation.addParametersItem(query("cursor", new StringSchema()));
            }
            if (parameter.getParameterType().equals(Version.class)) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name("If-Match")
                        .required(true)
                        .schema(new StringSchema()));
            }
        }
        operation.getResponses().setDefault(failure());
        return operation;
    }

    /** The library does not know {@link Arguments}, and sees nothing where only the caller is asked. */
    private static void organization(Operation operation) {
        Optional.ofNullable(operation.getParameters())
                .ifPresent(known -> known.removeIf(parameter ->
                        "organization".equals(parameter.getName()) || "organizationId".equals(parameter.getName())));
        operation.addParametersItem(
                new Parameter().in("path").name("organizationId").required(true).schema(new UUIDSchema()));
    }

    private static Parameter query(String name, Schema<?> schema) {
        return new Parameter().in("query").name(name).required(false).schema(schema);
    }

    private static ApiResponse failure() {
        return new ApiResponse()
                .description("A problem (RFC 9457); its type says which.")
                .content(new Content()
                        .addMediaType(
                                "application/problem+json", new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }

    /** As {@link ProblemAdvice} writes it. */
    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty("traceId", new StringSchema())
                .addProperty("errors", new ArraySchema().items(fieldError()))
                .addProperty("signIn", new StringSchema())
                .required(List.of("type", "title", "status", "traceId"));
    }

    private static Schema<?> fieldError() {
        return new ObjectSchema()
                .addProperty("pointer", new StringSchema())
                .addProperty("detail", new StringSchema())
                .required(List.of("pointer", "detail"));
    }
}

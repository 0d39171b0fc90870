package dev.datastudio.app.web;

import dev.datastudio.api.tenant.Caller;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** The description of the API: {@code /api/docs} for programs, {@code /api/docs/} for people. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {
    private static final String DESCRIPTION = """
            Give it data, ask in plain English or wire nodes, get answers that can be checked.

            A browser's session is in cookies, and its unsafe requests need the header `X-CSRF-Token` with the value of \
            the cookie `studio-csrf`; programs send a personal token as `Authorization: Bearer`. `x-scope` names the \
            scope that an operation needs. Text that arrives in pieces is plain text, never HTML.
            """;

    @Bean
    OpenAPI description() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, SignedIn.class);
        // Converters of its own: those that all share know records only once the first description was asked for.
        ModelConverters converters = new ModelConverters(true);
        converters.addConverter(new RecordSchemas());
        ResolvedSchema problem = converters.resolveAsResolvedSchema(new AnnotatedType(Problem.class));
        return new OpenAPI()
                .info(new Info()
                        .title("Studio")
                        .version("1")
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSchemas("Problem", problem.schema)
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("studio"))
                        .addSecuritySchemes(
                                "token",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")));
    }

    /** Says of every operation what it needs and how it fails. */
    @Bean
    OperationCustomizer needsAndProblems() {
        return (operation, method) -> {
            operation
                    .getResponses()
                    .addApiResponse(
                            ApiResponses.DEFAULT,
                            new ApiResponse()
                                    .description("What went wrong")
                                    .content(new Content()
                                            .addMediaType(
                                                    Problem.MEDIA_TYPE,
                                                    new MediaType()
                                                            .schema(new Schema<Problem>()
                                                                    .$ref("#/components/schemas/Problem")))));
            return withNeeds(operation, method);
        };
    }

    private static Operation withNeeds(Operation operation, HandlerMethod method) {
        if (method.hasMethodAnnotation(Open.class)) {
            return operation.security(List.of());
        }
        RouteGuard.needed(method).ifPresent(scope -> operation.addExtension("x-scope", scope));
        return operation.security(
                List.of(new SecurityRequirement().addList("session"), new SecurityRequirement().addList("token")));
    }
}

package dev.datastudio.app.web;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.SignedIn;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API: {@code /api/docs} for programs, {@code /api/docs/} for people. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {
    @Bean
    OpenAPI description() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, SignedIn.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Studio")
                        .version("1")
                        .description(
                                "Give it data, ask in plain English or wire nodes, get answers that can be checked. "
                                        + "Text that arrives in pieces is plain text, never HTML.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
    }
}

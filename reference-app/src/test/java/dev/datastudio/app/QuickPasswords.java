package dev.datastudio.app;

import dev.datastudio.app.identity.account.Passwords;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Hashes that cost little: each test makes people of its own. What real ones are is a test of its own. */
@Configuration(proxyBeanMethods = false)
class QuickPasswords {
    @Bean
    @Primary
    Passwords cheapPasswords() {
        return new Passwords(64, 1);
    }
}

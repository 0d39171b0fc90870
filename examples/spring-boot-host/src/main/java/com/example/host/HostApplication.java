package com.example.host;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.tool.ToolSideEffect;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.core.dataset.Datasets;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import dev.datastudio.spring.CallerResolver;
import dev.langchain4j.agent.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** {@code curl -F file=@orders.csv -F "question=sales by region" localhost:8080/ask} */
@SpringBootApplication
public class HostApplication {
    public static void main(String[] args) {
        SpringApplication.run(HostApplication.class, args);
    }

    @RestController
    record Questions(Datasets datasets, Analyst analyst) {
        @PostMapping(path = "/ask", produces = "application/json")
        String ask(@RequestParam MultipartFile file, @RequestParam String question, Caller caller) throws IOException {
            Path copy = Files.createTempDirectory("upload").resolve("upload.csv");
            file.transferTo(copy);
            Dataset data = datasets.as(caller).importFile(copy);
            Answer answer = analyst.as(caller).ask(data, question);
            return AnswerJson.write(answer);
        }
    }

    @Component
    static class Shop {
        @Tool("The weekday on which a shop of ours is closed")
        @ToolSideEffect(SideEffect.READ)
        public String closedOn(String shop) {
            return shop.equals("Kelby") ? "Monday" : "Sunday";
        }
    }

    @Bean
    NodeType shout() {
        return NodeType.define("example.shout", 1)
                .inputs(Port.required("text", PortType.TEXT))
                .outputs(Port.required("text", PortType.TEXT))
                .work(config -> (inputs, context) ->
                        Values.of("text", inputs.text("text").toUpperCase(Locale.ROOT)))
                .build();
    }

    /** Nobody signs in here, and the server listens to this machine only: everybody is its one user. */
    @Bean
    CallerResolver callers() {
        return request -> Optional.of(Caller.LOCAL);
    }
}

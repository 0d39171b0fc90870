package dev.datastudio.spring;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of Studio.
 *
 * @param workspace the folder in which the studio keeps its data
 */
@ConfigurationProperties("studio")
public record StudioProperties(@DefaultValue("studio-data") Path workspace) {}

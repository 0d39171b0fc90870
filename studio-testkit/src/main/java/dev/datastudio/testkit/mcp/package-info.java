/**
 * Real MCP servers for tests: {@link dev.datastudio.testkit.mcp.McpHttpServer} speaks streamable HTTP in this process,
 * {@link dev.datastudio.testkit.mcp.McpStdioServer} is a program that speaks over its standard input and output. Both are
 * made with the official SDK and have the tools of {@link dev.datastudio.testkit.mcp.ExampleMcpTools}. Needs {@code
 * mcp-core} and {@code mcp-json-jackson2}, and {@code tomcat-embed-core} for HTTP.
 */
@NullMarked
package dev.datastudio.testkit.mcp;

import org.jspecify.annotations.NullMarked;

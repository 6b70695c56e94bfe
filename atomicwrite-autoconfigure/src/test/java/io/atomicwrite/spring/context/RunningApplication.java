package io.atomicwrite.spring.context;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with the starter, actuator and a web server, seen over HTTP.
 */
public final class RunningApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	private RunningApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningApplication start(List<Class<?>> sources, String... properties) {
		List<Class<?>> all = new ArrayList<>(sources);
		all.add(Automatic.class);
		SpringApplication application = new SpringApplication(all.toArray(Class<?>[]::new));
		application.setWebApplicationType(WebApplicationType.SERVLET);
		return new RunningApplication(application.run(arguments(properties)));
	}

	/**
	 * Starts an application in a child context, whose parent has all of the starter too.
	 */
	static RunningApplication startChild(List<Class<?>> ofParent, List<Class<?>> ofChild, List<String> ofChildOnly,
			String... properties) {
		List<Class<?>> parent = new ArrayList<>(ofParent);
		parent.add(Automatic.class);
		List<Class<?>> child = new ArrayList<>(ofChild);
		child.add(Automatic.class);
		return new RunningApplication(new SpringApplicationBuilder().sources(parent.toArray(Class<?>[]::new))
			.web(WebApplicationType.NONE)
			.child(child.toArray(Class<?>[]::new))
			.web(WebApplicationType.SERVLET)
			.properties(ofChildOnly.toArray(String[]::new))
			.run(arguments(properties)));
	}

	private static String[] arguments(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--spring.jmx.enabled=true", "--management.endpoints.jmx.exposure.include=*"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		return arguments.toArray(String[]::new);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public JsonNode json(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = get(path);
		if (response.statusCode() != 200) {
			throw new IOException(path + ": " + response.statusCode() + " " + response.body());
		}
		return JsonMapper.shared().readTree(response.body());
	}

	public HttpResponse<String> get(String path) throws IOException, InterruptedException {
		int port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		return this.client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
		if (this.context.getParent() instanceof ConfigurableApplicationContext parent) {
			parent.close();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Automatic {

	}

}

package io.atomicwrite.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to the application over a real connection.
 */
final class Client {

	static final String SETTINGS = "/api/settings";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newHttpClient();

	private final String root;

	Client(int port) {
		this.root = "http://localhost:" + port;
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	HttpResponse<String> put(String path, Object body, String... headers) {
		return send(put(path, (body instanceof String text) ? text : JSON.writeValueAsString(body), headers));
	}

	HttpResponse<String> post(String path, Object body) {
		return send(request(path, new String[0]).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	HttpResponse<String> postForm(String path) {
		return send(request(path, new String[0]).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("a=b")));
	}

	CompletableFuture<HttpResponse<String>> putLater(String path, Object body) {
		return this.http.sendAsync(put(path, JSON.writeValueAsString(body), new String[0]).build(),
				BodyHandlers.ofString());
	}

	private HttpRequest.Builder put(String path, String body, String[] headers) {
		return request(path, headers).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
	}

	private HttpRequest.Builder request(String path, String[] headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.root + path));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	static String tag(HttpResponse<String> response) {
		return response.headers().firstValue("ETag").orElseThrow();
	}

}

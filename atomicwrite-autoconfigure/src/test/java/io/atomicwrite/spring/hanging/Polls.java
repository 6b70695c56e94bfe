package io.atomicwrite.spring.hanging;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks an application at a fixed rate, whether or not it has answered before.
 */
final class Polls {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	private final ConcurrentLinkedQueue<CompletableFuture<Poll>> polls = new ConcurrentLinkedQueue<>();

	Polls(String port) {
		this.base = "http://localhost:" + port;
	}

	/** Begins to ask for each of some paths a number of times, ten times a second. */
	Running start(int times, String... paths) {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "polls");
			thread.setDaemon(true);
			return thread;
		});
		for (int i = 0; i < times; i++) {
			timer.schedule(() -> List.of(paths).forEach((path) -> this.polls.add(ask(path))), i * 100L,
					TimeUnit.MILLISECONDS);
		}
		timer.shutdown();
		return () -> {
			timer.awaitTermination(times * 100L + 10_000, TimeUnit.MILLISECONDS);
			return this.polls.stream().map(CompletableFuture::join).toList();
		};
	}

	private CompletableFuture<Poll> ask(String path) {
		long start = System.nanoTime();
		return this.client.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString())
			.handle((response, failure) -> new Poll(path, (failure != null) ? failure.toString() : response.body(),
					(failure != null) ? 0 : response.statusCode(), Duration.ofNanos(System.nanoTime() - start)));
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.base + path)).timeout(TIMEOUT);
	}

	Poll send(HttpRequest request) throws Exception {
		long start = System.nanoTime();
		HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		return new Poll(request.uri().getPath(), response.body(), response.statusCode(),
				Duration.ofNanos(System.nanoTime() - start));
	}

	Poll get(String path) throws Exception {
		return send(request(path).build());
	}

	/** One answer; status 0 if there was none. */
	record Poll(String path, String body, int status, Duration time) {

		static Duration slowest(List<Poll> polls) {
			return polls.stream().map(Poll::time).max(Comparator.naturalOrder()).orElseThrow();
		}

	}

	interface Running {

		List<Poll> join() throws InterruptedException;

	}

}

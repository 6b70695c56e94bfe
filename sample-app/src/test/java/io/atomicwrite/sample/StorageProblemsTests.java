package io.atomicwrite.sample;

import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.Problem;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the answers to requests that failed at a file.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "atomicwrite.lock.timeout=100ms")
// the application ends before its directory is deleted
@DirtiesContext
class StorageProblemsTests {

	private static final Path FILE = Path.of("/secret/place/settings.json");

	@TempDir
	static Path data;

	private final StorageProblems problems = new StorageProblems();

	@DynamicPropertySource
	static void dataDirectory(DynamicPropertyRegistry registry) {
		registry.add("sample.data", data::toString);
	}

	@Test
	void lockTimeoutOverHttp(@LocalServerPort int port, @Autowired LockRegistry locks,
			@Autowired SampleProperties properties) throws Exception {
		Client client = new Client(port);
		Settings settings = new Settings("x", Theme.DARK, 1, 1);
		Files.createDirectories(properties.settings().getParent());
		try (LockLease lease = locks.acquire(properties.settings(), LockRequest.failFast())) {
			HttpResponse<String> answer = client.put(Client.SETTINGS, settings);
			assertThat(answer.statusCode()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(Client.json(answer).at("/outcome").asString()).isEqualTo("NOT_COMMITTED");
		}
		assertThat(client.put(Client.SETTINGS, settings).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource
	void lockThatCannotBeHad(Reason reason) {
		ResponseEntity<ProblemDetail> answer = this.problems.locked(new LockNotAcquiredException(FILE, reason,
				new LockNotAcquiredException.Wait(Duration.ZERO, null, null), problem("is busy"), null));
		boolean passes = reason != Reason.SELF_DEADLOCK && reason != Reason.FAILED;
		assertThat(answer.getStatusCode().value()).isEqualTo(passes ? 503 : 500);
		assertThat(answer.getHeaders().containsHeader("Retry-After")).isEqualTo(passes);
	}

	@Test
	void fullFilesystem() {
		FileSystemException full = new FileSystemException(FILE.toString(), null, "No space left on device");
		assertProblem(this.problems.failed(new WriteFailedException(FILE, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED,
				problem("is full").causedBy(IoErrorKind.NO_SPACE), full)), 507, WriteOutcome.NOT_COMMITTED);
	}

	@Test
	void otherFailure() {
		assertProblem(this.problems.failed(
				new WriteFailedException(FILE, WritePhase.COMMIT, WriteOutcome.INDETERMINATE, problem("broke"), null)),
				500, WriteOutcome.INDETERMINATE);
		assertProblem(this.problems.failure(new DurabilityUnknownException(FILE, problem("may be gone"), null)), 500,
				WriteOutcome.VISIBLE_NOT_DURABLE);
	}

	@Test
	void unsupportedEnvironment() {
		AtomicWriteException unsupported = new UnsupportedEnvironmentException(FILE, Guarantee.CRASH_DURABILITY,
				GuaranteeLevel.GUARANTEED, GuaranteeLevel.UNSUPPORTED, problem("is on tmpfs"));
		ProblemDetail problem = this.problems.unsupported(unsupported);
		assertProblem(problem, 500, WriteOutcome.NOT_COMMITTED);
		assertThat(problem.getDetail()).contains("filesystem", "/actuator/atomicwrite");
	}

	@Test
	void filesThatCannotBeRead() {
		assertThat(
				this.problems.missing(new TargetMissingException(FILE, Problem.of("can't be read", Remedy.NONE), null))
					.getStatus())
			.isEqualTo(404);
		ProblemDetail unreadable = this.problems
			.unreadable(new ReadFailedException(FILE, Problem.of("can't be read", Remedy.NONE), null));
		assertThat(unreadable.getStatus()).isEqualTo(500);
		assertThat(unreadable.getDetail()).doesNotContain("/secret");
	}

	private static void assertProblem(ProblemDetail problem, int status, WriteOutcome outcome) {
		assertThat(problem.getStatus()).isEqualTo(status);
		assertThat(problem.getDetail()).contains("settings.json").doesNotContain("/secret");
		assertThat(problem.getProperties()).containsEntry("outcome", outcome);
	}

	private static Problem problem(String summary) {
		return Problem.of(summary, Remedy.SEE_CAUSE);
	}

}

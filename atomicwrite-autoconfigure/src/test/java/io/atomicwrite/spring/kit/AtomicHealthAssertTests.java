package io.atomicwrite.spring.kit;

import java.io.IOException;
import java.nio.file.Files;

import io.atomicwrite.test.spring.TemporaryDirectories;
import io.atomicwrite.test.spring.TemporaryPlace;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.context.SpringBootTest;

import static io.atomicwrite.test.spring.AtomicHealthAssertions.assertThatHealth;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Assertions on the health of an application whose directory goes missing.
 */
@SpringBootTest(classes = Kept.class,
		properties = { "atomicwrite.directories.data.path=data", "atomicwrite.directories.exports.path=exports",
				"atomicwrite.documents.settings.path=settings.yaml",
				"management.health.atomicwrite.cache.time-to-live=0s" })
@TemporaryDirectories
class AtomicHealthAssertTests {

	@Autowired
	private HealthEndpoint health;

	@Autowired
	private TemporaryPlace place;

	private static void assertFailure(ThrowingCallable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessageContaining(message);
	}

	@Test
	void theStatusOfEachIsItsOwn() throws IOException {
		assertThatHealth(this.health).isUp().ofDirectory("exports").isUp();
		Files.delete(this.place.of("exports"));
		assertThatHealth(this.health).ofDirectory("data").isUp();
		assertThatHealth(this.health).ofDocument("settings").isUp();
		assertThatHealth(this.health).ofDirectory("exports").hasStatus("DOWN").hasProblem("exports");
		assertFailure(() -> assertThatHealth(this.health).isUp(), "the health atomicwrite to be UP");
		assertFailure(() -> assertThatHealth(this.health).ofDirectory("exports").isUp(), "but it is DOWN");
		assertFailure(() -> assertThatHealth(this.health).ofDirectory("exports").hasProblem("is in memory"),
				"to have a problem with");
		assertFailure(() -> assertThatHealth(this.health).ofDirectory("data").hasDetail("path", "elsewhere"),
				"to have the detail path of elsewhere");
	}

	@Test
	void whatIsNotConfiguredFails() {
		assertFailure(() -> assertThatHealth(this.health).ofDirectory("dta").isUp(),
				"the health atomicwrite/directories/dta to exist");
	}

}

package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of leases that are held together.
 */
class LockLeasesTests {

	private final List<String> events = new ArrayList<>();

	private Optional<IOException> leftover = Optional.empty();

	@Test
	void areAcquiredInOrderEachOnce() {
		LockLeases leases = acquire("c", "a", "b", "a");
		assertThat(this.events).containsExactly("+a", "+b", "+c");
		assertThat(leases.leases()).extracting((lease) -> lease.target().toString()).containsExactly("a", "b", "c");
		assertThat(leases.waited()).isEqualTo(Duration.ofMillis(3));
		leases.close();
		assertThat(this.events).endsWith("-c", "-b", "-a");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void thoseBeforeTheOneThatFailsAreReleased(boolean error) {
		Throwable failure = error ? new NoClassDefFoundError("c") : new IllegalStateException("c");
		assertThatExceptionOfType(failure.getClass())
			.isThrownBy(() -> LockLeases.acquire(paths("a", "b", "c"), (path) -> {
				if (path.toString().equals("c")) {
					if (failure instanceof Error thrown) {
						throw thrown;
					}
					throw (RuntimeException) failure;
				}
				return lease(path);
			}))
			.isSameAs(failure);
		assertThat(this.events).containsExactly("+a", "+b", "-b", "-a");
	}

	@Test
	void eachIsReleasedThoughAnotherFails() {
		LockLeases leases = LockLeases.acquire(paths("a", "b", "c"),
				(path) -> path.toString().equals("a") ? lease(path) : failing(path));
		assertThatIllegalStateException().isThrownBy(leases::close)
			.withMessage("c")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.satisfies((suppressed) -> assertThat(suppressed).hasMessage("b")));
		assertThat(this.events).endsWith("-c", "-b", "-a");
	}

	@Test
	void leftoverOfAnyIsReported() {
		LockLeases leases = acquire("a", "b");
		assertThat(leases.leftover()).isEmpty();
		this.leftover = Optional.of(new IOException("full"));
		assertThat(leases.leftover()).isEqualTo(this.leftover);
	}

	@Test
	void noneHoldNothing() {
		try (LockLeases none = LockLeases.none()) {
			none.ensureHeld();
			assertThat(none.waited()).isZero();
			assertThat(none.leftover()).isEmpty();
		}
	}

	private LockLeases acquire(String... names) {
		return LockLeases.acquire(paths(names), this::lease);
	}

	private static List<Path> paths(String... names) {
		return List.of(names).stream().map(Path::of).toList();
	}

	private LockLease lease(Path target) {
		this.events.add("+" + target);
		return new Recorded(target, false);
	}

	private LockLease failing(Path target) {
		this.events.add("+" + target);
		return new Recorded(target, true);
	}

	private final class Recorded implements LockLease {

		private final Path target;

		private final boolean fails;

		Recorded(Path target, boolean fails) {
			this.target = target;
			this.fails = fails;
		}

		@Override
		public Path target() {
			return this.target;
		}

		@Override
		public Duration waited() {
			return Duration.ofMillis(1);
		}

		@Override
		public void ensureHeld() {
			// held until closed
		}

		@Override
		public Optional<IOException> leftover() {
			return this.target.toString().equals("b") ? LockLeasesTests.this.leftover : Optional.empty();
		}

		@Override
		public void close() {
			LockLeasesTests.this.events.add("-" + this.target);
			if (this.fails) {
				throw new IllegalStateException(this.target.toString());
			}
		}

	}

}

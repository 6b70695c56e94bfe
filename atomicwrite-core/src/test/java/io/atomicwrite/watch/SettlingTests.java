package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static io.atomicwrite.watch.Settling.Step.NOTHING;
import static io.atomicwrite.watch.Settling.Step.READ;
import static io.atomicwrite.watch.Settling.Step.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

class SettlingTests {

	private static final FileState MISSING = new FileState(null, "", null);

	private final Settling settling = new Settling(Duration.ofMillis(250));

	private int changes;

	@Test
	void aFileIsReadAfterItHasBeenTheSameForTheQuietPeriod() {
		FileState file = file(100);
		assertThat(observe(file, 0)).isEqualTo(WAIT);
		assertThat(this.settling.quietUntil()).isEqualTo(millis(250));
		assertThat(observe(file, 249)).isEqualTo(WAIT);
		assertThat(observe(file, 250)).isEqualTo(READ);
	}

	@Test
	void eachChangeBeginsTheQuietPeriodAnew() {
		for (int at = 0; at < 10_000; at += 249) {
			assertThat(observe(file(100), at)).isEqualTo(WAIT);
		}
	}

	@Test
	void aChangeToAnEqualSizeIsAChange() {
		observe(file(100), 0);
		assertThat(observe(file(100), 250)).isEqualTo(WAIT);
	}

	@Test
	void anEmptyFileNeedsASecond() {
		FileState empty = file(0);
		observe(empty, 0);
		assertThat(observe(empty, 999)).isEqualTo(WAIT);
		assertThat(observe(empty, 1000)).isEqualTo(READ);
	}

	@Test
	void aMissingFileNeedsASecond() {
		observe(MISSING, 0);
		assertThat(observe(MISSING, 999)).isEqualTo(WAIT);
		assertThat(observe(MISSING, 1000)).isEqualTo(READ);
	}

	@Test
	void aFileThatCannotBeLookedAtNeedsASecond() {
		FileState state = FileState.of(new IOException("Input/output error"));
		observe(state, 0);
		assertThat(observe(FileState.of(new IOException("Input/output error")), 999)).isEqualTo(WAIT);
		assertThat(observe(FileState.of(new IOException("Input/output error")), 1000)).isEqualTo(READ);
	}

	@Test
	void aFileThatIsLessThanHalfAsLongAsBeforeNeedsASecond() {
		settle(file(100), 0);
		FileState half = file(50);
		observe(half, 10_000);
		assertThat(observe(half, 10_250)).isEqualTo(READ);
		settle(file(100), 20_000);
		FileState less = file(49);
		observe(less, 30_000);
		assertThat(observe(less, 30_999)).isEqualTo(WAIT);
		assertThat(observe(less, 31_000)).isEqualTo(READ);
	}

	@Test
	void aLongerQuietPeriodIsNotShortened() {
		Settling patient = new Settling(Duration.ofSeconds(3));
		FileState empty = file(0);
		patient.observe(empty, 0, false);
		assertThat(patient.observe(empty, millis(2999), false)).isEqualTo(WAIT);
		assertThat(patient.observe(empty, millis(3000), false)).isEqualTo(READ);
	}

	@Test
	void whatWasReadIsReadOnceMoreWhenItsTimeCannotBeThatOfALaterChange() {
		FileState file = settle(file(100), 0);
		assertThat(observe(file, 1999)).isEqualTo(NOTHING);
		assertThat(observe(file, 2000)).isEqualTo(READ);
		this.settling.read(millis(2000));
		assertThat(observe(file, 100_000)).isEqualTo(NOTHING);
	}

	@Test
	void anEventShortlyAfterAChangeMeansOneWithTheSameTime() {
		FileState file = settle(file(100), 0);
		assertThat(this.settling.observe(file, millis(1000), true)).isEqualTo(WAIT);
		assertThat(observe(file, 1250)).isEqualTo(READ);
	}

	@Test
	void anEventLongAfterTheLastChangeMeansNothingByItself() {
		FileState file = settle(file(100), 0);
		observe(file, 2000);
		this.settling.read(millis(2000));
		assertThat(this.settling.observe(file, millis(9000), true)).isEqualTo(NOTHING);
	}

	@Test
	void eachPartOfTheSignatureCounts() {
		Instant time = Instant.EPOCH;
		Signature signature = new Signature(Path.of("/a"), 1, 2, 3, time, time);
		assertThat(new Signature[] { new Signature(Path.of("/b"), 1, 2, 3, time, time),
				new Signature(Path.of("/a"), 9, 2, 3, time, time), new Signature(Path.of("/a"), 1, 9, 3, time, time),
				new Signature(Path.of("/a"), 1, 2, 9, time, time),
				new Signature(Path.of("/a"), 1, 2, 3, time.plusNanos(1), time),
				new Signature(Path.of("/a"), 1, 2, 3, time, time.plusNanos(1)) })
			.allSatisfy((other) -> {
				Settling fresh = new Settling(Duration.ofMillis(250));
				fresh.observe(new FileState(signature, "", null), 0, false);
				assertThat(fresh.observe(new FileState(other, "", null), millis(250), false)).isEqualTo(WAIT);
			});
	}

	private FileState settle(FileState state, long at) {
		observe(state, at);
		assertThat(observe(state, at + 1000)).isEqualTo(READ);
		this.settling.read(millis(at + 250));
		return state;
	}

	private Settling.Step observe(FileState state, long at) {
		return this.settling.observe(state, millis(at), false);
	}

	private FileState file(long size) {
		Instant changed = Instant.EPOCH.plusNanos(this.changes++);
		return new FileState(new Signature(Path.of("/file"), 1, 1, size, Instant.EPOCH, changed), "", null);
	}

	private static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}

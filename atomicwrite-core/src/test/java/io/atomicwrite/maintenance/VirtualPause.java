package io.atomicwrite.maintenance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import io.atomicwrite.test.HookedFileOps.Hook;

/**
 * A pause that passes at once, by a clock of its own, and in which something happens.
 */
final class VirtualPause extends Pause {

	private final Hook meanwhile;

	private long now;

	private int parked;

	VirtualPause(Hook meanwhile) {
		super(Housekeeper.PAUSE);
		this.meanwhile = meanwhile;
	}

	void pass(Duration time) {
		this.now += time.toNanos();
	}

	/** How often it was waited for: a test whose pause never came shows nothing. */
	int parked() {
		return this.parked;
	}

	@Override
	long now() {
		return this.now;
	}

	@Override
	void park(long length) {
		try {
			this.meanwhile.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.parked++;
		this.now += length;
	}

}

package io.atomicwrite.fs;

import io.atomicwrite.test.BusyCommonPool;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of programs that are run.
 */
class ProgramTests {

	@Test
	void needsNoThreadOfThePoolThatAllShare() {
		assertThat(BusyCommonPool.call(() -> Program.find("true").start().end().status())).isZero();
	}

	@Test
	void anInterruptIsKeptAndEndsNothing() throws Exception {
		Thread.currentThread().interrupt();
		try {
			assertThat(Program.find("true").start().end().status()).isZero();
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			Thread.interrupted();
		}
	}

}

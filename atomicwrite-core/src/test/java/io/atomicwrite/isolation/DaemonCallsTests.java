package io.atomicwrite.isolation;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaemonCallsTests {

	@Test
	void oneThatHangsDelaysNeitherTheOthersNorTheCaller() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		Runnable bad = () -> uninterruptibly(hanging);
		Runnable good = done::countDown;
		DaemonCalls.run("bad", List.of(bad, good, bad), Duration.ofMillis(100));
		done.await();
		hanging.countDown();
	}

	@Test
	void theRestIsWaitedForThoughTheCallerIsInterrupted() {
		CountDownLatch done = new CountDownLatch(3);
		Thread.currentThread().interrupt();
		Runnable call = done::countDown;
		DaemonCalls.run("good", List.of(call, call, call), Duration.ofSeconds(20));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(done.getCount()).isZero();
	}

	@Test
	void aThreadKeepsNoWebApplicationThatMadeIt() throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader application = new URLClassLoader(new URL[0])) {
			Thread.currentThread().setContextClassLoader(application);
			assertThat(DaemonCalls.thread("t", () -> {
			}).getContextClassLoader()).isSameAs(DaemonCalls.class.getClassLoader());
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	private static void uninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// as a system call on a filesystem that hangs
			}
		}
	}

}

package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.lock.LockRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class OrderlyShutdownTests {

	@TempDir
	private Path directory;

	@Test
	void endsWaitsLetsAWriteFinishAndLeavesNothing() throws Exception {
		ConfigurableApplicationContext context = new AnnotationConfigApplicationContext(
				AtomicWriteAutoConfiguration.class);
		AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
		LockRegistry locks = context.getBean(LockRegistry.class);
		Path target = this.directory.resolve("a.txt");
		CountDownLatch mayFinish = new CountDownLatch(1);
		CountDownLatch writing = new CountDownLatch(1);
		CompletableFuture<WriteResult> write = CompletableFuture.supplyAsync(() -> template.write(target, (out) -> {
			out.write('x');
			writing.countDown();
			uninterruptibly(mayFinish);
		}), OrderlyShutdownTests::inThread);
		writing.await();
		CompletableFuture<WriteResult> waiter = CompletableFuture
			.supplyAsync(() -> template.writeString(target, "waiter"), OrderlyShutdownTests::inThread);
		await().until(() -> locks.waiting().size() == 1);

		CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close, OrderlyShutdownTests::inThread);

		await().until(waiter::isDone);
		assertThat(closing).isNotDone();
		assertThatThrownBy(waiter::join).cause()
			.isInstanceOfSatisfying(LockNotAcquiredException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(LockNotAcquiredException.Reason.CLOSED));
		mayFinish.countDown();
		closing.join();
		assertThat(write.join().size()).isOne();
		assertThat(this.directory).isDirectoryContaining((path) -> path.equals(target));
		assertThat(this.directory.toFile().list()).containsExactly("a.txt");
	}

	@Test
	void releasesALeaseThatWasForgotten() {
		ConfigurableApplicationContext context = new AnnotationConfigApplicationContext(
				AtomicWriteAutoConfiguration.class);
		LockRegistry locks = context.getBean(LockRegistry.class);
		assertThat(locks.tryAcquire(this.directory.resolve("a.txt"))).isPresent();
		context.close();
		assertThat(this.directory).isEmptyDirectory();
		assertThat(locks.held()).isEmpty();
	}

	@Test
	void aBeanCanWriteWhileItIsDestroyed() {
		Path target = this.directory.resolve("state.txt");
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(State.class, target)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(target).hasContent("last words");
	}

	@Test
	void aTemplateOfTheUserIsClosedInOrderToo() throws Exception {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean("mine", AtomicFileTemplate.class,
				() -> AtomicFileTemplate.builder().locks(context.getBean(LockRegistry.class)).build());
		context.register(AtomicWriteAutoConfiguration.class);
		context.refresh();
		AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
		LockRegistry locks = context.getBean(LockRegistry.class);
		Path target = this.directory.resolve("a.txt");
		StagedWrite open = template.open(target);
		CompletableFuture<WriteResult> waiter = CompletableFuture
			.supplyAsync(() -> template.writeString(target, "waiter"), OrderlyShutdownTests::inThread);
		await().until(() -> locks.waiting().size() == 1);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close, OrderlyShutdownTests::inThread);
		await().atMost(Duration.ofSeconds(5)).until(waiter::isDone);
		open.commit();
		closing.join();
		assertThat(this.directory.toFile().list()).containsExactly("a.txt");
	}

	private static void inThread(Runnable task) {
		new Thread(task).start();
	}

	private static void uninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static class State implements DisposableBean {

		private final AtomicFileTemplate template;

		private final Path target;

		State(AtomicFileTemplate template, Path target) {
			this.template = template;
			this.target = target;
		}

		@Override
		public void destroy() {
			this.template.writeString(this.target, "last words");
		}

	}

}

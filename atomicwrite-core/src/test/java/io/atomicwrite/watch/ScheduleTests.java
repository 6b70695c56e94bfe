package io.atomicwrite.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class ScheduleTests {

	private final AtomicLong now = new AtomicLong();

	private final Schedule schedule = new Schedule(this.now::get);

	@Test
	void aRequestedLookComesBeforeThePollsThatAreDue() {
		Task polled = poll(10);
		Task other = poll(20);
		this.now.set(100);
		this.schedule.request(other, true);
		assertThat(this.schedule.poll()).isSameAs(other);
		assertThat(this.schedule.poll()).isSameAs(polled);
		assertThat(this.schedule.poll()).isNull();
	}

	@Test
	void pollsComeInTheOrderInWhichTheyAreDue() {
		Task late = poll(20);
		Task early = poll(10);
		this.now.set(9);
		assertThat(this.schedule.poll()).isNull();
		assertThat(this.schedule.next()).isEqualTo(10);
		this.now.set(20);
		assertThat(List.of(required(this.schedule.poll()), required(this.schedule.poll()))).containsExactly(early,
				late);
	}

	@Test
	void manyRequestsAreOneLook() {
		Task task = create();
		for (int i = 0; i < 100; i++) {
			this.schedule.request(task, true);
		}
		assertThat(this.schedule.size()).isEqualTo(1);
		assertThat(this.schedule.poll()).isSameAs(task);
		assertThat(this.schedule.poll()).isNull();
	}

	@Test
	void aRequestDuringALookIsALookAfterIt() {
		Task task = create();
		this.schedule.request(task, true);
		this.schedule.poll();
		assertThat(this.schedule.begin(task)).isTrue();
		this.schedule.request(task, true);
		assertThat(this.schedule.poll()).as("one look at a time").isNull();
		this.schedule.done(task, new Task.Next(Task.NEVER, false));
		this.now.addAndGet(Schedule.REST_NANOS);
		assertThat(this.schedule.poll()).isSameAs(task);
		assertThat(this.schedule.begin(task)).as("of the second one, too").isTrue();
	}

	@Test
	void eventsLeadToALookEveryTwentyMillisecondsAtMost() {
		Task task = create();
		List<Long> looks = new ArrayList<>();
		for (int millis = 0; millis < 1000; millis++) {
			this.now.set(millis * 1_000_000L);
			this.schedule.request(task, true);
			Task due = this.schedule.poll();
			if (due != null) {
				looks.add(this.now.get());
				this.schedule.done(due, new Task.Next(Task.NEVER, false));
			}
		}
		assertThat(looks).hasSize(50);
	}

	@Test
	void aLookThatIsDueAtOnceIsNotPutOffByARequest() {
		Task task = create();
		this.schedule.request(task, false);
		this.schedule.poll();
		this.schedule.done(task, new Task.Next(5, true));
		this.now.set(5);
		this.schedule.request(task, true);
		assertThat(this.schedule.poll()).isSameAs(task);
	}

	@Test
	void aThreadThatWaitsTakesWhatIsRequested() throws Exception {
		Schedule real = new Schedule(System::nanoTime);
		Task task = real.create((files, hinted) -> new Task.Next(Task.NEVER, false));
		List<Task> taken = new ArrayList<>();
		Thread thread = new Thread(() -> {
			try {
				for (Task next = real.take(); next != null; next = real.take()) {
					taken.add(next);
				}
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		thread.start();
		real.request(task, true);
		while (real.size() > 0) {
			Thread.onSpinWait();
		}
		real.close();
		thread.join();
		assertThat(taken).containsExactly(task);
	}

	@Test
	void aClosedScheduleHasNoLooks() throws Exception {
		Task task = poll(0);
		this.schedule.close();
		this.schedule.request(task, true);
		assertThat(this.schedule.size()).isZero();
		assertThat(this.schedule.take()).isNull();
	}

	private Task poll(long at) {
		Task task = create();
		this.schedule.done(task, new Task.Next(at, false));
		return task;
	}

	private Task create() {
		return this.schedule.create((files, hinted) -> new Task.Next(Task.NEVER, false));
	}

	private static Task required(@org.jspecify.annotations.Nullable Task task) {
		assertThat(task).isNotNull();
		return task;
	}

}

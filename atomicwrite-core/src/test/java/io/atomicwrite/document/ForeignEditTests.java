package io.atomicwrite.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.document.Snapshot.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What others do to the file of a document is seen, validated and published; what the
 * document writes itself is not taken for the work of others.
 */
class ForeignEditTests {

	private final Events events = new Events();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.documentListeners(() -> List.of(this.events))
		.build();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void file() throws Exception {
		this.file = Files.writeString(this.directory.resolve("config.yaml"), "count: 1\nname: a\n");
	}

	@AfterEach
	void close() {
		this.template.close();
	}

	private AtomicDocument<Settings> open() {
		return this.template.document(this.file,
				DocumentOptions.of(Settings.class).quietPeriod(Duration.ofMillis(100)).build());
	}

	@Test
	void editIsPublishedWithOldAndNew() throws Exception {
		AtomicDocument<Settings> document = open();
		List<String> seen = new CopyOnWriteArrayList<>();
		document.onChange((before, after) -> seen
			.add(before.value().count() + "->" + after.value().count() + " " + after.source()));
		Files.writeString(this.file, "count: 2\nname: a\n");
		await().untilAsserted(() -> assertThat(seen).containsExactly("1->2 FOREIGN"));
		assertThat(document.current().count()).isEqualTo(2);
		assertThat(document.snapshot().source()).isEqualTo(Source.FOREIGN);
		assertThat(this.events.reloads).hasSize(1);
	}

	@Test
	void ownChangesAreNotTakenForForeignOnes() throws Exception {
		AtomicDocument<Settings> document = open();
		List<Source> sources = new CopyOnWriteArrayList<>();
		document.onChange((before, after) -> sources.add(after.source()));
		for (int i = 0; i < 20; i++) {
			document.update((old) -> old.plus(1));
		}
		await().untilAsserted(() -> assertThat(sources).hasSize(20));
		// a foreign change after them shows that the watch has looked at all of them
		Files.writeString(this.file, "count: 0\nname: end\n");
		await().until(() -> document.current().name().equals("end"));
		await().untilAsserted(() -> assertThat(sources).hasSize(21));
		assertThat(sources.subList(0, 20)).containsOnly(Source.OWN);
		assertThat(this.events.reloads).hasSize(1);
	}

	@Test
	void goneAndComeBack() throws Exception {
		AtomicDocument<Settings> document = open();
		Path aside = this.directory.resolve("aside");
		Files.move(this.file, aside);
		await().until(() -> document.status() == DocumentStatus.MISSING);
		assertThat(document.current().count()).isEqualTo(1);
		Files.move(aside, this.file);
		await().until(() -> document.status() == DocumentStatus.VALID);
		assertThat(document.snapshot().generation()).isEqualTo(1);
	}

	@Test
	void renamedOverAndBroken() throws Exception {
		AtomicDocument<Settings> document = open();
		List<DocumentProblem> problems = new CopyOnWriteArrayList<>();
		document.onProblem(problems::add);
		Files.move(Files.writeString(this.directory.resolve("new"), "count: 3\nname: a\n"), this.file,
				StandardCopyOption.REPLACE_EXISTING);
		await().until(() -> document.current().count() == 3);
		Files.move(Files.writeString(this.directory.resolve("new"), "count: [\n"), this.file,
				StandardCopyOption.REPLACE_EXISTING);
		await().until(() -> document.status() == DocumentStatus.INVALID);
		assertThat(document.current().count()).isEqualTo(3);
		await().untilAsserted(() -> assertThat(problems).hasSize(1));
		assertThat(this.events.problems).hasSize(1);
	}

	@Test
	void burstsOfForeignChangesAreConflatedAndOwnOnesAreNot() throws Exception {
		AtomicDocument<Settings> document = open();
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		List<String> seen = new CopyOnWriteArrayList<>();
		document.onChange((before, after) -> {
			entered.countDown();
			awaitLatch(busy);
			seen.add(before.value().count() + "->" + after.value().count());
		});
		document.update((old) -> old.plus(1));
		entered.await();
		for (int i = 10; i < 14; i++) {
			this.template.writeString(this.file, "count: " + i + "\nname: a\n");
			document.reload();
		}
		document.update((old) -> old.plus(1));
		document.update((old) -> old.plus(1));
		busy.countDown();
		await().untilAsserted(() -> assertThat(seen).containsExactly("1->2", "2->13", "13->14", "14->15"));
	}

	@Test
	void listenerThatThrowsOrChangesTheDocumentStopsNothing() throws Exception {
		AtomicDocument<Settings> document = open();
		List<Integer> seen = new CopyOnWriteArrayList<>();
		document.onChange((before, after) -> {
			throw new IllegalStateException("of the application");
		});
		AtomicDocument.Registration registration = document.onChange((before, after) -> {
			seen.add(after.value().count());
			if (after.value().count() < 5) {
				document.update((old) -> old.plus(1));
			}
		});
		document.update((old) -> old.plus(1));
		await().untilAsserted(() -> assertThat(seen).containsExactly(2, 3, 4, 5));
		await().untilAsserted(() -> assertThat(this.events.listenerFailures).hasSize(4));
		registration.close();
		document.update((old) -> old.plus(1));
		await().untilAsserted(() -> assertThat(this.events.listenerFailures).hasSize(5));
		assertThat(seen).hasSize(4);
	}

	@Test
	void documentsOfTwoTemplatesFollowEachOther() {
		try (AtomicFileTemplate other = AtomicFileTemplate.create()) {
			AtomicDocument<Settings> here = open();
			AtomicDocument<Settings> there = other.document(this.file,
					DocumentOptions.of(Settings.class).quietPeriod(Duration.ofMillis(100)).build());
			here.update((old) -> old.plus(1));
			await().until(() -> there.current().count() == 2);
			there.update((old) -> old.plus(1));
			await().until(() -> here.current().count() == 3);
		}
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What the engine reports. */
	private static final class Events implements DocumentListener {

		private final List<Path> reloads = new CopyOnWriteArrayList<>();

		private final List<DocumentProblem> problems = new CopyOnWriteArrayList<>();

		private final List<Throwable> listenerFailures = new CopyOnWriteArrayList<>();

		@Override
		public void reloaded(Path path) {
			this.reloads.add(path);
		}

		@Override
		public void problem(Path path, DocumentProblem problem) {
			this.problems.add(problem);
		}

		@Override
		public void listenerFailed(Path path, Throwable failure) {
			this.listenerFailures.add(failure);
		}

	}

}

package io.atomicwrite.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.manifest.Stamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * The stamp of a content, kept in the content of a document.
 */
class EnvelopeTests {

	private static final Instant TIME = Instant.parse("2026-01-31T23:59:59.123Z");

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().build();

	private final AtomicReference<Stamp> stamp = new AtomicReference<>(Stamp.ofRun("run-1").at(TIME));

	private final DocumentOptions.Builder<Settings> options = DocumentOptions.of(Settings.class)
		.quietPeriod(Duration.ofMillis(100))
		.envelope(Envelope.of(this.stamp::get));

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.template.close();
	}

	@ParameterizedTest
	@EnumSource
	void changeIsStampedInEachFormatAndTheTypeDoesNotSeeIt(Kinds kind) throws Exception {
		Path file = Files.write(this.directory.resolve(kind.file()),
				kind.content(Map.of("count", kind.scalar(1), "name", "a", "other", "stays")));
		AtomicDocument<Settings> document = this.template.document(file, this.options.build());
		assertThat(document.snapshot().stamp()).isEmpty();
		document.update((old) -> old.plus(1));
		assertThat(kind.tree(Files.readAllBytes(file))).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
			.containsEntry("extracted_at", "2026-01-31T23:59:59.123Z")
			.containsEntry("run_id", "run-1")
			.containsEntry("other", "stays")
			.hasSize(5);
		assertThat(document.current()).isEqualTo(new Settings(2, "a"));
		assertThat(document.snapshot().stamp()).contains(Stamp.ofRun("run-1").at(TIME));
		// a new run says nothing of the old one's source
		this.stamp.set(Stamp.ofSource("orders").at(TIME.plusSeconds(1)));
		document.update((old) -> old.plus(1));
		assertThat(document.snapshot().stamp()).contains(Stamp.ofSource("orders").at(TIME.plusSeconds(1)));
		assertThat(Files.readString(file)).doesNotContain("run-1");
	}

	@ParameterizedTest
	@EnumSource
	void newFileIsStampedAndItsUnknownKeysMayBeRejected(Kinds kind) throws Exception {
		Path file = this.directory.resolve(kind.file());
		DocumentOptions<Settings> strict = this.options.defaults(Settings.DEFAULTS)
			.schema(1)
			.unknown(UnknownFields.REJECT)
			.build();
		AtomicDocument<Settings> document = this.template.document(file, strict);
		assertThat(document.snapshot().stamp()).isEmpty();
		document.update((old) -> old.named("b"));
		document.close();
		AtomicDocument<Settings> again = this.template.document(file, strict);
		assertThat(again.status()).isEqualTo(DocumentStatus.VALID);
		assertThat(again.snapshot().stamp()).contains(Stamp.ofRun("run-1").at(TIME));
		assertThat(again.current()).isEqualTo(new Settings(7, "b"));
	}

	@Test
	void editKeepsTheTextOfAllOtherLines() throws Exception {
		Path file = Files.writeString(this.directory.resolve("export.yaml"),
				"# made by night\nextracted_at: '2026-01-30T00:00:00Z' # when\nrun_id: 41\nname: a # letters\ncount: 1\n");
		AtomicDocument<Settings> document = this.template.document(file, this.options.build());
		assertThat(document.snapshot().stamp()).contains(Stamp.ofRun("41").at(Instant.parse("2026-01-30T00:00:00Z")));
		document.update((old) -> old.plus(1));
		assertThat(file).hasContent(
				"# made by night\nextracted_at: '2026-01-31T23:59:59.123Z' # when\nrun_id: run-1\nname: a # letters\ncount: 2\n");
	}

	@Test
	void sameValueIsWrittenForAnotherRunAlone() throws Exception {
		Path file = Files.writeString(this.directory.resolve("export.json"), "{\"count\": 1, \"name\": \"a\"}");
		AtomicDocument<Settings> document = this.template.document(file, this.options.build());
		document.update((old) -> old);
		String first = Files.readString(file);
		assertThat(first).contains("run-1");
		this.stamp.set(Stamp.ofRun("run-1").at(TIME.plusSeconds(9)));
		document.update((old) -> old);
		assertThat(file).hasContent(first);
		this.stamp.set(Stamp.ofRun("run-2").at(TIME.plusSeconds(9)));
		document.update((old) -> old);
		assertThat(document.snapshot().stamp()).contains(this.stamp.get());
		assertThat(Files.readString(file)).contains("run-2", "2026-02-01T00:00:08.123Z");
	}

	@Test
	void stampOfAForeignContentIsSeen() throws Exception {
		Path file = Files.writeString(this.directory.resolve("export.json"), "{\"count\": 1, \"name\": \"a\"}");
		AtomicDocument<Settings> document = this.template.document(file, this.options.build());
		Files.writeString(file,
				"{\"count\": 2, \"name\": \"a\", \"run_id\": \"by-hand\", \"extracted_at\": \"today\"}");
		await().until(() -> document.current().count() == 2);
		assertThat(document.snapshot().stamp()).contains(Stamp.ofRun("by-hand"));
	}

	@Test
	void stampWithoutATimeHasThatOfTheChange() {
		Kinds kind = Kinds.YAML;
		DocumentCodec<Settings> codec = DocumentCodec.of(kind.file(), kind.format(),
				DocumentOptions.of(Settings.class).envelope(Envelope.of(Stamp::empty)).build(),
				InstantSource.fixed(TIME.plusNanos(999)));
		byte[] content = codec.write(null, new Settings(1, "a")).content();
		assertThat(codec.stamp(content)).contains(Stamp.empty().at(TIME));
	}

	@Test
	void keysOfTheTypeAreNotTakenForTheEnvelope() throws Exception {
		record Run(String run_id) {
		}
		Path file = this.directory.resolve("run.json");
		AtomicDocument<Run> refused = this.template.document(file,
				DocumentOptions.of(Run.class).defaults(new Run("own")).envelope(Envelope.of(this.stamp::get)).build());
		assertThatExceptionOfType(InvalidDocumentException.class)
			.isThrownBy(() -> refused.update((old) -> new Run("new")))
			.withMessageContaining("it has a field 'run_id', which is a key of the envelope; see withKeys");
		assertThat(file).doesNotExist();
		refused.close();
		AtomicDocument<Run> document = this.template.document(file,
				DocumentOptions.of(Run.class)
					.defaults(new Run("own"))
					.envelope(Envelope.of(this.stamp::get).withKeys("at", "by", "from"))
					.build());
		document.update((old) -> new Run("new"));
		assertThat(document.snapshot().stamp()).contains(this.stamp.get());
		assertThat(document.current().run_id()).isEqualTo("new");
	}

	@Test
	void whatAnEnvelopeHasNoKeyForIsRefused() throws Exception {
		Path file = Files.writeString(this.directory.resolve("export.json"), "{\"count\": 1, \"name\": \"a\"}");
		this.stamp.set(Stamp.ofRun("1").with("rows", "7"));
		AtomicDocument<Settings> document = this.template.document(file, this.options.build());
		assertThatIllegalArgumentException().isThrownBy(() -> document.update((old) -> old.plus(1)))
			.withMessageContaining("belong into the value: [rows]");
		assertThat(file).hasContent("{\"count\": 1, \"name\": \"a\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> Envelope.of(Stamp::empty).withKeys("a", "b", "a"));
		assertThat(List.of(Optional.empty(), Envelope.of(Stamp::empty).stampOf(Map.of("run_id", List.of()))))
			.contains(Optional.of(Stamp.empty()));
	}

}

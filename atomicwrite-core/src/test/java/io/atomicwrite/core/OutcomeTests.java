package io.atomicwrite.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What results say: of updates and deletes too, of what changed nothing, and of content
 * that is read back.
 */
class OutcomeTests {

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.defaults(WriteOptions.engineDefaults().with((o) -> o.safety(SafetyPolicy.WARN)))
		.build();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() throws IOException {
		this.target = this.directory.toRealPath().resolve("n.json");
		Files.writeString(this.target, "1");
	}

	@Test
	void updateReportsThatItMayNotBeDurable() {
		this.files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 1, "Input/output error");
		UpdateResult<Integer> updated = this.template.update(this.target, Integer.class, (value) -> 2);
		assertThat(updated.value()).isEqualTo(2);
		assertThat(updated.version()).isEqualTo(this.template.version(this.target));
		assertThat(updated.changed()).isTrue();
		assertThat(updated.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
		assertThat(updated.result().warnings()).anyMatch((text) -> text.contains("may not survive a crash"));
	}

	@Test
	void deleteReportsThatItMayNotBeDurable() {
		this.files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 1, "Input/output error");
		WriteResult deleted = this.template.delete(this.target);
		assertThat(deleted.changed()).isTrue();
		assertThat(deleted.target()).isEqualTo(this.target);
		assertThat(deleted.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
		assertThat(deleted.warnings()).anyMatch((text) -> text.contains("may not survive a crash"));
		assertThat(deleted.granted()).isNotEmpty();
	}

	@Test
	void whatChangesNothingSaysSo() {
		UpdateResult<Integer> kept = this.template.update(this.target, Integer.class, (value) -> 1);
		assertThat(kept.value()).isEqualTo(1);
		assertThat(kept.changed()).isFalse();
		assertThat(kept.outcome()).isEqualTo(WriteOutcome.UNCHANGED);
		assertThat(kept.version()).isEqualTo(this.template.version(this.target));
		assertThat(kept.result().size()).isEqualTo(1);
		assertThat(kept.result().target()).isEqualTo(this.target);
		assertThat(this.template.delete(this.target).outcome()).isEqualTo(WriteOutcome.DURABLE);
		for (Path nothing : new Path[] { this.target, this.directory.resolve("no/such/file") }) {
			WriteResult none = this.template.delete(nothing);
			assertThat(none.outcome()).isEqualTo(WriteOutcome.UNCHANGED);
			assertThat(none.changed()).isFalse();
			assertThat(none.warnings()).isEmpty();
		}
	}

	@Test
	void resultsAreValues() {
		WriteResult one = WriteResult.builder(this.target, WriteOutcome.DURABLE).size(3).build();
		assertThat(one).isEqualTo(WriteResult.builder(this.target, WriteOutcome.DURABLE).size(3).build())
			.hasSameHashCodeAs(WriteResult.builder(this.target, WriteOutcome.DURABLE).size(3).build())
			.isNotEqualTo(WriteResult.builder(this.target, WriteOutcome.DURABLE).size(4).build());
		assertThat(one.toString()).startsWith("WriteResult[target=" + this.target).contains("size=3", "DURABLE");
	}

	static Stream<BiFunction<AtomicFileTemplate, Path, WriteResult>> forms() {
		byte[] bytes = "2".getBytes(StandardCharsets.UTF_8);
		return Stream.of((t, f) -> t.write(f, bytes, (o) -> o.verify(true)),
				(t, f) -> t.write(f, new ByteArrayInputStream(bytes), (o) -> o.verify(true)),
				(t, f) -> t.write(f, (out) -> out.write(bytes), (o) -> o.verify(true)),
				(t, f) -> t.append(f, bytes, (o) -> o.verify(true)),
				(t, f) -> t.update(f, Integer.class, (value) -> 2, (o) -> o.verify(true)).result(), (t, f) -> {
					try (StagedWrite staged = t.open(f, (o) -> o.verify(true))) {
						return staged.commit();
					}
				});
	}

	@ParameterizedTest
	@MethodSource("forms")
	void contentThatIsReadBackGarbledIsNotCommitted(BiFunction<AtomicFileTemplate, Path, WriteResult> form)
			throws IOException {
		AtomicFileTemplate garbled = AtomicFileTemplate.builder().files(new GarblingFileOps()).build();
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> form.apply(garbled, this.target))
			.withMessageContaining("what was read back is not what was written")
			.satisfies((ex) -> {
				assertThat(ex.phase()).isEqualTo(WritePhase.SYNC);
				assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
			});
		assertThat(this.target).hasContent("1");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("n.json");
		assertThat(form.apply(this.template, this.target).outcome()).isEqualTo(WriteOutcome.DURABLE);
	}

	/** Reads something else from every staging file. */
	private static final class GarblingFileOps extends ForwardingFileOps {

		GarblingFileOps() {
			super(FileOps.system());
		}

		@Override
		public InputStream openRead(Path file) throws IOException {
			return file.getFileName().toString().endsWith(".tmp") ? new ByteArrayInputStream(new byte[] { 9 })
					: super.openRead(file);
		}

	}

}

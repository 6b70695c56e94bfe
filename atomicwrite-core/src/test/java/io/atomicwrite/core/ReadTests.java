package io.atomicwrite.core;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.FormatException;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.fs.FileOps;
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
 * Reading: what exists, what is missing, what can't be read, and streams.
 */
class ReadTests {

	private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {
	};

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().files(this.files).build();

	@TempDir
	private Path directory;

	private Path target;

	private Path missing;

	@BeforeEach
	void names() {
		this.target = this.directory.resolve("n.json");
		this.missing = this.directory.resolve("missing.json");
	}

	static Stream<Function<Path, ?>> reads(AtomicFileTemplate template) {
		return Stream.of(template::read, template::readString,
				(file) -> template.readString(file, StandardCharsets.ISO_8859_1), template::openRead, template::version,
				(file) -> template.readValue(file, List.class), (file) -> template.readValue(file, NUMBERS),
				(file) -> template.readVersioned(file, List.class), (file) -> template.readVersioned(file, NUMBERS),
				template::verify, template::readVerified, template::readVerifiedOrBackup,
				(file) -> template.readValueOrBackup(file, List.class),
				(file) -> template.readValueOrBackup(file, NUMBERS),
				(file) -> template.checksum(file, ChecksumAlgorithm.SHA_256));
	}

	static Stream<Function<Path, ?>> optionalReads(AtomicFileTemplate template) {
		return Stream.of(template::find, template::findString,
				(file) -> template.findString(file, StandardCharsets.ISO_8859_1),
				(file) -> template.findValue(file, List.class), (file) -> template.findValue(file, NUMBERS),
				(file) -> template.findVersioned(file, List.class), (file) -> template.findVersioned(file, NUMBERS));
	}

	@Test
	void everyReadOfAMissingFileIsTheSameException() throws IOException {
		Path dangling = Files.createSymbolicLink(this.directory.resolve("dangling.json"), Path.of("nowhere.json"));
		for (Path file : List.of(this.missing, this.directory.resolve("no/such.json"), dangling)) {
			reads(this.template).forEach(
					(read) -> assertThatExceptionOfType(TargetMissingException.class).isThrownBy(() -> read.apply(file))
						.withMessageContaining(file.toString())
						.withMessageContaining("No such file or directory")
						.withCauseInstanceOf(NoSuchFileException.class)
						.satisfies((ex) -> {
							assertThat(ex.target()).isEqualTo(file);
							assertThat(ex.phase()).isNull();
							assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
						}));
			optionalReads(this.template).forEach((read) -> assertThat(read.apply(file)).hasToString("Optional.empty"));
			assertThat(this.template.exists(file)).isFalse();
		}
	}

	@Test
	void everyReadOfAFileThatCanNotBeReadIsTheSameException() throws IOException {
		Files.writeString(this.target, "[1]");
		Stream.concat(reads(this.template), optionalReads(this.template)).forEach((read) -> {
			this.files.heal();
			this.files.persistently()
				.fail((call) -> call.op() == Op.OPEN_READ, 1, new IOException("Input/output error"));
			assertThatExceptionOfType(ReadFailedException.class).isThrownBy(() -> read.apply(this.target))
				.withMessageContaining(this.target.toString())
				.withMessageContaining("Input/output error")
				.isInstanceOf(AtomicWriteException.class);
		});
	}

	@Test
	void aDirectoryIsNoFile() {
		assertThat(this.template.exists(this.directory)).isFalse();
		assertThatExceptionOfType(ReadFailedException.class).isThrownBy(() -> this.template.read(this.directory));
		assertThatExceptionOfType(ReadFailedException.class).isThrownBy(() -> this.template.openRead(this.directory))
			.withMessageContaining("is a directory");
		assertThatExceptionOfType(ReadFailedException.class).isThrownBy(() -> this.template.find(this.directory));
	}

	@Test
	void whatIsThereIsFound() throws IOException {
		this.template.writeValue(this.target, List.of(1, 2));
		Path link = Files.createSymbolicLink(this.directory.resolve("link.json"), this.target);
		for (Path file : List.of(this.target, link)) {
			assertThat(this.template.exists(file)).isTrue();
			assertThat(this.template.find(file)).hasValueSatisfying((bytes) -> assertThat(bytes).isNotEmpty());
			assertThat(this.template.findString(file)).contains(this.template.readString(file));
			assertThat(this.template.findValue(file, NUMBERS)).contains(List.of(1, 2));
			assertThat(this.template.readValue(file, NUMBERS, List.of())).containsExactly(1, 2);
			assertThat(this.template.findVersioned(file, NUMBERS))
				.contains(new Versioned<>(List.of(1, 2), this.template.version(file)));
		}
	}

	@Test
	void defaultIsForAMissingFileAndNotForADamagedOne() throws IOException {
		assertThat(this.template.readValue(this.missing, NUMBERS, List.of(7))).containsExactly(7);
		assertThat(this.template.readValue(this.missing, String.class, "none")).isEqualTo("none");
		Files.writeString(this.target, "[1");
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.readValue(this.target, NUMBERS, List.of(7)));
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.findValue(this.target, List.class));
	}

	@Test
	void openFileIsOneContentAndItsSize() throws IOException {
		byte[] old = new byte[100_000];
		this.template.write(this.target, old);
		try (OpenFile open = this.template.openRead(this.target)) {
			assertThat(open.input().read()).isZero();
			this.template.writeString(this.target, "new");
			assertThat(open.size()).isEqualTo(old.length);
			assertThat(open.path()).isEqualTo(this.target);
			assertThat(open.input().readAllBytes()).hasSize(old.length - 1);
		}
		try (OpenFile open = this.template.openRead(this.target); Reader text = open.reader(StandardCharsets.UTF_8)) {
			assertThat(open.size()).isEqualTo(3);
			assertThat(text.read()).isEqualTo('n');
		}
		Files.write(this.target, new byte[] { (byte) 0xff });
		try (OpenFile open = this.template.openRead(this.target)) {
			assertThatExceptionOfType(CharacterCodingException.class)
				.isThrownBy(() -> open.reader(StandardCharsets.UTF_8).read());
		}
	}

	@Test
	void sizeIsThatOfTheContentAlsoWhereTheFileIsReplacedWhileItIsOpened() throws Exception {
		byte[] small = new byte[1];
		byte[] large = new byte[10_000];
		this.template.write(this.target, small);
		Thread writer = new Thread(() -> {
			for (int i = 0; i < 200; i++) {
				this.template.write(this.target, (i % 2 == 0) ? large : small);
			}
		});
		writer.start();
		while (writer.isAlive()) {
			try (OpenFile open = this.template.openRead(this.target)) {
				assertThat(open.input().readAllBytes()).hasSize((int) open.size());
			}
		}
	}

	@Test
	void whereReadsVerifyNoDamagedByteIsStreamed() throws IOException {
		AtomicFileTemplate verifying = AtomicFileTemplate.builder().verifyOnRead(true).build();
		verifying.writeString(this.target, "good",
				(options) -> options.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)));
		try (OpenFile open = verifying.openRead(this.target)) {
			assertThat(open.size()).isEqualTo(4);
			assertThat(open.input().readAllBytes()).asString().isEqualTo("good");
		}
		Files.writeString(this.target, "evil");
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> verifying.openRead(this.target));
	}

	@ParameterizedTest
	@MethodSource("references")
	void typeReferencesOfTheSameTypeAreEqual(TypeReference<?> reference) {
		assertThat(reference).isEqualTo(TypeReference.of(String.class))
			.hasSameHashCodeAs(TypeReference.of(String.class))
			.hasToString("java.lang.String");
		assertThat(NUMBERS).isNotEqualTo(reference);
	}

	static Stream<TypeReference<?>> references() {
		return Stream.of(TypeReference.of(String.class), new TypeReference<String>() {
		});
	}

}

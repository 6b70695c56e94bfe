package io.atomicwrite.core;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.SidecarText;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checksums: written with the content, kept true, and believed only where they hold.
 */
class IntegrityTests {

	private static final WriteOptions SIDECAR = WriteOptions.engineDefaults()
		.toBuilder()
		.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256))
		.build();

	private static final WriteOptions ATTRIBUTE = WriteOptions.engineDefaults()
		.toBuilder()
		.checksum(ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256))
		.build();

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path directory;

	private Path target;

	private Path sidecar;

	@BeforeEach
	void names() throws Exception {
		this.target = this.directory.toRealPath().resolve("config.json");
		this.sidecar = this.target.resolveSibling("config.json.sha256");
	}

	@Test
	void sidecarIsWhatSha256sumChecks() {
		for (String content : List.of("one", "two", "")) {
			WriteResult result = this.template.writeString(this.target, content, SIDECAR);
			Shell.run("sh", "-c", "cd '" + this.directory + "' && sha256sum --strict -c config.json.sha256");
			assertThat(result.checksum().orElseThrow().hex()).isEqualTo(sha256(content));
			assertThat(this.template.verify(this.target).current().hex()).isEqualTo(sha256(content));
			assertThat(this.template.readVerified(this.target)).asString().isEqualTo(content);
		}
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("config.json", "config.json.sha256");
	}

	@Test
	void attributeIsWhatGetfattrShows() throws Exception {
		this.template.writeString(this.target, "old", ATTRIBUTE);
		this.template.writeString(this.target, "new", ATTRIBUTE);
		assertThat(Shell
			.run("python3", "-c", "import os,sys; print(os.getxattr(sys.argv[1], 'user.atomicwrite.sha256').decode())",
					this.target.toString())
			.strip()).isEqualTo(sha256("new"));
		assertThat(this.template.verify(this.target).location()).isEqualTo(this.target);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("config.json");
		Files.writeString(this.target, "damaged");
		assertThatExceptionOfType(ChecksumMismatchException.class)
			.isThrownBy(() -> this.template.readVerified(this.target));
	}

	@Test
	void attributeOfTheOldContentIsNotCarriedToTheNew() {
		this.template.writeString(this.target, "old", ATTRIBUTE);
		this.template.writeString(this.target, "new");
		assertThatExceptionOfType(ChecksumMissingException.class).isThrownBy(() -> this.template.verify(this.target))
			.withMessageContaining("config.json: has no checksum");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0400", "0444" })
	void attributeNeedsNoWritableMode(String mode) throws Exception {
		this.template.writeString(this.target, "x", ATTRIBUTE.toBuilder().mode(ModePolicy.parse(mode)).build());
		assertThat((int) Files.getAttribute(this.target, "unix:mode") & 07777).isEqualTo(Integer.parseInt(mode, 8));
		assertThat(this.template.verify(this.target)).isNotNull();
	}

	@ParameterizedTest
	@RequiresRoot
	@ValueSource(strings = { "0200", "0000" })
	void attributeNeedsNoReadableMode(String mode) throws Exception {
		attributeNeedsNoWritableMode(mode);
	}

	@Test
	void damageIsTold() throws Exception {
		this.template.writeString(this.target, "content", SIDECAR);
		Files.writeString(this.target, "Content");
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> this.template.verify(this.target))
			.withMessageContaining("config.json")
			.withMessageContaining(sha256("content"))
			.withMessageContaining(sha256("Content"))
			.withMessageContaining("restore a backup");
	}

	@Test
	void damagedContentDoesNotPassForTheOneBefore() throws Exception {
		this.template.writeString(this.target, "content", SIDECAR);
		Files.writeString(this.target, "damaged");
		this.template.writeString(this.target, "new", SIDECAR);
		assertThat(Files.readString(this.sidecar)).doesNotContain(sha256("damaged"));
		assertThat(Files.readString(this.sidecar)).doesNotContain("# previous");
	}

	@Test
	void contentBeforeIsTheOneThatIsThereAndNotTheOneThatWasSaid() throws Exception {
		this.template.writeString(this.target, "one", SIDECAR);
		// as after a crash between sidecar and file
		Files.writeString(this.sidecar, SidecarText.of("config.json", checksum("two"), checksum("one")));
		assertThat(this.template.verify(this.target).previous()).isEqualTo(checksum("one"));
		this.template.writeString(this.target, "three", SIDECAR);
		assertThat(Files.readString(this.sidecar)).contains(sha256("three"), "# previous " + sha256("one"))
			.doesNotContain(sha256("two"));
	}

	@Test
	void sidecarThatIsThereIsKeptTrueByWritesThatAskForNone() {
		this.template.writeString(this.target, "one", SIDECAR);
		this.template.writeString(this.target, "two");
		assertThat(this.template.verify(this.target).current()).isEqualTo(checksum("two"));
		this.template.append(this.target, "!".getBytes(StandardCharsets.UTF_8));
		assertThat(this.template.verify(this.target).current()).isEqualTo(checksum("two!"));
	}

	@Test
	void sidecarOfManyFilesIsLeftAlone() throws Exception {
		this.template.writeString(this.target, "one");
		String foreign = SidecarText.of("config.json", checksum("one"), null)
				+ SidecarText.of("other", checksum("x"), null);
		Files.writeString(this.sidecar, foreign);
		this.template.writeString(this.target, "two");
		assertThat(this.sidecar).hasContent(foreign.strip());
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "three", SIDECAR))
			.withMessageContaining("lines of other files");
		assertThat(this.target).hasContent("two");
	}

	@Test
	void sidecarsOfTwoAlgorithmsAreBothKeptTrue() {
		WriteOptions sha512 = WriteOptions.engineDefaults()
			.toBuilder()
			.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_512))
			.build();
		this.template.writeString(this.target, "one", SIDECAR);
		this.template.writeString(this.target, "two", sha512);
		Shell.run("sh", "-c", "cd '" + this.directory
				+ "' && sha256sum --strict -c config.json.sha256 && sha512sum --strict -c config.json.sha512");
	}

	@ParameterizedTest
	@EnumSource(names = { "RENAME", "SYNC_DIRECTORY", "SYNC", "CREATE" })
	void failureLeavesSidecarAndContentAsTheyWere(Op op) throws Exception {
		for (boolean exists : new boolean[] { false, true }) {
			for (int nth = 1; nth <= 3; nth++) {
				Path place = Files.createDirectory(this.directory.resolve(op + "" + exists + nth));
				Path file = place.resolve("f");
				if (exists) {
					this.template.writeString(file, "old", SIDECAR);
				}
				List<String> before = DirectoryContent.of(place);
				FaultyFileOps files = new FaultyFileOps(FileOps.system());
				files.fail((call) -> call.op() == op, nth, "Input/output error");
				AtomicFileTemplate faulty = AtomicFileTemplate.builder().files(files).build();
				try {
					faulty.writeString(file, "new", SIDECAR);
				}
				catch (WriteFailedException ex) {
					assertThat(DirectoryContent.of(place)).isEqualTo(before);
					if (exists) {
						assertThat(this.template.readVerified(file)).asString().isEqualTo("old");
					}
				}
				catch (io.atomicwrite.DurabilityUnknownException ex) {
					assertThat(this.template.readVerified(file)).asString().isEqualTo("new");
				}
			}
		}
	}

	@Test
	void sidecarGoesWhereItsFileGoes() throws Exception {
		this.template.writeString(this.target, "content", SIDECAR);
		Path moved = this.target.resolveSibling("moved.json");
		this.template.move(this.target, moved);
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("moved.json", "moved.json.sha256");
		Shell.run("sh", "-c", "cd '" + this.directory + "' && sha256sum --strict -c moved.json.sha256");
		this.template.delete(moved);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void moveDoesNotMakeDamageGood() throws Exception {
		this.template.writeString(this.target, "content", SIDECAR);
		Files.writeString(this.target, "damaged");
		Path moved = this.target.resolveSibling("moved.json");
		this.template.move(this.target, moved);
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> this.template.verify(moved));
	}

	@Test
	void linkIsVerifiedByTheSidecarOfItsFile() throws Exception {
		this.template.writeString(this.target, "content", SIDECAR);
		Path link = Files.createSymbolicLink(this.target.resolveSibling("link"), this.target);
		assertThat(this.template.readVerified(link)).asString().isEqualTo("content");
	}

	@Test
	void everyReadVerifiesIfItIsAskedTo() throws Exception {
		AtomicFileTemplate strict = AtomicFileTemplate.builder().defaults(SIDECAR).verifyOnRead(true).build();
		strict.writeValue(this.target, 1);
		assertThat(strict.readValue(this.target, Integer.class)).isEqualTo(1);
		assertThat(strict.update(this.target, Integer.class, (before) -> 3).value()).isEqualTo(3);
		Files.writeString(this.target, "4");
		assertThatExceptionOfType(ChecksumMismatchException.class)
			.isThrownBy(() -> strict.readValue(this.target, Integer.class));
		Files.delete(this.sidecar);
		assertThatExceptionOfType(ChecksumMissingException.class).isThrownBy(() -> strict.readString(this.target));
	}

	@Test
	void whatASidecarSaysCanBeAskedWithoutVerifying() throws Exception {
		assertThat(this.template.checksumInfo(Files.writeString(this.target, "x"))).isEmpty();
		this.template.writeString(this.target, "content", SIDECAR);
		ChecksumInfo info = this.template.checksumInfo(this.target).orElseThrow();
		assertThat(info.location()).isEqualTo(this.sidecar);
		assertThat(this.template.checksum(this.target, ChecksumAlgorithm.SHA_256)).isEqualTo(info.current());
	}

	@Test
	void attributeIsRefusedWhereThereAreNone() {
		AtomicFileTemplate elsewhere = AtomicFileTemplate.builder()
			.files(new PretendedMount(FileOps.system(), "exfat"))
			.build();
		assertThatExceptionOfType(CapabilityNotSupportedException.class)
			.isThrownBy(() -> elsewhere.writeString(this.target, "x", ATTRIBUTE))
			.satisfies((ex) -> assertThat(ex.capability()).isEqualTo(Capability.USER_ATTRIBUTES));
	}

	private static Checksum checksum(String content) {
		return Checksum.of(ChecksumAlgorithm.SHA_256, content.getBytes(StandardCharsets.UTF_8));
	}

	private static String sha256(String content) {
		return checksum(content).hex();
	}

}

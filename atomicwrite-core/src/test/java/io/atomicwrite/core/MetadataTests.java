package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.ShowsRow;
import io.atomicwrite.test.WriteFaults;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Mode, owner and attributes of the new file.
 */
class MetadataTests {

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() {
		this.target = this.directory.resolve("f");
	}

	@Test
	void newFileIsLikeAPlainCreate() throws Exception {
		Path plain = Files.writeString(this.directory.resolve("plain"), "x");
		this.template.writeString(this.target, "x");
		assertThat(mode(this.target)).isEqualTo(mode(plain));
	}

	@ParameterizedTest
	@CsvSource({ "000,0666", "022,0644", "027,0640", "077,0600", "011,0666", "007,0660" })
	void newFileIsLikeAPlainCreateUnderEveryUmask(String umask, String expected) throws Exception {
		Shell.run("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh", java(), "-cp",
				System.getProperty("java.class.path"), WriteOnce.class.getName(), this.target.toString(), "-");
		assertThat(mode(this.target)).isEqualTo(expected);
		assertThat(this.target).hasContent("x");
	}

	@ParameterizedTest
	@CsvSource({ "0777,077,0777", "0600,000,0600", "4755,027,4755", "0444,000,0444" })
	void explicitModeIsExactUnderEveryUmask(String mode, String umask, String expected) throws Exception {
		Shell.run("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh", java(), "-cp",
				System.getProperty("java.class.path"), WriteOnce.class.getName(), this.target.toString(), mode);
		assertThat(mode(this.target)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0600", "0640", "0777", "4755", "2755", "1644", "0444" })
	void existingFileKeepsAllBits(String mode) throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "unix:mode", Integer.parseInt(mode, 8));
		WriteResult result = this.template.writeString(this.target, "new");
		assertThat(mode(this.target)).isEqualTo(mode);
		assertThat(result.metadata().complete()).isTrue();
	}

	@Test
	@RequiresRoot
	void existingFileThatNobodyMayReadKeepsAllBits() throws Exception {
		existingFileKeepsAllBits("0000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0600", "0640", "0444", "0777", "0000" })
	void stagingFileIsNeverWiderThanTheFinalOne(String mode) throws Exception {
		new WriteFaults(this.directory, UnaryOperator.identity())
			.stagingFileIsNeverWiderThanTheFinalOne(Integer.parseInt(mode, 8));
	}

	@Test
	@RequiresRoot
	void ownerIsKeptOnRequestWithItsSetuidBit() throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "unix:uid", 4711);
		Files.setAttribute(this.target, "unix:gid", 4712);
		Files.setAttribute(this.target, "unix:mode", 06755);
		this.template.writeString(this.target, "new",
				WriteOptions.engineDefaults().toBuilder().owner(MetadataPolicy.REQUIRE).build());
		assertThat(Files.getAttribute(this.target, "unix:uid")).isEqualTo(4711);
		assertThat(Files.getAttribute(this.target, "unix:gid")).isEqualTo(4712);
		assertThat(mode(this.target)).isEqualTo("6755");
	}

	@Test
	@RequiresRoot
	void setuidBitOfAnotherOwnerIsDroppedAndReported() throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "unix:uid", 4711);
		Files.setAttribute(this.target, "unix:mode", 04755);
		WriteResult result = this.template.writeString(this.target, "new",
				WriteOptions.engineDefaults().toBuilder().owner(MetadataPolicy.IGNORE).build());
		assertThat(Files.getAttribute(this.target, "unix:uid")).isEqualTo(0);
		assertThat(mode(this.target)).isEqualTo("0755");
		assertThat(result.metadata().notCarried()).containsOnlyKeys(Kind.MODE);
	}

	@Test
	@RequiresRoot
	void ownerThatCanNotBeKeptIsReportedOrRefused() throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "unix:uid", 4711);
		FaultyFileOps files = new FaultyFileOps(FileOps.system()).persistently();
		files.fail((call) -> call.op() == Op.SET_OWNER, 1, "Operation not permitted");
		AtomicFileTemplate unprivileged = AtomicFileTemplate.builder().files(files).build();
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> unprivileged.writeString(this.target, "new",
					WriteOptions.engineDefaults().toBuilder().owner(MetadataPolicy.REQUIRE).build()))
			.withMessageContaining("Operation not permitted");
		assertThat(this.target).hasContent("old");
		WriteResult result = unprivileged.writeString(this.target, "new",
				WriteOptions.engineDefaults().toBuilder().owner(MetadataPolicy.TRY).build());
		assertThat(result.metadata().notCarried()).containsOnlyKeys(Kind.OWNER);
		assertThat(this.target).hasContent("new");
	}

	@Test
	@ShowsRow("user attributes")
	void userAttributesAreKept() throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "user:colour", "green".getBytes());
		Files.setAttribute(this.target, "user:empty", new byte[0]);
		this.template.writeString(this.target, "new");
		assertThat((byte[]) Files.getAttribute(this.target, "user:colour")).asString().isEqualTo("green");
		assertThat((byte[]) Files.getAttribute(this.target, "user:empty")).isEmpty();
		this.template.writeString(this.target, "newer",
				WriteOptions.engineDefaults().toBuilder().attributes(MetadataPolicy.IGNORE).build());
		assertThat(FileOps.system().userAttributes(this.target)).isEmpty();
	}

	@Test
	void userAttributesAreKeptByEachWriteAfterTheFirst() throws Exception {
		Files.writeString(this.target, "old");
		this.template.writeString(this.target, "without");
		this.template.writeString(this.target, "without as well");
		// at once, within the tick of the write
		Files.setAttribute(this.target, "user:colour", "green".getBytes());
		for (String content : List.of("first", "second", "third")) {
			this.template.writeString(this.target, content);
			assertThat((byte[]) Files.getAttribute(this.target, "user:colour")).as(content)
				.asString()
				.isEqualTo("green");
		}
	}

	@Test
	void attributeThatCanNotBeKeptIsReportedOrRefused() throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "user:colour", "green".getBytes());
		FaultyFileOps files = new FaultyFileOps(FileOps.system()).persistently();
		files.fail((call) -> call.op() == Op.SET_ATTRIBUTE, 1, new IOException("No space left on device"));
		AtomicFileTemplate full = AtomicFileTemplate.builder().files(files).build();
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> full.writeString(this.target, "new",
				WriteOptions.engineDefaults().toBuilder().attributes(MetadataPolicy.REQUIRE).build()));
		assertThat(this.target).hasContent("old");
		WriteResult result = full.writeString(this.target, "new");
		assertThat(result.metadata().notCarried().get(Kind.USER_ATTRIBUTES)).contains("user.colour");
	}

	@Test
	void otherNamesKeepTheOldContentAndThatIsReported() throws Exception {
		Files.writeString(this.target, "old");
		Path other = Files.createLink(this.directory.resolve("other"), this.target);
		WriteResult result = this.template.writeString(this.target, "new");
		assertThat(other).hasContent("old");
		assertThat(result.metadata().notCarried()).containsOnlyKeys(Kind.HARD_LINKS);
	}

	@Test
	void whatIsNotLookedForIsSaidToBeUnexamined() throws Exception {
		WriteOptions quick = WriteOptions.engineDefaults().toBuilder().reportLosses(false).build();
		assertThat(this.template.writeString(this.target, "new", quick).metadata().notExamined()).isEmpty();
		MetadataReport report = this.template.writeString(this.target, "newer", quick).metadata();
		assertThat(report.notExamined()).containsExactlyInAnyOrder(Kind.SECURITY_LABEL, Kind.CAPABILITIES,
				Kind.INODE_FLAGS, Kind.SPARSE_REGIONS);
		assertThat(report.complete()).isFalse();
		Files.setAttribute(this.target, "unix:mode", 0600);
		assertThat(this.template.writeString(this.target, "newest", quick).metadata().notExamined()).contains(Kind.ACL);
	}

	@Test
	void whereNothingCanLookThatIsReportedOrRefused() throws Exception {
		FileOps blind = new ForwardingFileOps(FileOps.system()) {

			@Override
			public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) {
				return FileTraits.unknown(wanted);
			}

		};
		Files.writeString(this.target, "old");
		AtomicFileTemplate unseeing = AtomicFileTemplate.builder().files(blind).build();
		MetadataReport report = unseeing.writeString(this.target, "new").metadata();
		assertThat(report.notExamined()).contains(Kind.ACL, Kind.INODE_FLAGS);
		assertThat(report.complete()).isFalse();
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> unseeing.writeString(this.target,
				"newer", WriteOptions.engineDefaults().toBuilder().attributes(MetadataPolicy.REQUIRE).build()));
		assertThat(this.target).hasContent("new");
	}

	@Test
	@ShowsRow("times")
	void oldModificationTimeIsNeverKept() throws Exception {
		Files.writeString(this.target, "old");
		Files.setLastModifiedTime(this.target, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
		this.template.writeString(this.target, "new");
		assertThat(Files.getLastModifiedTime(this.target).toInstant()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
	}

	@Test
	void modeThatTheFilesystemDoesNotKeepIsReportedOrRefused() throws Exception {
		Files.writeString(this.target, "old");
		FileOps vfat = new io.atomicwrite.test.PretendedMount(FileOps.system(), "exfat");
		AtomicFileTemplate onVfat = AtomicFileTemplate.builder().files(vfat).build();
		assertThat(onVfat.writeString(this.target, "new").metadata().notCarried()).containsOnlyKeys(Kind.MODE);
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> onVfat.writeString(this.target, "newer",
					WriteOptions.engineDefaults().toBuilder().mode(ModePolicy.exactly(0600)).build()))
			.withMessageContaining("0600");
		assertThat(this.target).hasContent("new");
	}

	@ParameterizedTest
	@CsvSource({ "preserve,preserve", "umask,umask", "0640,0640", "640,0640", "4755,4755" })
	void modePolicyIsParsed(String text, String expected) {
		assertThat(ModePolicy.parse(text)).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "keep", "0999", "77777", "-1", "u+x" })
	void wrongModePolicyIsRefused(String text) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ModePolicy.parse(text))
			.withMessageContaining("octal mode such as 0640");
	}

	private static String java() {
		return ProcessHandle.current().info().command().orElse("java");
	}

	private static String mode(Path file) throws IOException {
		return String.format(Locale.ROOT, "%04o", (Integer) Files.getAttribute(file, "unix:mode") & 07777);
	}

	/**
	 * Writes once, in a process of its own, as the umask belongs to the process.
	 */
	static final class WriteOnce {

		private WriteOnce() {
		}

		public static void main(String[] args) {
			WriteOptions.Builder options = WriteOptions.engineDefaults().toBuilder();
			if (!args[1].equals("-")) {
				options.mode(ModePolicy.parse(args[1]));
			}
			AtomicFileTemplate.create().writeString(Path.of(args[0]), "x", options.build());
		}

	}

}

package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.MetadataReport.Kind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.ShowsRow;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rights stay with those to whom they were given: real access lists, owners and groups,
 * and real users who try to read.
 */
@RequiresRoot
@RequiresCommand({ "setfacl", "setpriv", "setcap", "chattr", "setfattr" })
class RightsTests {

	private static final int U1 = 54711;

	private static final int U2 = 54712;

	private static final int STAFF = 54720;

	private static final int SHARED = 54721;

	private final AtomicFileTemplate template = AtomicFileTemplate.create();

	/** Where other users may search; the temporary directory of a test is private. */
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path target;

	@BeforeEach
	void create() throws Exception {
		this.directory = Files.createTempDirectory(Path.of("/tmp").toRealPath(), "rights");
		Files.setAttribute(this.directory, "unix:mode", 0777);
		this.target = file("f", 0, 0, 0600);
	}

	@AfterEach
	void delete() {
		Shell.run("chattr", "-R", "-f", "-ia", this.directory.toString());
		Shell.run("rm", "-rf", this.directory.toString());
	}

	private Path file(String name, int uid, int gid, int mode) throws IOException {
		Path file = Files.writeString(this.directory.resolve(name), "old");
		Shell.run("chown", uid + ":" + gid, file.toString());
		Shell.run("chmod", Integer.toOctalString(mode), file.toString());
		return file;
	}

	// what is kept

	@ParameterizedTest
	@ValueSource(ints = { 0600, 0640, 0644, 0604, 0755 })
	@ShowsRow("access control list")
	void anAccessListIsKept(int mode) throws Exception {
		Shell.run("chmod", Integer.toOctalString(mode), this.target.toString());
		Shell.run("setfacl", "-m", "u:" + U1 + ":rw,u:" + U2 + ":---,g:" + SHARED + ":r", this.target.toString());
		String before = list(this.target);
		for (int i = 0; i < 3; i++) {
			WriteResult result = this.template.writeString(this.target, "new" + i);
			assertThat(list(this.target)).isEqualTo(before);
			assertThat(result.metadata().notCarried()).isEmpty();
			assertThat(result.metadata().complete()).isTrue();
		}
		assertThat(reads(U1, STAFF, this.target)).isTrue();
		assertThat(reads(U2, STAFF, this.target)).isFalse();
		assertThat(this.target).hasContent("new2");
	}

	/** In a container that may give files away, and may not change those of others. */
	@Test
	void bitsThatCanNoLongerBeGivenAreDropped() throws Exception {
		Path given = file("given", U1, SHARED, 0640);
		assertThat(writeWithoutFowner(given, "")).isEqualTo("[]");
		assertThat(given).hasContent("new");
		assertThat(owner(given)).isEqualTo(U1 + ":" + SHARED + " 0600");
		Path required = file("required", U1, SHARED, 0640);
		assertThat(writeWithoutFowner(required, "owner")).startsWith("refused ");
		assertThat(required).hasContent("old");
		assertThat(owner(required)).isEqualTo(U1 + ":" + SHARED + " 0640");
		assertThat(names()).noneMatch((name) -> name.endsWith(".tmp"));
	}

	private static String writeWithoutFowner(Path file, String require) throws IOException {
		List<String> command = List.of("setpriv", "--bounding-set=-fowner", "--inh-caps=-fowner");
		try (ForkedJvm peer = ForkedJvm.start(command, ForkedJvm.classPath(), RightsPeer.class, file.toString(),
				require)) {
			return peer.answer();
		}
	}

	/** Group bits that mean others, or a mask, are not for the group of the copy. */
	@Test
	void aCopyInAVersionMayBeReadByNobodyWhoMayNotReadItsSource() throws Exception {
		Path own = file("own", 0, 0, 0640);
		Path shared = file("shared", 0, SHARED, 0640);
		Path listed = file("listed", 0, 0, 0600);
		Shell.run("setfacl", "-m", "u:" + U1 + ":r", listed.toString());
		Path outer = Files.createDirectory(this.directory.resolve("outer"));
		Path tree = Files.createDirectory(outer.resolve("tree"));
		Files.writeString(tree.resolve("inner"), "old");
		Shell.run("chgrp", "-R", String.valueOf(SHARED), tree.toString());
		Shell.run("chmod", "750", tree.toString());
		Path version = this.template.publication(this.directory, "dataset").publish((out) -> {
			out.copy("own", own);
			out.copy("shared", shared);
			out.copy("listed", listed);
			out.tree(outer);
		}, PublishOptions.defaults().withPointer(PointerKind.FILE)).path();
		assertThat(mode(version.resolve("own"))).isEqualTo(0640);
		assertThat(mode(version.resolve("shared"))).isEqualTo(0600);
		assertThat(mode(version.resolve("listed"))).isEqualTo(0600);
		assertThat(mode(version.resolve("tree"))).isEqualTo(0700);
		assertThat(reads(U2, 0, version.resolve("own"))).isTrue();
		assertThat(reads(U2, 0, version.resolve("shared"))).isFalse();
		assertThat(reads(U2, 0, version.resolve("listed"))).isFalse();
		assertThat(reads(U2, 0, version.resolve("tree/inner"))).isFalse();
	}

	@Test
	void anAccessListThatIsGivenBetweenTwoWritesIsKept() throws Exception {
		Shell.run("chmod", "644", this.target.toString());
		for (int i = 0; i < 5; i++) {
			this.template.writeString(this.target, "a" + i);
			Shell.run("setfacl", "-m", "u:" + U1 + ":---", this.target.toString());
			this.template.writeString(this.target, "b" + i);
			assertThat(list(this.target)).contains("user:" + U1 + ":---");
			assertThat(reads(U1, STAFF, this.target)).isFalse();
			Shell.run("setfacl", "-b", this.target.toString());
			this.template.writeString(this.target, "c" + i);
			assertThat(reads(U1, STAFF, this.target)).isTrue();
		}
	}

	@Test
	void anAppendKeepsTheAccessList() throws Exception {
		Shell.run("setfacl", "-m", "u:" + U1 + ":r", this.target.toString());
		String before = list(this.target);
		this.template.append(this.target, "x".getBytes());
		assertThat(list(this.target)).isEqualTo(before);
		assertThat(this.target).hasContent("oldx");
	}

	@Test
	@ShowsRow("owner")
	void rootKeepsOwnerAndGroupByDefault() throws Exception {
		Shell.run("chown", U1 + ":" + SHARED, this.target.toString());
		WriteResult result = this.template.writeString(this.target, "new");
		assertThat(owner(this.target)).isEqualTo(U1 + ":" + SHARED + " 0600");
		assertThat(result.metadata().complete()).isTrue();
		assertThat(reads(U1, STAFF, this.target)).isTrue();
	}

	@Test
	void aUserWithoutPrivilegesKeepsAGroupOfWhichItIsAMember() throws Exception {
		Path shared = file("shared", U1, SHARED, 0660);
		assertThat(write(shared, U1, STAFF, SHARED)).isEqualTo("[]");
		assertThat(owner(shared)).isEqualTo(U1 + ":" + SHARED + " 0660");
		// of another owner
		assertThat(write(shared, U2, STAFF, SHARED)).isEqualTo("[OWNER]");
		assertThat(owner(shared)).isEqualTo(U2 + ":" + SHARED + " 0660");
	}

	@Test
	@ShowsRow({ "mode", "group" })
	void whereTheGroupIsLostItsBitsGoToNobody() throws Exception {
		Map<String, String> expected = Map.of("660", "0600", "640", "0600", "664", "0644", "644", "0644", "646", "0644",
				"604", "0600", "4755", "4755", "2755", "0755");
		List<Path> files = new ArrayList<>();
		for (String mode : expected.keySet()) {
			files.add(file("m" + mode, U1, SHARED, Integer.parseInt(mode, 8)));
		}
		String names = String.join(":", files.stream().map(Path::toString).toList());
		assertThat(write(Path.of(names), U1, STAFF, STAFF)).contains("GROUP");
		expected.forEach((mode, becomes) -> assertThat(owner(this.directory.resolve("m" + mode))).as(mode)
			.isEqualTo(U1 + ":" + STAFF + " " + becomes));
	}

	@Test
	void whatIsRequiredIsRefusedBeforeTheCommit() throws Exception {
		Path shared = file("shared", U1, SHARED, 0660);
		assertThat(write(shared, U1, STAFF, STAFF, "owner")).startsWith("refused");
		assertThat(shared).hasContent("old");
		assertThat(owner(shared)).isEqualTo(U1 + ":" + SHARED + " 0660");
		Shell.run("setfacl", "-m", "u:" + U2 + ":rw", shared.toString());
		assertThat(write(shared, U1, STAFF, STAFF, "attributes")).startsWith("refused");
		assertThat(shared).hasContent("old");
		assertThat(names()).containsExactlyInAnyOrder("f", "shared");
	}

	// what is lost takes its bits along

	@Test
	void whereTheAccessListIsLostNobodyElseMayAccessTheFile() throws Exception {
		Shell.run("setfacl", "-m", "u:" + U1 + ":rw", this.target.toString());
		FaultyFileOps files = new FaultyFileOps(FileOps.system()).persistently();
		files.fail((call) -> call.op() == Op.CARRY, 1, "Operation not supported");
		AtomicFileTemplate without = AtomicFileTemplate.builder().files(files).build();
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> without.writeString(this.target, "new",
				WriteOptions.engineDefaults().with((o) -> o.attributes(MetadataPolicy.REQUIRE))));
		assertThat(this.target).hasContent("old");
		WriteResult result = without.writeString(this.target, "new");
		assertThat(owner(this.target)).isEqualTo("0:0 0600");
		assertThat(result.metadata().notCarried()).containsOnlyKeys(Kind.ACL, Kind.MODE);
		assertThat(reads(U1, STAFF, this.target)).isFalse();
	}

	@Test
	void anAccessListThatIsNotToBeCarriedOpensNothing() throws Exception {
		Shell.run("chown", "0:" + SHARED, this.target.toString());
		Shell.run("setfacl", "-m", "u:" + U1 + ":rw", this.target.toString());
		assertThat(owner(this.target)).endsWith("0660");
		this.template.writeString(this.target, "new",
				WriteOptions.engineDefaults().with((o) -> o.attributes(MetadataPolicy.IGNORE)));
		assertThat(owner(this.target)).isEqualTo("0:" + SHARED + " 0600");
		assertThat(reads(U2, SHARED, this.target)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "preserve", "0640", "0644" })
	void theListOfTheDirectoryOpensNoFileThatHasNone(String mode) throws Exception {
		Path file = file("shared", 0, 0, 0640);
		this.template.writeString(file, "before");
		Shell.run("setfacl", "-d", "-m", "u:" + U1 + ":rw", this.directory.toString());
		ModePolicy policy = ModePolicy.parse(mode);
		WriteResult result = this.template.writeString(file, "new",
				WriteOptions.engineDefaults().with((o) -> o.mode(policy)));
		assertThat(list(file)).doesNotContain("user:" + U1);
		assertThat(owner(file)).isEqualTo("0:0 " + (mode.equals("preserve") ? "0640" : mode));
		assertThat(file).hasContent("new");
		assertThat(result.metadata().notCarried()).isEmpty();
		if (!mode.equals("preserve")) {
			Path fresh = this.directory.resolve("fresh");
			this.template.writeString(fresh, "new", WriteOptions.engineDefaults().with((o) -> o.mode(policy)));
			assertThat(list(fresh)).doesNotContain("user:" + U1);
		}
	}

	@Test
	void whereTheListOfTheDirectoryStaysTheGroupBitsGo() throws Exception {
		Path file = file("shared", 0, SHARED, 0644);
		Shell.run("setfacl", "-d", "-m", "u:" + U1 + ":rwx", this.directory.toString());
		FaultyFileOps files = new FaultyFileOps(FileOps.system()).persistently();
		files.fail((call) -> call.op() == Op.DROP_ACCESS_LIST, 1, "Operation not supported");
		WriteResult result = AtomicFileTemplate.builder().files(files).build().writeString(file, "new");
		assertThat(owner(file)).isEqualTo("0:" + SHARED + " 0604");
		assertThat(result.metadata().notCarried()).containsOnlyKeys(Kind.MODE);
	}

	@Test
	void aNewFileInheritsAsAPlainCreateDoes() throws Exception {
		Shell.run("setfacl", "-d", "-m", "u:" + U1 + ":rw", this.directory.toString());
		Path plain = Files.writeString(this.directory.resolve("plain"), "x");
		Path ours = this.directory.resolve("ours");
		this.template.writeString(ours, "x");
		assertThat(list(ours)).isEqualTo(list(plain));
	}

	// what is made beside it

	@Test
	void aBackupHasTheRightsOfItsFile() throws Exception {
		Path file = file("shared", U1, SHARED, 0640);
		Shell.run("setfacl", "-m", "u:" + U2 + ":r", file.toString());
		String before = list(file);
		Path elsewhere = Files.createDirectory(Path.of("/dev/shm").resolve(this.directory.getFileName()));
		try {
			WriteResult result = this.template.writeString(file, "new", WriteOptions.engineDefaults()
				.with((o) -> o.backup(BackupPolicy.single().with((b) -> b.directory(elsewhere)))));
			assertThat(list(result.backup().orElseThrow())).isEqualTo(before);
			// a user who may not give files away
			Path mine = file("mine", U2, SHARED, 0660);
			Shell.run("chmod", "777", elsewhere.toString());
			write(mine, U2, STAFF, STAFF, "backup=" + elsewhere);
			assertThat(owner(elsewhere.resolve("mine.backup"))).isEqualTo(U2 + ":" + STAFF + " 0600");
			Shell.run("setfacl", "-d", "-m", "u:" + U1 + ":rw", elsewhere.toString());
			this.template.writeString(file, "newer", WriteOptions.engineDefaults()
				.with((o) -> o.backup(BackupPolicy.single().with((b) -> b.directory(elsewhere).mode(0640)))));
			assertThat(list(elsewhere.resolve("shared.backup"))).doesNotContain("user:" + U1);
		}
		finally {
			Shell.run("rm", "-rf", elsewhere.toString());
		}
	}

	@Test
	void aSidecarIsForThoseWhoMayReadTheFile() throws Exception {
		Path file = file("shared", U1, SHARED, 0660);
		WriteOptions options = WriteOptions.engineDefaults()
			.with((o) -> o.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)));
		this.template.writeString(file, "new", options);
		Path sidecar = this.directory.resolve("shared.sha256");
		assertThat(owner(sidecar)).isEqualTo(U1 + ":" + SHARED + " 0660");
		Shell.run("setfacl", "-m", "u:" + U2 + ":rw,g::---", file.toString());
		this.template.writeString(file, "newer", options);
		assertThat(list(sidecar)).isEqualTo(list(file));
		Shell.run("setfacl", "-b", file.toString());
		Shell.run("chmod", "660", file.toString());
		Shell.run("setfacl", "-d", "-m", "u:" + U2 + ":rw", this.directory.toString());
		this.template.writeString(file, "newest", options);
		assertThat(list(sidecar)).doesNotContain("user:" + U2);
	}

	@Test
	void aRestoreHasTheRightsOfTheBackup() throws Exception {
		Path file = file("shared", U1, SHARED, 0600);
		Shell.run("setfacl", "-m", "u:" + U2 + ":rw", file.toString());
		String before = list(file);
		WriteOptions options = WriteOptions.engineDefaults().with((o) -> o.backup(BackupPolicy.single()));
		this.template.writeString(file, "new", options);
		Shell.run("setfacl", "-b", file.toString());
		Backup backup = this.template.generations(file, options).get(0);
		this.template.restore(file, backup, options);
		assertThat(file).hasContent("old");
		assertThat(list(file)).isEqualTo(before);
		Files.delete(file);
		this.template.restore(file, backup, options);
		assertThat(list(file)).isEqualTo(before);
	}

	// what is lost is reported

	@Test
	@ShowsRow("capabilities")
	void capabilitiesStayWithTheOwner() throws Exception {
		Shell.run("setcap", "cap_net_raw+ep", this.target.toString());
		WriteResult kept = this.template.writeString(this.target, "new");
		assertThat(Shell.run("getcap", this.target.toString())).contains("cap_net_raw=ep");
		assertThat(kept.metadata().complete()).isTrue();
		Shell.run("chown", U1 + ":0", this.target.toString());
		Shell.run("setcap", "cap_net_raw+ep", this.target.toString());
		WriteResult lost = this.template.writeString(this.target, "new",
				WriteOptions.engineDefaults().with((o) -> o.owner(MetadataPolicy.IGNORE)));
		assertThat(Shell.run("getcap", this.target.toString())).isEmpty();
		assertThat(lost.metadata().notCarried()).containsKey(Kind.CAPABILITIES);
	}

	@Test
	@ShowsRow("security label")
	void aLabelIsKept() throws Exception {
		Shell.run("setfattr", "-n", "security.selinux", "-v", "system_u:object_r:etc_t:s0", this.target.toString());
		WriteResult result = this.template.writeString(this.target, "new");
		assertThat(Shell.run("getfattr", "--absolute-names", "-n", "security.selinux", this.target.toString()))
			.contains("system_u:object_r:etc_t:s0");
		assertThat(result.metadata().complete()).isTrue();
		FaultyFileOps files = new FaultyFileOps(FileOps.system()).persistently();
		files.fail((call) -> call.op() == Op.CARRY, 1, "Operation not permitted");
		MetadataReport report = AtomicFileTemplate.builder()
			.files(files)
			.build()
			.writeString(this.target, "newer")
			.metadata();
		assertThat(report.notCarried()).containsOnlyKeys(Kind.SECURITY_LABEL);
	}

	@Test
	@ShowsRow("inode flags")
	void inodeFlagsAreLostAndReported() throws Exception {
		Shell.run("chattr", "+dA", this.target.toString());
		WriteResult result = this.template.writeString(this.target, "new");
		assertThat(result.metadata().notCarried()).containsOnlyKeys(Kind.INODE_FLAGS);
		assertThat(result.metadata().complete()).isFalse();
		assertThat(this.template.writeString(this.target, "newer").metadata().complete()).isTrue();
	}

	@Test
	@ShowsRow("sparse regions")
	void sparseRegionsAreLostAndReported() throws Exception {
		Shell.run("truncate", "-s", "1M", this.target.toString());
		assertThat(this.template.writeString(this.target, "new").metadata().notCarried())
			.containsOnlyKeys(Kind.SPARSE_REGIONS);
	}

	@Test
	@ShowsRow("hard links")
	void hardLinksAreLostAndReported() throws Exception {
		Files.createLink(this.directory.resolve("second"), this.target);
		assertThat(this.template.writeString(this.target, "new").metadata().notCarried())
			.containsOnlyKeys(Kind.HARD_LINKS);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> names = Files.list(this.directory)) {
			return names.map((path) -> path.getFileName().toString()).toList();
		}
	}

	private static String list(Path file) {
		return Shell.run("getfacl", "-p", "-n", "-c", file.toString()) + owner(file);
	}

	private static String owner(Path file) {
		try {
			Map<String, Object> values = Files.readAttributes(file, "unix:uid,gid,mode");
			return values.get("uid") + ":" + values.get("gid") + " "
					+ String.format(Locale.ROOT, "%04o", (Integer) values.get("mode") & 07777);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/** Whether a user may read, by trying. */
	private static boolean reads(int uid, int gid, Path file) throws Exception {
		return new ProcessBuilder("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "cat",
				file.toString())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor() == 0;
	}

	/** Writes as another user, whose only other group is given; returns what was lost. */
	private String write(Path file, int uid, int gid, int group, String... require) throws IOException {
		List<String> command = new ArrayList<>(
				List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--groups=" + group));
		List<String> args = new ArrayList<>(List.of(file.toString()));
		args.addAll(List.of(require));
		try (ForkedJvm peer = ForkedJvm.start(command, ForkedJvm.classPath(), RightsPeer.class,
				args.toArray(new String[0]))) {
			return peer.answer();
		}
	}

	/** Writes once. */
	static final class RightsPeer {

		private RightsPeer() {
		}

		public static void main(String[] args) {
			WriteOptions.Builder options = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none());
			String what = (args.length > 1) ? args[1] : "";
			if (what.equals("owner")) {
				options.owner(MetadataPolicy.REQUIRE);
			}
			else if (what.equals("attributes")) {
				options.attributes(MetadataPolicy.REQUIRE);
			}
			else if (what.startsWith("backup=")) {
				options.backup(BackupPolicy.single().with((b) -> b.directory(Path.of(what.substring(7)))));
			}
			try {
				AtomicFileTemplate template = AtomicFileTemplate.create();
				MetadataReport report = MetadataReport.NEW_FILE;
				for (String file : args[0].split(":")) {
					report = template.writeString(Path.of(file), "new", options.build()).metadata();
				}
				System.out
					.println("> " + report.notCarried().keySet().stream().filter((kind) -> kind != Kind.MODE).toList());
			}
			catch (WriteFailedException ex) {
				System.out.println("> refused " + ex.getMessage());
			}
		}

	}

	private static int mode(Path file) throws IOException {
		return (int) Files.getAttribute(file, "unix:mode") & 07777;
	}

}

package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the operations of this machine show of a file is what the programs show: with
 * native calls two ways to see are compared here.
 */
@RequiresRoot
@RequiresCommand({ "setfacl", "getfacl", "setfattr", "setcap", "chattr" })
class TraitLooksTests {

	private static final Set<FileTrait> ALL = EnumSet.allOf(FileTrait.class);

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void createFile() throws IOException {
		this.file = Files.writeString(this.directory.resolve("f"), "content");
	}

	private static FileTraits look(FileOps files, Path path) throws IOException {
		FileStat stat = Objects.requireNonNull(files.stat(path));
		return files.traits(path, stat, files.mount(path), ALL);
	}

	private void assertSame(Path path, FileTrait trait) throws IOException {
		FileTraits programs = look(FileOps.jdk(), path);
		assertThat(programs.unknown()).isEmpty();
		assertThat(programs.present()).containsKey(trait);
		FileTraits found = look(FileOps.system(), path);
		assertThat(found.present()).isEqualTo(programs.present());
		assertThat(found.unknown()).isEmpty();
	}

	@Test
	void aPlainFileHasNone() throws IOException {
		assertThat(look(FileOps.jdk(), this.file)).isEqualTo(FileTraits.NONE);
		assertThat(look(FileOps.system(), this.file)).isEqualTo(FileTraits.NONE);
		assertThat(look(FileOps.system(), this.directory)).isEqualTo(FileTraits.NONE);
	}

	@Test
	void accessLists() throws Exception {
		Shell.run("setfacl", "-m", "u:1234:rw", this.file.toString());
		assertSame(this.file, FileTrait.ACCESS_LIST);
		Path listed = Files.createDirectory(this.directory.resolve("listed"));
		Shell.run("setfacl", "-m", "u:1234:rwx", listed.toString());
		assertSame(listed, FileTrait.ACCESS_LIST);
		Path inherited = Files.createDirectory(this.directory.resolve("inherited"));
		Shell.run("setfacl", "-d", "-m", "u:1234:rwx", inherited.toString());
		assertSame(inherited, FileTrait.ACCESS_LIST);
	}

	@Test
	void labels() throws Exception {
		Shell.run("setfattr", "-n", "security.selinux", "-v", "system_u:object_r:etc_t:s0", this.file.toString());
		assertSame(this.file, FileTrait.LABEL);
	}

	@Test
	void capabilities() throws Exception {
		for (String text : Set.of("cap_net_bind_service=ep", "cap_net_raw,cap_sys_time=p", "cap_chown=eip",
				"cap_kill=i", "cap_checkpoint_restore=ep")) {
			Shell.run("setcap", text, this.file.toString());
			assertSame(this.file, FileTrait.CAPABILITIES);
		}
	}

	@Test
	void flags() throws Exception {
		for (String flags : Set.of("+A", "+d", "+S", "+Ad", "+SAd")) {
			Shell.run("chattr", flags, this.file.toString());
			assertSame(this.file, FileTrait.FLAGS);
		}
	}

	@Test
	void holes() throws Exception {
		Shell.run("truncate", "-s", "1M", this.file.toString());
		assertSame(this.file, FileTrait.HOLES);
	}

	@Test
	void aListIsCarriedAsTheProgramCarriesIt() throws Exception {
		Shell.run("setfacl", "-m", "u:1234:rw,g:77:r,m:rw", this.file.toString());
		Path byProgram = Files.writeString(this.directory.resolve("program"), "new");
		Path here = Files.writeString(this.directory.resolve("here"), "new");
		FileOps.jdk().carry(FileTrait.ACCESS_LIST, this.file, byProgram);
		FileOps.system().carry(FileTrait.ACCESS_LIST, this.file, here);
		assertThat(list(here)).isEqualTo(list(byProgram)).contains("user:1234:rw-", "group:77:r--", "mask::rw-");
		assertThat(here).hasContent("new");
	}

	private static String list(Path path) throws Exception {
		return Shell.run("getfacl", "-cn", path.toString());
	}

	@Test
	void aListThatWasInheritedIsTakenAway() throws Exception {
		Path inherited = Files.createDirectory(this.directory.resolve("inherited"));
		Shell.run("setfacl", "-d", "-m", "u:1234:rwx", inherited.toString());
		Path created = Files.writeString(inherited.resolve("f"), "new");
		assertThat(list(created)).contains("user:1234");
		FileOps.system().dropAccessList(created);
		assertThat(list(created)).doesNotContain("user:1234");
		assertThat(Objects.requireNonNull(FileOps.system().stat(created)).mode()).isEqualTo(0400);
		assertThat(created).hasContent("new");
	}

	@Test
	void capabilitiesAreCarried() throws Exception {
		Shell.run("setcap", "cap_net_raw=ep", this.file.toString());
		Path other = Files.writeString(this.directory.resolve("other"), "new");
		FileOps.system().carry(FileTrait.CAPABILITIES, this.file, other);
		assertThat(look(FileOps.jdk(), other).present()).containsEntry(FileTrait.CAPABILITIES, "cap_net_raw=ep");
	}

}

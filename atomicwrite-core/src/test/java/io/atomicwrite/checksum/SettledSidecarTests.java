package io.atomicwrite.checksum;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

import io.atomicwrite.artifact.Tools;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sidecar that a recovery settles is for those who could read it before.
 */
@RequiresRoot
@RequiresCommand("setfacl")
class SettledSidecarTests {

	private static final int UID = 54711;

	private static final int GID = 54721;

	@TempDir
	private Path temporary;

	private Path sidecar = Path.of("");

	@BeforeEach
	void interrupt() throws Exception {
		Path file = Files.writeString(this.temporary.resolve("f"), "old");
		Checksum old = Checksum.of(ChecksumAlgorithm.SHA_256, Files.newInputStream(file));
		Checksum next = Checksum.of(ChecksumAlgorithm.SHA_256, Files.newInputStream(Path.of("/dev/null")));
		this.sidecar = Files.write(this.temporary.resolve("f.sha256"),
				new Sidecar("f", next, old).format().getBytes(StandardCharsets.UTF_8));
		Shell.run("chown", UID + ":" + GID, this.sidecar.toString());
		Shell.run("chmod", "660", this.sidecar.toString());
	}

	@Test
	void ownerAndGroupAreKept() throws Exception {
		settle(FileOps.system());
		assertThat(rights()).isEqualTo(UID + ":" + GID + " 0660");
	}

	@Test
	void whereTheyAreLostOnlyTheOwnerReads() throws Exception {
		FaultyFileOps files = new FaultyFileOps(FileOps.system()).persistently();
		files.fail((call) -> call.op() == Op.SET_OWNER, 1, "Operation not permitted");
		settle(files);
		assertThat(rights()).isEqualTo("0:0 0600");
	}

	@Test
	void noListOpensIt() throws Exception {
		Shell.run("setfacl", "-m", "u:1:rw,g::---", this.sidecar.toString());
		settle(FileOps.system());
		assertThat(rights()).isEqualTo(UID + ":" + GID + " 0600");
		Shell.run("setfacl", "-b", this.sidecar.toString());
		Shell.run("chmod", "660", this.sidecar.toString());
		interrupt();
		Shell.run("setfacl", "-d", "-m", "u:1:rw", this.temporary.toString());
		settle(FileOps.system());
		assertThat(rights()).isEqualTo(UID + ":" + GID + " 0600");
	}

	private void settle(FileOps files) throws Exception {
		try (Directory directory = files.open(this.temporary.toRealPath())) {
			new Sidecars(new Tools(files, () -> 7, InstantSource.system())).settle(directory, "f.sha256", "f");
		}
	}

	private String rights() throws Exception {
		return Files.getAttribute(this.sidecar, "unix:uid") + ":" + Files.getAttribute(this.sidecar, "unix:gid") + " "
				+ String.format(Locale.ROOT, "%04o", (Integer) Files.getAttribute(this.sidecar, "unix:mode") & 07777);
	}

}

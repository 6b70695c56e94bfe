package io.atomicwrite.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.FileOps;

/**
 * As whom the NFSv4 client of this host presents itself to servers. Two clients with the
 * same host name and the same unique id are one for a server: it grants to one what the
 * other has locked, and may drop the locks of one when the other mounts. Measured with
 * Linux 6.1.
 *
 * @param hostName the host name, empty where it is not known
 * @param uniqueId the unique id, empty where there is none
 * @param system what distinguishes the kernel and the network namespace, which has a
 * client of its own
 * @see <a href=
 * "https://www.kernel.org/doc/html/latest/filesystems/nfs/client-identifier.html"> NFSv4
 * client identifier</a>
 */
record NfsClient(String hostName, String uniqueId, String system) {

	/** Where there is no mount of NFSv4. */
	static final NfsClient NONE = new NfsClient("", "", "");

	private static final String TYPE = "nfs4";

	private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

	/** That of the network namespace, then that of the kernel. */
	private static final List<Path> UNIQUE_IDS = List.of(Path.of("/sys/fs/nfs/net/nfs_client/identifier"),
			Path.of("/sys/module/nfs/parameters/nfs4_unique_id"));

	private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

	private static final Path NETWORK = Path.of("/proc/self/ns/net");

	/** Returns the client that a directory is mounted by. */
	static NfsClient of(FileOps files, Path directory) throws IOException {
		return files.mount(directory).type().equals(TYPE) ? ofThisHost(files) : NONE;
	}

	static NfsClient ofThisHost(FileOps files) {
		String uniqueId = UNIQUE_IDS.stream()
			.map((file) -> read(files, file))
			.filter((id) -> !id.isEmpty() && !id.equals("(null)"))
			.findFirst()
			.orElse("");
		return new NfsClient(read(files, HOST_NAME), uniqueId, read(files, BOOT) + " " + network(files));
	}

	private static String read(FileOps files, Path file) {
		try (InputStream in = files.openRead(file)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			// an older kernel, or a container that hides it
			return "";
		}
	}

	private static String network(FileOps files) {
		try {
			return files.readLink(NETWORK).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	static NfsClient parse(String text) {
		String[] lines = text.split("\n", -1);
		return (lines.length == 3) ? new NfsClient(lines[0], lines[1], lines[2]) : NONE;
	}

	String format() {
		return this.hostName + "\n" + this.uniqueId + "\n" + this.system;
	}

	/** Whether a server takes these two clients for one. */
	boolean isTakenFor(NfsClient other) {
		return !this.hostName.isEmpty() && this.hostName.equals(other.hostName) && this.uniqueId.equals(other.uniqueId)
				&& !this.system.equals(other.system);
	}

}

package io.atomicwrite.spring.actuate.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockScope;
import org.jspecify.annotations.Nullable;

/**
 * Description of who holds a lock. What is not known is absent.
 *
 * @param pid its process
 * @param command the executable of the process, without its arguments, which may have
 * secrets
 * @param host its host
 * @param thread the thread, of this process
 * @param owner what the lock store names it by, of a lock of several hosts
 */
public record HolderDescriptor(@Nullable Long pid, @Nullable String command, @Nullable String host,
		@Nullable String thread, @Nullable String owner) {

	/**
	 * Read once: it names the host in the words of the kernel, without a name service.
	 */
	private static final @Nullable String HOST = hostName();

	static HolderDescriptor ofThread(String thread, LockScope scope) {
		return of(ProcessHandle.current().pid(), thread, scope, null);
	}

	static HolderDescriptor of(LockInfo info, LockScope scope) {
		return of(info.pid(), info.thread(), scope, info.owner());
	}

	private static HolderDescriptor of(@Nullable Long pid, @Nullable String thread, LockScope scope,
			@Nullable String owner) {
		String command = (pid != null)
				? ProcessHandle.of(pid).flatMap((process) -> process.info().command()).orElse(null) : null;
		return new HolderDescriptor(pid, command, (pid != null && scope != LockScope.NONE) ? HOST : null, thread,
				owner);
	}

	private static @Nullable String hostName() {
		try {
			return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
		}
		catch (IOException ex) {
			return System.getenv("HOSTNAME");
		}
	}

}

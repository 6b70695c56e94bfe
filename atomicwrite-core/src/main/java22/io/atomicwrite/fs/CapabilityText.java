package io.atomicwrite.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * File capabilities in the words of {@code getcap(8)}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
final class CapabilityText {

	private static final int EFFECTIVE = 1;

	/** Of {@code VFS_CAP_REVISION_2}; the third revision has the owner of a namespace. */
	private static final int SIZE = 20;

	private static final List<String> NAMES = List.of("chown", "dac_override", "dac_read_search", "fowner", "fsetid",
			"kill", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service", "net_broadcast", "net_admin",
			"net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct",
			"sys_admin", "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease",
			"audit_write", "audit_control", "setfcap", "mac_override", "mac_admin", "syslog", "wake_alarm",
			"block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore");

	private CapabilityText() {
	}

	static String of(byte[] attribute) {
		if (attribute.length < SIZE) {
			return "0x" + HexFormat.of().formatHex(attribute);
		}
		ByteBuffer words = ByteBuffer.wrap(attribute).order(ByteOrder.LITTLE_ENDIAN);
		boolean effective = (words.getInt(0) & EFFECTIVE) != 0;
		long permitted = long64(words, 4, 12);
		long inheritable = long64(words, 8, 16);
		List<String> parts = new ArrayList<>();
		add(parts, permitted & inheritable, effective ? "=eip" : "=ip");
		add(parts, permitted & ~inheritable, effective ? "=ep" : "=p");
		add(parts, inheritable & ~permitted, effective ? "=ei" : "=i");
		return parts.isEmpty() ? "=" : String.join(" ", parts);
	}

	private static long long64(ByteBuffer words, int low, int high) {
		return Integer.toUnsignedLong(words.getInt(low)) | (Integer.toUnsignedLong(words.getInt(high)) << Integer.SIZE);
	}

	private static void add(List<String> parts, long capabilities, String sets) {
		List<String> names = new ArrayList<>();
		for (int bit = 0; bit < Long.SIZE; bit++) {
			if ((capabilities >>> bit & 1) != 0) {
				names.add("cap_" + ((bit < NAMES.size()) ? NAMES.get(bit) : Integer.toString(bit)));
			}
		}
		if (!names.isEmpty()) {
			parts.add(String.join(",", names) + sets);
		}
	}

}

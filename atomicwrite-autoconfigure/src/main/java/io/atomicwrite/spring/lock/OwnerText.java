package io.atomicwrite.spring.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The text by which a person finds the process that holds a lock.
 */
final class OwnerText {

	private OwnerText() {
	}

	static String ofThisProcess() {
		return "process " + ProcessHandle.current().pid() + " on " + host();
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "a host without a name";
		}
	}

}

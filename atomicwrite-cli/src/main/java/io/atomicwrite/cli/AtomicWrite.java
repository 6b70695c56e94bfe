package io.atomicwrite.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The program: gives a command what it runs with, and the process the status that is
 * documented, also where a signal ends it.
 */
public final class AtomicWrite {

	private AtomicWrite() {
	}

	/**
	 * Runs the command that the arguments name and ends the process.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		Reporter reporter = new Reporter(print(new PatientOutput(new FileOutputStream(FileDescriptor.err))));
		reporter.foresee(args);
		PrintStream out = print(new PatientOutput(new FileOutputStream(FileDescriptor.out)));
		Interruption interruption = new Interruption();
		Session session = new Session(reporter, interruption, out);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(session)));
		int status = ExitStatus.ERROR;
		try {
			status = run(args, session);
		}
		finally {
			out.flush();
			interruption.end(status);
		}
		if (interruption.isInterrupted()) {
			// the shutdown hook reports that and ends the process; this waits for it
			System.exit(status);
		}
		Runtime.getRuntime().halt(status);
	}

	private static PrintStream print(OutputStream stream) {
		return new PrintStream(stream, false, StandardCharsets.UTF_8);
	}

	/** Runs a command and reports what went wrong. */
	static int run(String[] args, Session session) {
		try {
			return new CommandRunner(session).run(args);
		}
		catch (Throwable ex) {
			Failure failure = Failures.of(session, ex);
			if (failure.status() == ExitStatus.INTERRUPTED || session.interruption().isInterrupted()) {
				// the shutdown hook reports that
				return ExitStatus.INTERRUPTED;
			}
			session.reporter().error(failure);
			return failure.status();
		}
	}

	private static void shutDown(Session session) {
		int status = session.interruption().interrupt();
		if (status == ExitStatus.INTERRUPTED) {
			session.reporter().error(Failure.interrupted(session.subject(), session.afterInterrupt()));
		}
		session.out().flush();
		Runtime.getRuntime().halt(status);
	}

}

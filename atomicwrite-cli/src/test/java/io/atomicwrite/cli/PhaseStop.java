package io.atomicwrite.cli;

import java.io.IOException;
import java.util.Map;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import io.atomicwrite.WritePhase;

/**
 * Holds the command where its write enters a phase: a debugger that the Java runtime of
 * the packaged program connects to.
 */
final class PhaseStop implements AutoCloseable {

	private static final String TIMER = "io.atomicwrite.core.PhaseTimer";

	private final ListeningConnector connector;

	private final Map<String, Connector.Argument> arguments;

	private final String address;

	PhaseStop() throws IOException, IllegalConnectorArgumentsException {
		this.connector = Bootstrap.virtualMachineManager()
			.listeningConnectors()
			.stream()
			.filter((candidate) -> candidate.transport().name().equals("dt_socket"))
			.findFirst()
			.orElseThrow();
		this.arguments = this.connector.defaultArguments();
		this.arguments.get("localAddress").setValue("127.0.0.1");
		this.arguments.get("port").setValue("0");
		this.arguments.get("timeout").setValue(Long.toString(EndToEnd.LONG_SECONDS * 1000));
		this.address = this.connector.startListening(this.arguments);
	}

	/** What the program has to be started with. */
	String javaOptions() {
		return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1"
				+ this.address.substring(this.address.lastIndexOf(':'));
	}

	/**
	 * Lets the program run until it enters a phase, and kills it there.
	 * @param phase the phase
	 * @param running the program, which was started with the options
	 * @return whether it came there
	 */
	boolean kill(WritePhase phase, EndToEnd.Running running) throws Exception {
		VirtualMachine machine = this.connector.accept(this.arguments);
		try {
			ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
			prepared.addClassFilter(TIMER);
			prepared.enable();
			machine.resume();
			boolean there = awaitEntry(machine, phase);
			if (there) {
				running.signal("KILL");
			}
			return there;
		}
		finally {
			leave(machine);
		}
	}

	private static boolean awaitEntry(VirtualMachine machine, WritePhase phase) throws Exception {
		while (true) {
			EventSet events = machine.eventQueue().remove();
			for (Event event : events) {
				if (event instanceof VMDisconnectEvent) {
					return false;
				}
				if (isEntry(machine, event, phase)) {
					return true;
				}
			}
			events.resume();
		}
	}

	/** A write begins in the first phase, and enters the others. */
	private static boolean isEntry(VirtualMachine machine, Event event, WritePhase phase)
			throws IncompatibleThreadStateException {
		if (event instanceof ClassPrepareEvent prepared) {
			machine.eventRequestManager()
				.createBreakpointRequest(prepared.referenceType().methodsByName("enter").get(0).location())
				.enable();
			return phase == WritePhase.RESOLVE;
		}
		return event instanceof BreakpointEvent stopped
				&& name((ObjectReference) stopped.thread().frame(0).getArgumentValues().get(0)).equals(phase.name());
	}

	private static String name(ObjectReference constant) {
		ReferenceType type = constant.referenceType();
		return ((StringReference) constant.getValue(type.fieldByName("name"))).value();
	}

	private static void leave(VirtualMachine machine) {
		try {
			machine.dispose();
		}
		catch (VMDisconnectedException ex) {
			// it was killed
		}
	}

	@Override
	public void close() throws IOException, IllegalConnectorArgumentsException {
		this.connector.stopListening(this.arguments);
	}

}

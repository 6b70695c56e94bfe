package io.atomicwrite.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Signals that do something else than end the process. The class that does it is no part
 * of the platform's specification, though every JDK has it.
 */
final class Signals {

	private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

	private Signals() {
	}

	/** Takes the signals that would end this process. */
	static void handle(Consumer<String> action) {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			for (String name : ENDING) {
				InvocationHandler call = (proxy, method, args) -> {
					action.accept(name);
					return null;
				};
				Object handling = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] { handler },
						call);
				signal.getMethod("handle", signal, handler)
					.invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
			}
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			throw Failure.of("", "signals can't be passed on in this Java runtime: " + ex, "use another one");
		}
	}

}

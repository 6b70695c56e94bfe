package io.atomicwrite.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Stands for another that changes from run to run, so that one template serves many: a
 * new one costs more than what it is used for here.
 *
 * @param <T> the interface
 */
final class Current<T> {

	private final T proxy;

	private T now;

	Current(Class<T> type, T first) {
		this.now = first;
		InvocationHandler handler = (proxy, method, arguments) -> {
			try {
				return method.invoke(this.now, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		};
		this.proxy = type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	T proxy() {
		return this.proxy;
	}

	void set(T next) {
		this.now = next;
	}

}

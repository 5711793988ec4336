/**
 * Starting, watching and stopping processes, whatever they are.
 *
 * <p>Way in: {@link io.onceledger.standalone.process.Supervisor}. A {@link
 * io.onceledger.standalone.process.Component} describes a child process by data; anything else that
 * has a process is a {@link io.onceledger.standalone.process.Service}.
 */
package io.onceledger.standalone.process;

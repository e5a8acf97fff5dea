package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LiveSteps;
import dev.lanewise.lstm.run.ForwardCall;
import dev.lanewise.tensor.Tensor;

/** What every call asks of its inputs, before anything runs. */
final class CallChecks {
  private CallChecks() {}

  /** Refuses an input that the model does not take, and notes its steps. Allocates nothing. */
  static void input(String operation, Plan plan, ForwardCall call, int port) {
    Tensor x = call.x(port);
    plan.inputs().check(port, x.shape());
    LiveSteps mask = call.mask(port);
    if (mask != null) {
      plan.masks().check(operation, port, x.shape(), mask);
    }
    Layer ids = plan.ids(port);
    if (ids != null) {
      TokenIds.check(ids, x);
    }
    call.inputSteps[port] = plan.inputs().steps(port, x.shape());
  }
}
